/** RRSIG records (RFC 4034 §3) and the check of an RRset with them (RFC 4035 §5.3). */
import type { Name } from '../dns/name.ts';
import type { RRset } from '../dns/record.ts';
import type { Dnskey } from './dnskey.ts';
import type { SignatureCheck } from './facts.ts';
import type { ValidationPolicy } from './policy.ts';
import type { Cause } from './reason.ts';
import type { WorkCounter } from './work.ts';

export interface Rrsig {
  readonly typeCovered: number;
  readonly algorithm: number;
  readonly labels: number;
  /** seconds */
  readonly originalTtl: number;
  /** 32-bit serial numbers (RFC 4034 §3.1.5) */
  readonly expiration: number;
  readonly inception: number;
  readonly keyTag: number;
  readonly signer: Name;
  readonly signature: Uint8Array;
  readonly rdata: Uint8Array;
}

export interface RRsetCheck {
  readonly result: 'valid' | 'bogus';
  readonly checks: readonly SignatureCheck[];
  /** The source of synthesis, such as `*.example.org`, where the RRset was expanded from a wildcard (RFC 4035 §5.3.4) */
  readonly wildcard: Name | null;
  /** The signer of the valid signature, or of the first that could be read */
  readonly signer: Name | null;
  /** Seconds since 1970 when the valid signature expires; 0 where there is none */
  readonly validUntil: number;
  /** Seconds: received TTL, capped by original TTL and remaining signature life (RFC 4035 §5.3.3); 0 unless valid */
  readonly ttl: number;
  /** null when valid */
  readonly cause: Cause | null;
}

/** null where fields are missing or the signer is no name. An empty signature is read: it is bogus, not absent. */
export function parseRrsig(_rdata: Uint8Array): Rrsig | null {
  throw new Error('not written yet');
}

/** The octets that were signed (RFC 4035 §5.3.2). `rdatas` are canonical and in order. */
export function signedData(_rrsig: Rrsig, _rrset: RRset, _rdatas: readonly Uint8Array[]): Uint8Array {
  throw new Error('not written yet');
}

/**
 * Holds an RRset with its signatures against the keys of the zone it lies in: one valid signature is enough (RFC 6840 §5.4).
 * `keys` are the authenticated DNSKEYs of `zone`; for the DNSKEY RRset itself, those that a DS or a trust anchor vouches for.
 * `now` is in seconds since 1970.
 */
export function checkRRset(_input: {
  readonly rrset: RRset;
  readonly keys: readonly Dnskey[];
  readonly zone: Name;
  readonly now: number;
  readonly policy: ValidationPolicy;
  readonly work: WorkCounter;
}): RRsetCheck {
  throw new Error('not written yet');
}
