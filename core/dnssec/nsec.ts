/** NSEC records (RFC 4034 §4): type bit maps, and the span that a record denies. */
import type { Name } from '../dns/name.ts';

/** The types of a bit map (RFC 4034 §4.1.2). */
export type TypeSet = ReadonlySet<number>;

export interface Nsec {
  readonly owner: Name;
  readonly next: Name;
  readonly types: TypeSet;
}

/** null where the next name or the bit map is malformed. */
export function parseNsec(_owner: Name, _rdata: Uint8Array): Nsec | null {
  throw new Error('not written yet');
}

/** null for windows out of order, empty or over-long blocks (RFC 4034 §4.1.2). */
export function parseTypeBitMap(_bytes: Uint8Array): TypeSet | null {
  throw new Error('not written yet');
}
