/** Trust anchors: the root keys that ship with the program, and anchors read from zone-file text. */
import type { Result } from '../base/result.ts';
import type { Name } from '../dns/name.ts';
import type { Dnskey } from './dnskey.ts';
import type { DigestOutcome } from './ds.ts';
import type { TrustAnchorFact } from './facts.ts';
import type { ValidationPolicy } from './policy.ts';
import type { WorkCounter } from './work.ts';

export interface TrustAnchor {
  readonly zone: Name;
  readonly kind: 'DS' | 'DNSKEY';
  readonly rdata: Uint8Array;
  readonly keyTag: number;
  readonly algorithm: number;
  /** `built-in` or the name of the file it came from */
  readonly source: string;
  /** such as `KSK-2024` */
  readonly label: string | null;
  /** ISO date since when the key is published, where known */
  readonly since: string | null;
}

/** KSK-2017 (20326) and KSK-2024 (38696). */
export const ROOT_TRUST_ANCHORS: readonly TrustAnchor[] = [];

/** The anchors of the zone nearest above the name or at it (RFC 6840 §5.10); empty where there is none. */
export function closestAnchors(_anchors: readonly TrustAnchor[], _name: Name): readonly TrustAnchor[] {
  throw new Error('not written yet');
}

/** Which DNSKEYs of the zone the anchors vouch for: DS by digest, DNSKEY by equality. */
export function checkAnchors(_input: {
  readonly anchors: readonly TrustAnchor[];
  readonly keys: readonly Dnskey[];
  readonly policy: ValidationPolicy;
  readonly work: WorkCounter;
}): DigestOutcome {
  throw new Error('not written yet');
}

/** What is wrong with a line of an anchor file, with its number and an example of a good one. */
export interface AnchorSyntaxFailure {
  readonly line: number;
  readonly text: string;
}

/** Reads DS and DNSKEY records in zone-file form, one or several anchors. */
export function readTrustAnchors(_text: string, _source: string): Result<readonly TrustAnchor[], AnchorSyntaxFailure> {
  throw new Error('not written yet');
}

export function anchorFacts(_anchors: readonly TrustAnchor[]): readonly TrustAnchorFact[] {
  throw new Error('not written yet');
}
