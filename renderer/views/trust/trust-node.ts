import type { SubjectId } from '../../../core/base/subject.ts';
import type { Status } from '../../status/vocabulary.ts';

/** A line of the tree of trust, with those below it. */
export interface TrustNode {
  readonly id: string;
  readonly subject: SubjectId;
  readonly status: Status;
  /** what it is: `zone`, `DNSKEY`, `DS`, `RRSIG`, `RRset` … */
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  /** open at first: the path from the anchor to the records; keys and signatures open the rest */
  readonly open: boolean;
  readonly children: readonly TrustNode[];
}
