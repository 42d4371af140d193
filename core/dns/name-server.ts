import type { ServerAddress } from './facts.ts';
import type { Name } from './name.ts';

/** A server of a zone, as far as its addresses are known. */
export interface NameServer {
  readonly name: Name | null;
  addresses: readonly ServerAddress[];
  /** whether the addresses have to be looked up still */
  glueless: boolean;
}
