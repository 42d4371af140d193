/** The inspected domain is at fault, or at risk: what, how bad, about what, by which rule, and what to do. */
import type { SubjectId } from '../base/subject.ts';

export type Severity = 'error' | 'warning' | 'info';

export interface Finding {
  /** also the name of the lab scene that provokes it */
  readonly code: string;
  readonly severity: Severity;
  readonly subject: SubjectId;
  /** what a person reads, one or two sentences */
  readonly message: string;
  /** such as `RFC 7672 §3.1.1` */
  readonly rfc: string;
  /** where to look: subjects and event numbers */
  readonly evidence: readonly Evidence[];
  readonly remedy: Remedy | null;
}

export interface Evidence {
  readonly label: string;
  readonly subject: SubjectId;
  readonly seq: number | null;
}

export interface Remedy {
  /** what to do, in words */
  readonly text: string;
  /** what to paste where, such as a zone-file line; null where there is nothing to copy */
  readonly copy: string | null;
}
