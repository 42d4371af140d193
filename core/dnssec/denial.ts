/** Authenticated denial of existence with NSEC (RFC 4035 §5.4) and NSEC3 (RFC 5155 §8). */
import { assertNever } from '../base/assert-never.ts';
import { type Name, isSubdomain, nameText, parentName, sameName } from '../dns/name.ts';
import type { RRset } from '../dns/record.ts';
import { rrtypeName } from '../dns/rrtype.ts';
import { toBase32Hex } from './base32hex.ts';
import type { Delegation, Evidence, Proof } from './denial-proof.ts';
import { gap } from './denial-proof.ts';
import type { DenialCheck, DenialRecord } from './facts.ts';
import * as nsecProof from './nsec-proof.ts';
import * as nsec3Proof from './nsec3-proof.ts';
import { type Nsec, parseNsec } from './nsec.ts';
import { type Nsec3, isKnownNsec3, parseNsec3 } from './nsec3.ts';
import type { ValidationPolicy } from './policy.ts';
import { type Cause, reasonFor } from './reason.ts';
import type { WorkCounter } from './work.ts';

/** An NSEC or NSEC3 RRset whose signature was valid, made by the zone being asked about. */
export interface ValidatedRRset {
  readonly rrset: RRset;
  /** `RRsetCheck.wildcard`; an expanded NSEC proves nothing (CVE-2017-15105) */
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
   * unknown because an opt-out span covers it (RFC 5155 §6) or its parameters are beyond the limit, in which case an unsigned
   * delegation may be there.
   */
  readonly delegation: Delegation | null;
  /** null when secure */
  readonly cause: Cause | null;
}

/** Never throws on what the records say; `wildcard-expansion` without `wildcard` is the caller's mistake. */
export function proveDenial(question: DenialQuestion): DenialOutcome {
  if (!isSubdomain(question.name, question.zone)) return notProvedBy(question, gap('no-usable-record'), 'NSEC');
  const nsecs = usableNsecs(question);
  const byNsec = nsecs.length > 0 ? nsecProofOf(question, nsecs) : null;
  if (byNsec?.proved === true) return outcome(question, byNsec, 'NSEC');
  const { groups, overLimit } = usableNsec3s(question);
  let byNsec3: Proof | null = null;
  for (const group of groups) {
    byNsec3 = nsec3ProofOf(question, new nsec3Proof.HashedRecords(group, question.work));
    if (byNsec3.proved) return outcome(question, byNsec3, 'NSEC3');
  }
  if (overLimit !== null) return overLimitOutcome(question, overLimit);
  const present = question.nsecs.length + question.nsec3s.length > 0;
  if (!present) return notProved(question, signatureLimit(question) ?? { code: 'denial-missing', ...subjectOf(question) }, 'none', []);
  return notProvedBy(question, byNsec3 ?? byNsec ?? gap('no-usable-record'), byNsec3 === null && byNsec !== null ? 'NSEC' : 'NSEC3');
}

/** An expanded record proves nothing, and neither does one that points out of its zone or cannot be read. */
function usableNsecs({ zone, nsecs }: DenialQuestion): readonly Nsec[] {
  return parsed(nsecs, parseNsec).filter((record) => nsecProof.isInsideZone(record, zone));
}

interface Nsec3Groups {
  readonly groups: readonly (readonly Nsec3[])[];
  /** least iteration count among the groups that are beyond the limit */
  readonly overLimit: number | null;
}

function usableNsec3s({ zone, nsec3s, policy }: DenialQuestion): Nsec3Groups {
  // RFC 5155 §3: the owner is the hash in front of the apex; any other depth is another zone's record or a forgery.
  const records = parsed(nsec3s, parseNsec3).filter((record) => isKnownNsec3(record) && sameName(parentName(record.owner), zone));
  const groups = nsec3Proof.byParameters(records);
  // RFC 9276 §3.2: decided before anything is hashed.
  const beyond = groups.flatMap(([first]) => (first !== undefined && first.iterations > policy.maximumNsec3Iterations ? first.iterations : []));
  return {
    groups: groups.filter(([first]) => first !== undefined && first.iterations <= policy.maximumNsec3Iterations),
    overLimit: beyond.length === 0 ? null : Math.min(...beyond),
  };
}

function parsed<Parsed>(rrsets: readonly ValidatedRRset[], parse: (owner: Name, rdata: Uint8Array) => Parsed | null): Parsed[] {
  const unexpanded = rrsets.filter(({ wildcard }) => wildcard === null);
  return unexpanded.flatMap(({ rrset }) => rrset.rdatas.flatMap((rdata) => parse(rrset.owner, rdata) ?? []));
}

function nsecProofOf(question: DenialQuestion, records: readonly Nsec[]): Proof {
  const { zone, name, type, claim } = question;
  const input = { zone, name, type, records };
  switch (claim) {
    case 'negative': return nsecProof.proveNegative(input);
    case 'name-error': case 'no-data': case 'wildcard-no-data': return demand(claim, nsecProof.proveNegative(input));
    case 'no-ds': return nsecProof.proveNoDs(input);
    case 'insecure-delegation': return nsecProof.proveInsecureDelegation(input);
    case 'wildcard-expansion': return nsecProof.proveExpansion(input, sourceOf(question));
    default: return assertNever(claim);
  }
}

function nsec3ProofOf(question: DenialQuestion, records: nsec3Proof.HashedRecords): Proof {
  const { zone, name, type, claim } = question;
  const input = { zone, name, type, records };
  switch (claim) {
    case 'negative': return nsec3Proof.proveNegative(input);
    case 'name-error': case 'no-data': case 'wildcard-no-data': return demand(claim, nsec3Proof.proveNegative(input));
    case 'no-ds': return nsec3Proof.proveNoDs(input);
    case 'insecure-delegation': return nsec3Proof.proveInsecureDelegation(input);
    case 'wildcard-expansion': return nsec3Proof.proveExpansion(input, sourceOf(question));
    default: return assertNever(claim);
  }
}

/** A proof of something else is none of what was asked. */
function demand(claim: DenialCheck['claim'], found: Proof): Proof {
  if (!found.proved || found.claim === claim) return found;
  return gap(found.claim === 'name-error' ? 'name-does-not-exist' : 'name-exists', ...found.evidence);
}

function sourceOf({ wildcard, name }: DenialQuestion): Name {
  if (wildcard == null || !isSubdomain(name, parentName(wildcard))) throw new Error('a wildcard expansion is proved for its source of synthesis');
  return wildcard;
}

function outcome(question: DenialQuestion, found: Extract<Proof, { readonly proved: true }>, method: 'NSEC' | 'NSEC3'): DenialOutcome {
  // RFC 5155 §9.2: what an opt-out span proves is not authenticated.
  const cause: Cause | null = found.optOut ? { code: 'insecure-opt-out', name: nameText(question.name), zone: nameText(question.zone) } : null;
  const result = found.optOut ? 'proved-opt-out' : 'proved';
  return {
    status: found.optOut ? 'insecure' : 'secure',
    check: denialCheck(question, { claim: found.claim, method, evidence: found.evidence, result, cause }),
    delegation: found.delegation,
    cause,
  };
}

function overLimitOutcome(question: DenialQuestion, iterations: number): DenialOutcome {
  const cause: Cause = { code: 'nsec3-iterations', zone: nameText(question.zone), iterations, limit: question.policy.maximumNsec3Iterations };
  const check = denialCheck(question, { claim: claimed(question), method: 'NSEC3', evidence: [], result: 'insecure-parameters', cause });
  return { status: 'insecure', check, delegation: 'opt-out', cause };
}

function notProvedBy(question: DenialQuestion, found: Proof, method: 'NSEC' | 'NSEC3'): DenialOutcome {
  const { work } = question;
  const exhausted = method === 'NSEC3' && work.refused('nsec3-hash');
  const cause: Cause = exhausted
    ? { code: 'work-limit-nsec3', name: nameText(question.name), limit: work.limit('nsec3-hash') }
    : signatureLimit(question) ?? { code: 'denial-not-proved', ...subjectOf(question), gap: found.proved ? 'no-usable-record' : found.gap };
  return notProved(question, cause, method, found.evidence);
}

/** Records whose signatures were not checked any more are not there: then it is the limit that is told, not what they lack (CVE-2023-50387). */
function signatureLimit({ work, name }: DenialQuestion): Cause | null {
  const kind = (['signature', 'failed-signature'] as const).find((one) => work.refused(one));
  return kind === undefined ? null : { code: 'work-limit-signatures', owner: nameText(name), limit: work.limit(kind) };
}

function notProved(question: DenialQuestion, cause: Cause, method: DenialCheck['method'], evidence: readonly Evidence[]): DenialOutcome {
  const check = denialCheck(question, { claim: claimed(question), method, evidence, result: 'not-proved', cause });
  return { status: 'not-proved', check, delegation: null, cause };
}

/** What to call it where nothing was proved. */
const claimed = ({ claim }: DenialQuestion): DenialCheck['claim'] => (claim === 'negative' ? 'no-data' : claim);

const subjectOf = ({ name, type }: DenialQuestion): { readonly name: string; readonly rrtype: string } => ({ name: nameText(name), rrtype: rrtypeName(type) });

interface CheckInput {
  readonly claim: DenialCheck['claim'];
  readonly method: DenialCheck['method'];
  readonly evidence: readonly Evidence[];
  readonly result: DenialCheck['result'];
  readonly cause: Cause | null;
}

function denialCheck(question: DenialQuestion, { claim, method, evidence, result, cause }: CheckInput): DenialCheck {
  return {
    zone: nameText(question.zone),
    ...subjectOf(question),
    claim,
    method,
    records: [...evidence.map(({ record, role }) => denialRecord(record, role)), ...unusedRecords(question, evidence)],
    result,
    reason: cause === null ? null : reasonFor(cause),
  };
}

/** Those that came along and had no part in the proof, so that a viewer sees all that was sent. */
function unusedRecords({ nsecs, nsec3s }: DenialQuestion, evidence: readonly Evidence[]): DenialRecord[] {
  const all = [
    ...nsecs.flatMap(({ rrset }) => rrset.rdatas.flatMap((rdata) => parseNsec(rrset.owner, rdata) ?? [])),
    ...nsec3s.flatMap(({ rrset }) => rrset.rdatas.flatMap((rdata) => parseNsec3(rrset.owner, rdata) ?? [])),
  ];
  const unused = all.filter(({ owner }) => !evidence.some(({ record }) => sameName(record.owner, owner)));
  return unused.map((record) => denialRecord(record, 'unused'));
}

function denialRecord(record: Nsec | Nsec3, role: DenialRecord['role']): DenialRecord {
  return {
    owner: nameText(record.owner),
    next: 'next' in record ? nameText(record.next) : toBase32Hex(record.nextHash),
    types: [...record.types].sort((left, right) => left - right).map(rrtypeName),
    optOut: 'optOut' in record && record.optOut,
    ...('iterations' in record ? { iterations: record.iterations } : {}),
    role,
  };
}
