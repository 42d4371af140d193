/** Authenticated denial of existence with NSEC (RFC 4035 §5.4) and NSEC3 (RFC 5155 §8). */
import type { Name } from '../dns/name.ts';
import type { RRset } from '../dns/record.ts';
import type { DenialCheck } from './facts.ts';
import type { ValidationPolicy } from './policy.ts';
import type { Cause } from './reason.ts';
import type { WorkCounter } from './work.ts';

/** An NSEC or NSEC3 RRset whose signature was valid, made by the zone being asked about. */
export interface ValidatedRRset {
  readonly rrset: RRset;
  /** `RRsetCheck.wildcard`; an expanded NSEC proves nothing (RFC 6840 §4.1, CVE-2017-15105) */
  readonly wildcard: Name | null;
}

/**
 * What the caller wants proved. `negative`: whatever the records prove for an answer without data, as the RCODE is not signed;
 * the claim found is in `DenialOutcome.check.claim`. `no-ds`: no DS at the name, with `delegation` telling what is there.
 */
export type DenialClaim = DenialCheck['claim'] | 'negative';

export interface DenialQuestion {
  /** zone whose keys made the signatures */
  readonly zone: Name;
  readonly name: Name;
  readonly type: number;
  readonly claim: DenialClaim;
  /** `wildcard-expansion` only: the source of synthesis, `RRsetCheck.wildcard` of the answer */
  readonly wildcard?: Name | null;
  readonly nsecs: readonly ValidatedRRset[];
  readonly nsec3s: readonly ValidatedRRset[];
  readonly policy: ValidationPolicy;
  readonly work: WorkCounter;
}

export interface DenialOutcome {
  /** `insecure`: proved as far as opt-out or the iteration limit allow; `not-proved` makes the answer bogus */
  readonly status: 'secure' | 'insecure' | 'not-proved';
  readonly check: DenialCheck;
  /**
   * What lies at the name, for `no-ds` and `insecure-delegation`: an unsigned zone cut (NS without DS and SOA), no zone cut, or
   * unknown because an opt-out span covers it (RFC 5155 §6), in which case an unsigned delegation may be there.
   */
  readonly delegation: 'unsigned' | 'none' | 'opt-out' | null;
  /** null when secure */
  readonly cause: Cause | null;
}

export function proveDenial(_question: DenialQuestion): DenialOutcome {
  throw new Error('not written yet');
}
