/** The check of one RRset with its RRSIGs and the keys of its zone (RFC 4035 §5.3). */
import { toBase64 } from '../dns/base64.ts';
import { type Name, isSubdomain, labelCount, nameText, sameName } from '../dns/name.ts';
import type { RRset } from '../dns/record.ts';
import { RRTYPE, rrtypeName } from '../dns/rrtype.ts';
import { algorithmStanding, verifySignature } from './algorithm.ts';
import { canonicalRdatas } from './canonical.ts';
import { type Dnskey, isUsableKey } from './dnskey.ts';
import type { SignatureCheck } from './facts.ts';
import type { ValidationPolicy } from './policy.ts';
import type { Cause } from './reason.ts';
import { type Rrsig, parseRrsig, signatureTime, signedData, signedLabelCount, sourceOfSynthesis } from './rrsig.ts';
import type { WorkCounter } from './work.ts';

export interface RRsetQuestion {
  readonly rrset: RRset;
  /** the DNSKEYs of `zone`: authenticated, or, for the DNSKEY RRset itself, as published */
  readonly keys: readonly Dnskey[];
  /** for the DNSKEY RRset itself: those of `keys` that a DS or trust anchor vouches for, the only ones whose signature counts */
  readonly vouched?: readonly Dnskey[];
  /** the zone the RRset lies in */
  readonly zone: Name;
  /** seconds since 1970 */
  readonly now: number;
  readonly policy: ValidationPolicy;
  readonly work: WorkCounter;
}

export interface RRsetCheck {
  readonly result: 'valid' | 'bogus';
  readonly checks: readonly SignatureCheck[];
  /** The source of synthesis, such as `*.example.org`, where the RRset was expanded from a wildcard (RFC 4035 §5.3.4) */
  readonly wildcard: Name | null;
  /** Seconds since 1970 when the valid signature expires; 0 where there is none */
  readonly validUntil: number;
  /** Seconds: received TTL, capped by original TTL and remaining signature life (RFC 4035 §5.3.3); 0 unless valid */
  readonly ttl: number;
  /** null when valid */
  readonly cause: Cause | null;
}

/** One valid signature is enough (RFC 6840 §5.4); every other one is told, none of them is fatal. */
export function checkRRset(question: RRsetQuestion): RRsetCheck {
  const attempts = attemptAll(question);
  const checks = attempts.map((attempt) => signatureCheck(question, attempt));
  const valid = attempts.find((attempt) => attempt.result === 'valid' && attempt.counts);
  if (valid?.rrsig == null) return { result: 'bogus', checks, wildcard: null, validUntil: 0, ttl: 0, cause: causeOf(question, attempts) };
  const left = valid.seconds;
  return {
    result: 'valid',
    checks,
    wildcard: sourceOfSynthesis(valid.rrsig, question.rrset.owner),
    validUntil: question.now + left,
    ttl: Math.min(question.rrset.ttl, valid.rrsig.originalTtl, left),
    cause: null,
  };
}

interface Attempt {
  readonly rrsig: Rrsig | null;
  readonly result: SignatureCheck['result'];
  /** seconds until expiration, or by which the time was missed */
  readonly seconds: number;
  /** whether a valid signature settles the RRset: not so for a DNSKEY RRset signed by a key nobody vouches for */
  readonly counts: boolean;
}

function attemptAll(question: RRsetQuestion): readonly Attempt[] {
  const canonical = canonicalRdatas(question.rrset.type, question.rrset.rdatas);
  const trial: Trial = { failures: 0, settled: false, canonical, attempts: [] };
  for (const rdata of question.rrset.signatures) {
    if (trial.settled && !question.policy.checkEverySignature) break;
    const rrsig = parseRrsig(rdata);
    if (rrsig === null) trial.attempts.push({ rrsig, result: 'malformed', seconds: 0, counts: false });
    else attempt(rrsig, question, trial);
  }
  return trial.attempts;
}

interface Trial {
  failures: number;
  settled: boolean;
  readonly canonical: readonly Uint8Array[];
  readonly attempts: Attempt[];
}

function attempt(rrsig: Rrsig, question: RRsetQuestion, trial: Trial): void {
  const without = (result: Attempt['result'], seconds = 0): void => { trial.attempts.push({ rrsig, result, seconds, counts: false }); };
  const refusal = refuse(rrsig, question);
  if (refusal !== null) return without(refusal);
  const time = signatureTime(rrsig, question.now, question.policy.clockSkewSeconds);
  if (time.state !== 'current') return without(time.state, time.seconds);
  // RFC 4034 §B: key tags are not unique, so each key of that tag and algorithm is tried.
  const candidates = question.keys.filter((key) => key.keyTag === rrsig.keyTag && key.algorithm === rrsig.algorithm);
  if (candidates.length === 0) return without('no-such-dnskey');
  const { rrset } = question;
  const data = signedData(rrsig, rrset, trial.canonical);
  for (const key of candidates) {
    const usable = isUsableKey(key);
    // RFC 5011 §2.1: a revoked key still signs the DNSKEY RRset that revokes it, but vouches for nothing.
    const tried = usable || (key.revoked && rrset.type === RRTYPE.DNSKEY);
    const result = tried ? tryKey(key, rrsig, { data, question, trial }) : 'key-not-usable';
    const counts = usable && (question.vouched?.includes(key) ?? true);
    if (result === 'valid' && counts) trial.settled = true;
    trial.attempts.push({ rrsig, result, seconds: time.secondsLeft, counts });
    if (result === 'valid' || result === 'work-limit') return;
  }
}

/** What speaks against a signature before any key is touched (RFC 4035 §5.3.1). */
function refuse(rrsig: Rrsig, { rrset, zone, policy }: RRsetQuestion): SignatureCheck['result'] | null {
  if (rrsig.typeCovered !== rrset.type) return 'malformed';
  // The signer is the zone that holds the RRset: no ancestor, child or stranger, whatever key it has.
  if (!sameName(rrsig.signer, zone) || !isSubdomain(rrset.owner, zone)) return 'signer-not-zone';
  // More labels than the owner has; or so few that the source of synthesis would lie above the zone.
  if (rrsig.labels > signedLabelCount(rrset.owner) || rrsig.labels < labelCount(zone)) return 'bad-labels';
  const standing = algorithmStanding(rrsig.algorithm, policy);
  if (standing === 'unknown') return 'unknown-algorithm';
  return standing === 'not-allowed' ? 'not-allowed' : null;
}

interface TrialInput {
  readonly data: Uint8Array;
  readonly question: RRsetQuestion;
  readonly trial: Trial;
}

/** CVE-2023-50387: failures are counted per RRset and per resolution, and end the search. */
function tryKey(key: Dnskey, rrsig: Rrsig, { data, question, trial }: TrialInput): 'valid' | 'bad-signature' | 'work-limit' {
  const { policy, work } = question;
  if (trial.failures >= policy.maximumFailedSignaturesPerRRset) return 'work-limit';
  if (!work.has('failed-signature') || !work.spend('signature')) return 'work-limit';
  if (verifySignature(key.algorithm, key.publicKey, data, rrsig.signature)) return 'valid';
  trial.failures += 1;
  work.spend('failed-signature');
  return 'bad-signature';
}

function signatureCheck({ rrset, zone }: RRsetQuestion, { rrsig, result }: Attempt): SignatureCheck {
  const source = rrsig === null || result === 'bad-labels' ? null : sourceOfSynthesis(rrsig, rrset.owner);
  return {
    zone: nameText(zone),
    owner: nameText(rrset.owner),
    rrtype: rrtypeName(rrset.type),
    signer: rrsig === null ? '' : nameText(rrsig.signer),
    keyTag: rrsig?.keyTag ?? 0,
    algorithm: rrsig?.algorithm ?? 0,
    labels: rrsig?.labels ?? 0,
    originalTtl: rrsig?.originalTtl ?? 0,
    inception: rrsig?.inception ?? 0,
    expiration: rrsig?.expiration ?? 0,
    signature: toBase64(rrsig?.signature ?? new Uint8Array()),
    records: rrset.rdatas.length,
    result,
    wildcard: source === null ? null : nameText(source),
  };
}

/** The attempt that came nearest to being valid tells why it is not. */
const NEARNESS: readonly SignatureCheck['result'][] = [
  'valid', 'work-limit', 'bad-signature', 'expired', 'not-yet-valid', 'key-not-usable', 'no-such-dnskey', 'bad-labels', 'signer-not-zone',
  'not-allowed', 'unknown-algorithm', 'malformed',
];

function causeOf(question: RRsetQuestion, attempts: readonly Attempt[]): Cause {
  const { rrset, zone } = question;
  const owner = nameText(rrset.owner);
  const rrtype = rrtypeName(rrset.type);
  const nearest = NEARNESS.flatMap((result) => attempts.find((attempt) => attempt.result === result) ?? [])[0];
  if (nearest === undefined) return { code: 'signature-missing', owner, rrtype, zone: nameText(zone) };
  const { rrsig, result, seconds } = nearest;
  const keyTag = rrsig?.keyTag ?? 0;
  switch (result) {
    case 'valid':
      return { code: 'dnskey-not-signed-by-vouched', zone: nameText(zone), keyTags: (question.vouched ?? []).map((key) => key.keyTag) };
    case 'work-limit':
      return { code: 'work-limit-signatures', owner, limit: exceededLimit(question) };
    case 'bad-signature': return { code: 'signature-invalid', owner, rrtype, keyTag };
    case 'expired': return { code: 'signature-expired', owner, rrtype, keyTag, seconds };
    case 'not-yet-valid': return { code: 'signature-not-yet-valid', owner, rrtype, keyTag, seconds };
    case 'no-such-dnskey': return { code: 'signature-key-missing', owner, rrtype, keyTag, algorithm: rrsig?.algorithm ?? 0 };
    case 'key-not-usable': return { code: 'signature-key-not-usable', owner, rrtype, keyTag };
    case 'signer-not-zone': return { code: 'signature-signer', owner, rrtype, signer: rrsig === null ? '' : nameText(rrsig.signer), zone: nameText(zone) };
    case 'bad-labels': return { code: 'signature-labels', owner, rrtype, labels: rrsig?.labels ?? 0 };
    case 'unknown-algorithm':
    case 'not-allowed': return { code: 'signature-algorithm-unsupported', owner, rrtype, algorithm: rrsig?.algorithm ?? 0 };
    case 'malformed': return { code: 'signature-malformed', owner, rrtype };
  }
}

function exceededLimit({ work, policy }: RRsetQuestion): number {
  const kind = (['signature', 'failed-signature'] as const).find((kind) => work.refused(kind));
  return kind === undefined ? policy.maximumFailedSignaturesPerRRset : work.limit(kind);
}
