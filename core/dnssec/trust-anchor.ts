/** Trust anchors: the root keys that ship with the program, and what anchors vouch for. */
import { equalBytes, fromHex } from '../base/bytes.ts';
import { type Name, ROOT, isSubdomain, labelCount, nameText, sameName } from '../dns/name.ts';
import { algorithmStanding } from './algorithm.ts';
import { type Dnskey, isUsableKey, parseDnskey } from './dnskey.ts';
import { type DigestOutcome, type Ds, checkDigests, parseDs } from './ds.ts';
import type { DigestCheck, TrustAnchorFact } from './facts.ts';
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

/** Both keys of the root roll: KSK-2017 until its revocation (2027-01-11), KSK-2024 which signs since 2026-10-11. */
export const ROOT_TRUST_ANCHORS: readonly TrustAnchor[] = [
  rootAnchor({ keyTag: 20326, label: 'KSK-2017', since: '2017-07-11', digest: 'e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d' }),
  rootAnchor({ keyTag: 38696, label: 'KSK-2024', since: '2025-01-11', digest: '683d2d0acb8c9b712a1948b27f741219298d0a450d612c483af444a4c0fb2b16' }),
];

interface RootKey {
  readonly keyTag: number;
  readonly label: string;
  readonly since: string;
  /** SHA-256 */
  readonly digest: string;
}

function rootAnchor({ keyTag, label, since, digest }: RootKey): TrustAnchor {
  const rdata = Uint8Array.of(keyTag >> 8, keyTag & 0xff, 8, 2, ...fromHex(digest));
  return { zone: ROOT, kind: 'DS', rdata, keyTag, algorithm: 8, source: 'built-in', label, since };
}

/** The anchors of the zone nearest above the name or at it (RFC 6840 §5.10); empty where there is none. */
export function closestAnchors(anchors: readonly TrustAnchor[], name: Name): readonly TrustAnchor[] {
  const above = anchors.filter(({ zone }) => isSubdomain(name, zone));
  const depth = Math.max(-1, ...above.map(({ zone }) => labelCount(zone)));
  return above.filter(({ zone }) => labelCount(zone) === depth);
}

export interface AnchorQuestion {
  /** anchors of one zone, as `closestAnchors` gives them */
  readonly anchors: readonly TrustAnchor[];
  readonly keys: readonly Dnskey[];
  readonly policy: ValidationPolicy;
  readonly work: WorkCounter;
}

/** Which DNSKEYs of the zone the anchors vouch for: DS by digest, DNSKEY by equality. Any one of them suffices (RFC 6840 §5.10). */
export function checkAnchors({ anchors, keys, policy, work }: AnchorQuestion): DigestOutcome {
  const zone = anchors[0]?.zone ?? ROOT;
  const digests = checkDigests({ zone, ds: anchors.flatMap((anchor) => (anchor.kind === 'DS' ? (parseDs(anchor.rdata) ?? []) : [])), keys, policy, work });
  const equal = checkEqualKeys(zone, anchors, keys, policy);
  const vouched = [...new Set([...digests.vouched, ...equal.vouched])];
  const checks = [...digests.checks, ...equal.checks];
  if (vouched.length > 0) return { result: 'vouched', checks, vouched, cause: null };
  if (digests.result === 'bogus') return { ...digests, checks };
  return withoutDigests({ anchors, keys, policy, work }, { ...digests, checks });
}

/** No DS anchor decided: a supported DNSKEY anchor without its key makes the zone bogus, none at all insecure. */
function withoutDigests({ anchors, keys, policy }: AnchorQuestion, outcome: DigestOutcome): DigestOutcome {
  const zone = nameText(anchors[0]?.zone ?? ROOT);
  const supported = anchors.filter((anchor) => anchor.kind === 'DNSKEY' && algorithmStanding(anchor.algorithm, policy) === 'supported');
  if (supported.length > 0) {
    const keyTags = [...new Set(anchors.map(({ keyTag }) => keyTag))];
    return { ...outcome, result: 'bogus', cause: keys.length === 0 ? { code: 'dnskey-missing', zone } : { code: 'dnskey-not-vouched', zone, keyTags } };
  }
  if (anchors.some(({ kind }) => kind === 'DS')) return outcome;
  const algorithms = [...new Set(anchors.map(({ algorithm }) => algorithm))];
  const refused = algorithms.some((algorithm) => algorithmStanding(algorithm, policy) === 'not-allowed');
  return { ...outcome, result: 'insecure', cause: { code: refused ? 'algorithm-not-allowed' : 'algorithm-unsupported', zone, algorithms } };
}

interface EqualKeys {
  readonly vouched: readonly Dnskey[];
  readonly checks: readonly DigestCheck[];
}

/** A DNSKEY anchor is told as a digest check without digests (type 0): its key is there, is not there, or cannot be used. */
function checkEqualKeys(zone: Name, anchors: readonly TrustAnchor[], keys: readonly Dnskey[], policy: ValidationPolicy): EqualKeys {
  const vouched: Dnskey[] = [];
  const checks: DigestCheck[] = [];
  for (const anchor of anchors.filter(({ kind }) => kind === 'DNSKEY')) {
    const key = keys.find(({ rdata }) => equalBytes(rdata, anchor.rdata));
    const result = equalKeyResult(anchor, key, policy);
    if (result === 'match' && key !== undefined) vouched.push(key);
    checks.push({ zone: nameText(zone), keyTag: anchor.keyTag, algorithm: anchor.algorithm, digestType: 0, published: '', computed: null, result });
  }
  return { vouched, checks };
}

function equalKeyResult(anchor: TrustAnchor, key: Dnskey | undefined, policy: ValidationPolicy): DigestCheck['result'] {
  const standing = algorithmStanding(anchor.algorithm, policy);
  if (standing !== 'supported') return standing === 'unknown' ? 'unknown-algorithm' : 'not-allowed';
  if (key === undefined) return 'no-such-dnskey';
  return isUsableKey(key) ? 'match' : 'key-not-usable';
}

/** null where the RDATA is no DS or DNSKEY. */
export function trustAnchor(zone: Name, kind: TrustAnchor['kind'], rdata: Uint8Array, source: string): TrustAnchor | null {
  const record: Ds | Dnskey | null = kind === 'DS' ? parseDs(rdata) : parseDnskey(rdata);
  if (record === null) return null;
  const builtIn = ROOT_TRUST_ANCHORS.find((known) => sameName(known.zone, zone) && known.keyTag === record.keyTag);
  return { zone, kind, rdata, keyTag: record.keyTag, algorithm: record.algorithm, source, label: builtIn?.label ?? null, since: builtIn?.since ?? null };
}

export function anchorFacts(anchors: readonly TrustAnchor[]): readonly TrustAnchorFact[] {
  return anchors.map(({ kind, keyTag, algorithm, source, label, since }) => ({ kind, keyTag, algorithm, source, label, since }));
}
