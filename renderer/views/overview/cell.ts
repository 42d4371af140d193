/** A cell of the delivery matrix: what is known of one stage of one endpoint. */
import type { SubjectId } from '../../../core/base/subject.ts';
import type { Sign, Status, Tone } from '../../status/vocabulary.ts';

export interface Cell {
  readonly status: Status;
  /** what stands beside the sign: milliseconds, a record, a reply code; may be empty */
  readonly text: string;
  /** the reason, in a sentence; shown on focus and hover */
  readonly help: string;
  readonly subject: SubjectId;
  readonly event: number | null;
}

export function cell(sign: Sign, tone: Tone, word: string, rest: Omit<Cell, 'status'>): Cell {
  return { status: { sign, tone, word }, ...rest };
}

export const isSameCell = (left: Cell, right: Cell | undefined): boolean => left === right || (
  right !== undefined && left.text === right.text && left.help === right.help && left.subject === right.subject && left.event === right.event
  && left.status.sign === right.status.sign && left.status.tone === right.status.tone && left.status.word === right.status.word
);

export const pendingCell = (stage: string, subject: SubjectId): Cell =>
  cell('pending', 'pending', 'pending', { text: '', help: `${stage}: not known yet`, subject, event: null });

/** After a failure: says what prevented the test, and leads to it. */
export const notTested = (why: string, cause: { readonly subject: SubjectId; readonly event: number | null }): Cell =>
  cell('dash', 'pending', 'not tested', { text: '', help: `not tested: ${why}`, ...cause });

export const milliseconds = (ms: number): string => String(Math.max(0, Math.round(ms)));
