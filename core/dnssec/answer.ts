/** What one answer says about a name: aliases on the way and what lies at their end, each with its status. */
import type { Name } from '../dns/name.ts';
import type { RRset } from '../dns/record.ts';
import type { Cause, CauseCode } from './reason.ts';
import type { SecurityStatus } from './status.ts';

/** A judgement: null cause exactly when secure. */
export interface Verdict {
  readonly status: SecurityStatus;
  readonly cause: Cause | null;
  /** the zones it rests on, from the trust anchor down */
  readonly chain: readonly Name[];
  /** seconds */
  readonly ttl: number;
}

export interface Alias extends Verdict {
  readonly owner: Name;
  readonly target: Name;
  /** made from a DNAME */
  readonly synthesised: boolean;
  /** the CNAME as a record, and the DNAME where there is one */
  readonly rrsets: readonly RRset[];
}

export interface AnswerEnd extends Verdict {
  readonly rcode: number;
  readonly noData: boolean;
  readonly rrsets: readonly RRset[];
}

/** `end` is null where the name at the end of the aliases has to be asked for anew. */
export interface Answer {
  readonly aliases: readonly Alias[];
  readonly end: AnswerEnd | null;
  readonly next: Name;
}

const UNSETTLED: ReadonlySet<string> = new Set<CauseCode>(['lookup-failed', 'resolution-unavailable', 'upstream-not-dnssec-capable']);

/** Another server's answer may do better: this one is bogus, or what would decide it could not be looked up. */
export const isUnsettled = ({ status, cause }: Verdict): boolean => status === 'bogus' || (cause !== null && UNSETTLED.has(cause.code));

export const isAcceptable = ({ aliases, end }: Answer): boolean => !aliases.some(isUnsettled) && (end === null || !isUnsettled(end));
