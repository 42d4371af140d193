/** DS records (RFC 4034 §5) held against the DNSKEYs of a zone (RFC 4035 §5.2). */
import { createHash } from 'node:crypto';
import { equalBytes, toHex } from '../base/bytes.ts';
import { type Name, lowerName, nameText } from '../dns/name.ts';
import { algorithmStanding, digestHash, digestStanding } from './algorithm.ts';
import { type Dnskey, isUsableKey } from './dnskey.ts';
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

export interface DigestQuestion {
  readonly zone: Name;
  readonly ds: readonly Ds[];
  readonly keys: readonly Dnskey[];
  readonly policy: ValidationPolicy;
  readonly work: WorkCounter;
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

/** Which of the zone's keys do the DS records vouch for? `ds` is a validated DS RRset or the DS trust anchors of the zone. */
export function checkDigests(question: DigestQuestion): DigestOutcome {
  const stronger = hasStrongerDigest(question);
  const found = question.ds.map((ds) => checkDigest(ds, question, stronger));
  const checks = found.map(({ check }) => check);
  const vouched = [...new Set(found.flatMap(({ key }) => key ?? []))];
  if (vouched.length > 0) return { result: 'vouched', checks, vouched, cause: null };
  // RFC 4035 §5.2, RFC 6840 §5.2: with nothing that we support, the zone is as good as unsigned.
  const supported = question.ds.some((ds) => standing(ds, question.policy) === 'supported');
  if (!supported) return { result: 'insecure', checks, vouched, cause: unsupportedCause(question) };
  return { result: 'bogus', checks, vouched, cause: bogusCause(question) };
}

interface Found {
  readonly check: DigestCheck;
  readonly key: Dnskey | null;
}

function checkDigest(ds: Ds, question: DigestQuestion, stronger: boolean): Found {
  const algorithm = algorithmStanding(ds.algorithm, question.policy);
  if (algorithm !== 'supported') return found(ds, question, algorithm === 'unknown' ? 'unknown-algorithm' : 'not-allowed');
  const digest = digestStanding(ds.digestType, question.policy);
  if (digest !== 'supported') return found(ds, question, digest === 'unknown' ? 'unknown-digest' : 'not-allowed');
  // RFC 4509 §3: SHA-1 beside SHA-256 is ignored, so that a broken SHA-1 cannot stand in for a SHA-256 that fails.
  if (ds.digestType === 1 && stronger) return found(ds, question, 'not-allowed');
  return matchKeys(ds, question);
}

/** RFC 4034 §B: key tags collide, so every key of that tag and algorithm is digested. */
function matchKeys(ds: Ds, question: DigestQuestion): Found {
  let best = found(ds, question, 'no-such-dnskey');
  for (const key of question.keys) {
    if (key.keyTag !== ds.keyTag || key.algorithm !== ds.algorithm) continue;
    if (!question.work.spend('digest')) return found(ds, question, 'work-limit');
    const computed = dsDigest(question.zone, key.rdata, ds.digestType);
    const matches = computed !== null && equalBytes(computed, ds.digest);
    if (matches && isUsableKey(key)) return { check: digestCheck(ds, question, 'match', computed), key };
    best = { check: digestCheck(ds, question, matches ? 'key-not-usable' : 'mismatch', computed), key: null };
    if (matches) return best;
  }
  return best;
}

const found = (ds: Ds, question: DigestQuestion, result: DigestCheck['result']): Found =>
  ({ check: digestCheck(ds, question, result, null), key: null });

function digestCheck(ds: Ds, question: DigestQuestion, result: DigestCheck['result'], computed: Uint8Array | null): DigestCheck {
  return {
    zone: nameText(question.zone),
    ...dsFields(ds),
    published: toHex(ds.digest),
    computed: computed === null ? null : toHex(computed),
    result,
  };
}

function standing(ds: Ds, policy: ValidationPolicy): 'supported' | 'algorithm' | 'digest' {
  if (algorithmStanding(ds.algorithm, policy) !== 'supported') return 'algorithm';
  return digestStanding(ds.digestType, policy) === 'supported' ? 'supported' : 'digest';
}

const hasStrongerDigest = ({ ds, policy }: DigestQuestion): boolean =>
  ds.some((record) => record.digestType !== 1 && standing(record, policy) === 'supported');

function unsupportedCause({ zone, ds, policy }: DigestQuestion): Cause {
  const name = nameText(zone);
  const unsupportedDigest = ds.filter((record) => standing(record, policy) === 'digest');
  if (unsupportedDigest.length > 0) return { code: 'digest-unsupported', zone: name, digestTypes: distinct(unsupportedDigest.map((record) => record.digestType)) };
  const algorithms = distinct(ds.map((record) => record.algorithm));
  const refused = ds.some((record) => algorithmStanding(record.algorithm, policy) === 'not-allowed');
  return { code: refused ? 'algorithm-not-allowed' : 'algorithm-unsupported', zone: name, algorithms };
}

function bogusCause({ zone, ds, keys, work }: DigestQuestion): Cause {
  const name = nameText(zone);
  if (keys.length === 0) return { code: 'dnskey-missing', zone: name };
  if (work.refused('digest')) return { code: 'work-limit-digests', zone: name, limit: work.limit('digest') };
  return { code: 'dnskey-not-vouched', zone: name, keyTags: distinct(ds.map((record) => record.keyTag)) };
}

const distinct = (numbers: readonly number[]): number[] => [...new Set(numbers)];

/** null where the RDATA is shorter than its fixed fields or has no digest. */
export function parseDs(rdata: Uint8Array): Ds | null {
  if (rdata.length < 5) return null;
  return {
    keyTag: ((rdata[0] as number) << 8) | (rdata[1] as number),
    algorithm: rdata[2] as number,
    digestType: rdata[3] as number,
    digest: rdata.subarray(4),
    rdata,
  };
}

/** Digest of owner and DNSKEY RDATA (RFC 4034 §5.1.4); null for an unknown digest type. */
export function dsDigest(owner: Name, dnskeyRdata: Uint8Array, digestType: number): Uint8Array | null {
  const hash = digestHash(digestType);
  if (hash === null) return null;
  return new Uint8Array(createHash(hash).update(lowerName(owner)).update(dnskeyRdata).digest());
}

export const dsFact = (ds: Ds): DsFact => ({ ...dsFields(ds), digest: toHex(ds.digest) });

const dsFields = (ds: Ds): { readonly keyTag: number; readonly algorithm: number; readonly digestType: number } =>
  ({ keyTag: ds.keyTag, algorithm: ds.algorithm, digestType: ds.digestType });
