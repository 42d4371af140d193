/** DS records (RFC 4034 §5) held against the DNSKEYs of a zone (RFC 4035 §5.2). */
import type { Name } from '../dns/name.ts';
import type { Dnskey } from './dnskey.ts';
import type { DigestCheck, DsFact } from './facts.ts';
import type { ValidationPolicy } from './policy.ts';
import type { Cause } from './reason.ts';
import type { WorkCounter } from './work.ts';

export interface Ds {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Uint8Array;
  readonly rdata: Uint8Array;
}

export interface DigestOutcome {
  /**
   * `vouched`: at least one usable DNSKEY matches; `insecure`: every DS has an unsupported or refused algorithm or digest
   * (RFC 4035 §5.2); `bogus`: a DS is supported and none matches.
   */
  readonly result: 'vouched' | 'insecure' | 'bogus';
  readonly checks: readonly DigestCheck[];
  /** DNSKEYs that a supported DS matches; one of them has to sign the DNSKEY RRset */
  readonly vouched: readonly Dnskey[];
  /** null when vouched */
  readonly cause: Cause | null;
}

/** null where the RDATA is shorter than its fixed fields or has no digest. */
export function parseDs(_rdata: Uint8Array): Ds | null {
  throw new Error('not written yet');
}

/** Digest of owner and DNSKEY RDATA (RFC 4034 §5.1.4); null for an unknown digest type. */
export function dsDigest(_owner: Name, _dnskeyRdata: Uint8Array, _digestType: number): Uint8Array | null {
  throw new Error('not written yet');
}

export function dsFact(_ds: Ds): DsFact {
  throw new Error('not written yet');
}

/** Which of the zone's keys do the DS records vouch for? `ds` is a validated DS RRset or the DS trust anchors of the zone. */
export function checkDigests(_input: {
  readonly zone: Name;
  readonly ds: readonly Ds[];
  readonly keys: readonly Dnskey[];
  readonly policy: ValidationPolicy;
  readonly work: WorkCounter;
}): DigestOutcome {
  throw new Error('not written yet');
}
