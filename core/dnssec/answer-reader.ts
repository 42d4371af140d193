/** Reads and validates one answer (RFC 4035 §5.3, §5.4), following its aliases as far as it may be believed about them. */
import { type Name, isSubdomain, labelCount, nameText, sameName } from '../dns/name.ts';
import { groupRRsets } from '../dns/rrset.ts';
import type { Message, Question, RRset } from '../dns/record.ts';
import { RCODE, RRTYPE, rrtypeName } from '../dns/rrtype.ts';
import type { Response, Upstream } from '../dns/upstream.ts';
import { type Alias, type Answer, type AnswerEnd, type Verdict, isUnsettled } from './answer.ts';
import type { ChainOfTrust } from './chain-of-trust.ts';
import { isStrictlyBelow, substitute } from './dname.ts';
import type { Effort, Telling } from './effort.ts';
import { nameAt } from './rdata-name.ts';
import type { DenialCheck } from './facts.ts';
import type { DenialGap } from './reason.ts';
import { type Validator, isDenial, keysOf, lowestHolder, signerFor } from './validator.ts';
import { type SecureZone, type ZoneTrust, weakest } from './zone-trust.ts';

export interface ReaderOptions {
  readonly upstream: Upstream;
  readonly chain: ChainOfTrust;
  readonly validator: Validator;
}

interface Reading {
  readonly response: Response;
  readonly type: number;
  readonly effort: Effort;
  readonly answers: readonly RRset[];
  /** all sections that can hold a proof */
  readonly rrsets: readonly RRset[];
}

/** More alias steps than that in one answer are left to a new question, which counts them. */
const MAXIMUM_STEPS = 16;
/** seconds */
const MAXIMUM_NEGATIVE_TTL = 10_800;

export class AnswerReader {
  readonly #options: ReaderOptions;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  async *read(question: Question, response: Response, effort: Effort): Telling<Answer> {
    this.#options.chain.learn(response.message);
    const reading: Reading = { response, type: question.type, effort, ...sections(response.message, question.type) };
    const aliases: Alias[] = [];
    let name = question.name;
    for (let step = 0; step < MAXIMUM_STEPS; step += 1) {
      if (step > 0 && !this.#mayAnswer(name, response)) break;
      if (step > 0 && !speaksOf(name, reading)) break;
      const found = yield* this.#at(name, reading);
      // What hangs on to the first name is a courtesy of the server; where it does not hold, the name is asked for itself.
      if (step > 0 && isUnsettled(found)) break;
      if (!('target' in found)) return { aliases, end: found, next: name };
      aliases.push(found);
      if (isUnsettled(found) || aliases.some(({ owner }) => sameName(owner, found.target))) return { aliases, end: null, next: found.target };
      name = found.target;
    }
    return { aliases, end: null, next: name };
  }

  /** A server is believed about the zone it was asked for, and not about one that it delegated. */
  #mayAnswer(name: Name, { zone }: Response): boolean {
    if (zone === null) return true;
    return isSubdomain(name, zone) && !this.#delegatedBelow(zone, name);
  }

  #delegatedBelow(zone: Name, name: Name): boolean {
    for (let at = name; isStrictlyBelow(at, zone); at = at.subarray((at[0] as number) + 1)) {
      if (this.#options.upstream.delegation(at) !== null) return true;
    }
    return false;
  }

  async *#at(name: Name, reading: Reading): Telling<Alias | AnswerEnd> {
    const { type, answers, rrsets } = reading;
    // RFC 4035 §3.1.4.1: a parent that refers instead of answering has the DS in the authority section.
    const here = (type === RRTYPE.DS ? rrsets : answers).filter(({ owner }) => sameName(owner, name));
    const wanted = here.filter((rrset) => rrset.type === type || (type === RRTYPE.ANY && rrset.type !== RRTYPE.RRSIG));
    const cname = here.find((rrset) => rrset.type === RRTYPE.CNAME);
    if (wanted.length > 0 && !isAliasInFront(cname, wanted, reading)) return yield* this.#data(wanted, reading);
    const dname = answers.find((rrset) => rrset.type === RRTYPE.DNAME && isStrictlyBelow(name, rrset.owner));
    if (dname !== undefined) return yield* this.#synthesised(name, dname, reading);
    if (cname !== undefined) return yield* this.#alias(cname, reading);
    return yield* this.#negative(name, reading);
  }

  async *#data(rrsets: readonly RRset[], reading: Reading): Telling<AnswerEnd> {
    const verdicts: Verdict[] = [];
    for (const rrset of rrsets) verdicts.push(yield* this.#positive(rrset, reading));
    const verdict = joined(verdicts);
    const { rcode } = reading.response.message;
    // RFC 2308 §2.1: NXDOMAIN says that the name does not exist; signed records of it say that the RCODE was forged.
    if (verdict.status === 'secure' && rcode !== RCODE.NOERROR) return { ...contradicted(rrsets[0] as RRset, verdict), ...unproved(reading.response) };
    return { ...verdict, rcode: RCODE.NOERROR, noData: false, rrsets };
  }

  async *#alias(cname: RRset, reading: Reading): Telling<Alias | AnswerEnd> {
    const target = nameAt(cname.rdatas[0] as Uint8Array, 0);
    // RFC 1034 §3.6.2, RFC 2181 §10.1: one CNAME a name.
    if (target === null || cname.rdatas.length > 1) return unreadable(cname);
    return { ...(yield* this.#positive(cname, reading)), owner: cname.owner, target, synthesised: false, rrsets: [cname] };
  }

  /** RFC 6672 §5.3.1: the DNAME is signed, its CNAME is not: whatever came, the one that the DNAME makes is followed. */
  async *#synthesised(name: Name, dname: RRset, reading: Reading): Telling<Alias | AnswerEnd> {
    const to = nameAt(dname.rdatas[0] as Uint8Array, 0);
    if (to === null || dname.rdatas.length > 1) return unreadable(dname);
    const verdict = yield* this.#positive(dname, reading);
    const target = substitute(name, dname.owner, to);
    if (target === null) return { ...verdict, rcode: RCODE.YXDOMAIN, noData: true, rrsets: [dname] };
    const rrset: RRset = { owner: name, type: RRTYPE.CNAME, class: dname.class, ttl: dname.ttl, rdatas: [target], signatures: [] };
    return { ...verdict, owner: name, target, synthesised: true, rrsets: [dname, rrset] };
  }

  /** An RRset of the answer section, with the denial it needs when a wildcard made it (RFC 4035 §5.3.4). */
  async *#positive(rrset: RRset, reading: Reading): Telling<Verdict> {
    const { effort, response } = reading;
    const lowest = lowestHolder(rrset.owner, rrset.type);
    const start = yield* this.#options.chain.start(lowest, response.zone, effort);
    const signatures = rrset.type === RRTYPE.RRSIG ? rrset.rdatas : rrset.signatures;
    // RFC 4035 §5.3.1: the signer is the zone that holds the RRset; for what lies at an apex that is the owner itself, whoever signed.
    const signer = APEX_TYPES.has(rrset.type) && signatures.length > 0 ? lowest : signerFor(lowest, [{ ...rrset, signatures }], start.zone);
    const holder = yield* this.#holder(start, lowest, signer, effort);
    // RFC 4035 §2.2: RRSIG records are never signed, so nobody can tell a forged one.
    if (rrset.type === RRTYPE.RRSIG && holder.status === 'secure') return unsignable(rrset, holder);
    const verdict = yield* this.#checked(rrset, holder, reading);
    return (yield* this.#excused(verdict, holder, lowest, effort)) ?? verdict;
  }

  /**
   * What fails with the keys of a zone is insecure, not bogus, where a delegation further down is proved to be unsigned: then it was
   * never that zone's to sign. An opt-out span proves no delegation.
   */
  async *#excused(verdict: Verdict, holder: ZoneTrust, lowest: Name, effort: Effort): Telling<Verdict | null> {
    if (verdict.status !== 'bogus' || holder.status !== 'secure') return null;
    const deeper = yield* this.#options.chain.walk(holder, lowest, () => true, effort);
    return deeper.status === 'insecure' && deeper.cause.code !== 'insecure-opt-out' ? untrusted(deeper, verdict.ttl) : null;
  }

  async *#checked(rrset: RRset, holder: ZoneTrust, reading: Reading): Telling<Verdict> {
    if (holder.status !== 'secure') return untrusted(holder, rrset.ttl);
    const { validator } = this.#options;
    const check = yield* validator.check({ rrset, ...keysOf(holder) }, reading.effort);
    const verdict = { chain: holder.chain, ttl: check.ttl };
    if (check.result === 'bogus') return { ...verdict, status: 'bogus', cause: check.cause };
    if (check.wildcard === null) return { ...verdict, status: 'secure', cause: null };
    // RFC 4592 §4.4: what a wildcard DNAME means is not defined; it is not followed.
    if (rrset.type === RRTYPE.DNAME) return { ...verdict, status: 'bogus', cause: { code: 'signature-labels', owner: nameText(rrset.owner), rrtype: 'DNAME', labels: labelCount(check.wildcard) - 1 } };
    const request = { name: rrset.owner, type: rrset.type, claim: 'wildcard-expansion' as const, wildcard: check.wildcard, rrsets: reading.rrsets };
    const denial = yield* validator.prove(request, holder, reading.effort);
    return { ...verdict, status: denial.status === 'not-proved' ? 'bogus' : denial.status, cause: denial.cause };
  }

  /** RFC 2308 §2, decided by the proof: the RCODE is not signed. */
  async *#negative(name: Name, reading: Reading): Telling<AnswerEnd> {
    const { effort, response, type, rrsets } = reading;
    const lowest = lowestHolder(name, type);
    const start = yield* this.#options.chain.start(lowest, response.zone, effort);
    const proofs = rrsets.filter((rrset) => isDenial(rrset) || rrset.type === RRTYPE.SOA);
    const holder = yield* this.#holder(start, lowest, signerFor(lowest, proofs, start.zone), effort);
    let ttl = negativeTtl(proofs);
    if (holder.status !== 'secure') return { ...untrusted(holder, ttl), ...unproved(response) };
    // RFC 2308 §3: the SOA of a negative answer is that of the zone; where only another one came, it is that which is judged.
    const soas = proofs.filter((rrset) => rrset.type === RRTYPE.SOA);
    const soa = soas.find(({ owner }) => sameName(owner, holder.zone)) ?? soas[0];
    const check = soa === undefined ? null : yield* this.#options.validator.check({ rrset: soa, ...keysOf(holder) }, effort);
    if (check?.result === 'bogus') return { status: 'bogus', cause: check.cause, chain: holder.chain, ttl, ...unproved(response) };
    ttl = Math.min(ttl, check?.ttl ?? ttl);
    const denied = yield* this.#denied(name, holder, reading);
    const denial = { ...denied, ttl: Math.min(ttl, denied.ttl) };
    const excuse = yield* this.#excused(denial, holder, lowest, effort);
    return excuse === null ? denial : { ...excuse, ...unproved(response) };
  }

  async *#denied(name: Name, holder: SecureZone, reading: Reading): Telling<AnswerEnd> {
    const denial = yield* this.#options.validator.prove({ name, type: reading.type, claim: 'negative', rrsets: reading.rrsets }, holder, reading.effort);
    const verdict = { chain: holder.chain, ttl: denial.ttl, rrsets: [], cause: denial.cause };
    if (denial.status === 'not-proved') return { ...verdict, ...unproved(reading.response), status: 'bogus' };
    if (denial.check.result === 'insecure-parameters') return { ...verdict, ...unproved(reading.response), status: 'insecure' };
    const gap = contradiction(reading.response.message.rcode, denial.check);
    if (gap !== null) return { ...verdict, ...unproved(reading.response), status: 'bogus', cause: { code: 'denial-not-proved', name: nameText(name), rrtype: rrtypeName(reading.type), gap } };
    const rcode = denial.check.claim === 'name-error' ? RCODE.NXDOMAIN : RCODE.NOERROR;
    return { ...verdict, status: denial.status, rcode, noData: rcode === RCODE.NOERROR };
  }

  /**
   * The zone that holds the name: where the signatures say it, as far as the chain confirms and no known cut lies below, otherwise found by looking for a cut at
   * every label. Cuts that referrals showed are known; behind a forwarder none is, and none is looked for below a signer (ADR 97).
   */
  async *#holder(start: ZoneTrust, lowest: Name, signer: Name | null, effort: Effort): Telling<ZoneTrust> {
    const { upstream, chain } = this.#options;
    if (start.status !== 'secure') return start;
    if (signer === null) return yield* chain.walk(start, lowest, () => true, effort);
    const holder = upstream.mode === 'forwarding' ? yield* chain.walkAhead(start, signer, effort) : yield* chain.walk(start, signer, () => true, effort);
    // A signer that is no zone says nothing: the zone that holds the name is then found as if there were no signature.
    return sameName(holder.zone, signer) ? yield* chain.throughKnownCuts(holder, lowest, effort) : yield* chain.walk(holder, lowest, () => true, effort);
  }
}

/**
 * The RCODE is not signed, but must not contradict the proof. One contradiction is tolerated: servers that know no empty
 * non-terminals answer NXDOMAIN beside the NSEC that shows one (RFC 8020 §3.1); the proof then says NODATA.
 */
function contradiction(rcode: number, { claim, method }: DenialCheck): DenialGap | null {
  if (rcode === RCODE.NXDOMAIN) return claim === 'name-error' || method === 'NSEC' ? null : 'name-exists';
  return claim === 'name-error' ? 'name-does-not-exist' : null;
}

const contradicted = ({ owner, type }: RRset, { chain, ttl }: Verdict): Verdict =>
  ({ status: 'bogus', chain, ttl, cause: { code: 'denial-not-proved', name: nameText(owner), rrtype: rrtypeName(type), gap: 'name-exists' } });

/** Types that exist at the apex of a zone only; a signed NS RRset is the one there too (RFC 4035 §2.2, RFC 5155 §4, RFC 7344 §4.1). */
const APEX_TYPES: ReadonlySet<number> = new Set([RRTYPE.SOA, RRTYPE.NS, RRTYPE.DNSKEY, RRTYPE.NSEC3PARAM, RRTYPE.CDS, RRTYPE.CDNSKEY]);

/** RFC 1034 §3.6.2, RFC 2181 §10.1: beside a CNAME there is no other data but its own NSEC and RRSIG; what stands first answers. */
function isAliasInFront(cname: RRset | undefined, [wanted]: readonly RRset[], { type, answers }: Reading): boolean {
  if (cname === undefined || wanted === undefined || BESIDE_ALIAS.has(type)) return false;
  return answers.indexOf(cname) < answers.indexOf(wanted);
}

const BESIDE_ALIAS: ReadonlySet<number> = new Set([RRTYPE.CNAME, RRTYPE.NSEC, RRTYPE.RRSIG, RRTYPE.ANY]);

/** Some servers put an RRSIG into another section than the RRset it covers: it belongs to the RRset all the same. */
function sections({ answer, authority }: Message, type: number): Pick<Reading, 'answers' | 'rrsets'> {
  const rrsets = groupRRsets([...answer, ...authority]);
  const own = groupRRsets(answer);
  if (type === RRTYPE.RRSIG) return { answers: own, rrsets };
  const isOwn = (rrset: RRset): boolean => own.some((other) => other.type === rrset.type && sameName(other.owner, rrset.owner));
  return { answers: rrsets.filter(isOwn), rrsets };
}

/** Whether the answer has anything to say about a name that only its aliases led to. */
function speaksOf(name: Name, { answers, rrsets }: Reading): boolean {
  if (answers.some(({ owner, type }) => sameName(owner, name) || (type === RRTYPE.DNAME && isStrictlyBelow(name, owner)))) return true;
  return rrsets.some(({ owner, type }) => type === RRTYPE.SOA && isSubdomain(name, owner));
}

function joined(verdicts: readonly Verdict[]): Verdict {
  const status = weakest(verdicts.map((verdict) => verdict.status));
  const decisive = verdicts.find((verdict) => verdict.status === status) as Verdict;
  return { ...decisive, ttl: Math.min(...verdicts.map((verdict) => verdict.ttl)) };
}

const untrusted = (zone: Exclude<ZoneTrust, SecureZone>, ttl: number): Verdict => ({ status: zone.status, cause: zone.cause, chain: zone.chain, ttl });

const unsignable = (rrset: RRset, { zone, chain }: SecureZone): Verdict => ({
  status: 'insecure', chain, ttl: rrset.ttl, cause: { code: 'signature-missing', owner: nameText(rrset.owner), rrtype: 'RRSIG', zone: nameText(zone) },
});

const unproved = ({ message: { rcode } }: Response): { readonly rcode: number; readonly noData: boolean; readonly rrsets: readonly RRset[] } =>
  ({ rcode, noData: rcode === RCODE.NOERROR, rrsets: [] });

const unreadable = (rrset: RRset): AnswerEnd => ({
  status: 'indeterminate', chain: [], ttl: 0, rcode: RCODE.SERVFAIL, noData: false, rrsets: [],
  cause: { code: 'lookup-failed', name: nameText(rrset.owner), rrtype: 'CNAME', detail: 'the alias cannot be read or is not the only one' },
});

/** RFC 2308 §5: the lesser of the SOA's TTL and its MINIMUM field, and not longer than the proof. */
function negativeTtl(proofs: readonly RRset[]): number {
  return Math.min(MAXIMUM_NEGATIVE_TTL, ...proofs.map((rrset) => Math.min(rrset.ttl, rrset.type === RRTYPE.SOA ? minimumField(rrset) : rrset.ttl)));
}

function minimumField({ rdatas: [rdata] }: RRset): number {
  if (rdata === undefined || rdata.length < 4) return 0;
  return new DataView(rdata.buffer, rdata.byteOffset, rdata.byteLength).getUint32(rdata.length - 4);
}

