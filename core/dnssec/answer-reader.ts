/** Reads and validates one answer (RFC 4035 §5.3, §5.4), following its aliases as far as it may be believed about them. */
import { type Name, isSubdomain, nameText, sameName } from '../dns/name.ts';
import { groupRRsets } from '../dns/rrset.ts';
import type { Question, RRset } from '../dns/record.ts';
import { RCODE, RRTYPE } from '../dns/rrtype.ts';
import type { Response, Upstream } from '../dns/upstream.ts';
import { type Alias, type Answer, type AnswerEnd, type Verdict, isBogus } from './answer.ts';
import type { ChainOfTrust } from './chain-of-trust.ts';
import { isStrictlyBelow, substitute } from './dname.ts';
import type { Effort, Telling } from './effort.ts';
import { nameAt } from './rdata-name.ts';
import type { Cause } from './reason.ts';
import { type Validator, isDenial, lowestHolder, signerFor } from './validator.ts';
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
    const { answer, authority } = response.message;
    const reading: Reading = { response, type: question.type, effort, answers: groupRRsets(answer), rrsets: groupRRsets([...answer, ...authority]) };
    const aliases: Alias[] = [];
    let name = question.name;
    for (let step = 0; step < MAXIMUM_STEPS; step += 1) {
      if (step > 0 && !this.#mayAnswer(name, response)) break;
      const found = yield* this.#at(name, reading);
      // What hangs on to the first name is a courtesy of the server; where it does not hold, the name is asked for itself.
      if (step > 0 && found.status === 'bogus') break;
      if (!('target' in found)) return { aliases, end: found, next: name };
      aliases.push(found);
      if (isBogus({ aliases, end: null, next: found.target }) || aliases.some(({ owner }) => sameName(owner, found.target))) return { aliases, end: null, next: found.target };
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
    const { type, answers } = reading;
    const here = answers.filter(({ owner }) => sameName(owner, name));
    const wanted = here.filter((rrset) => rrset.type === type || (type === RRTYPE.ANY && rrset.type !== RRTYPE.RRSIG));
    if (wanted.length > 0) return yield* this.#data(wanted, reading);
    const dname = answers.find((rrset) => rrset.type === RRTYPE.DNAME && isStrictlyBelow(name, rrset.owner));
    const cname = here.find((rrset) => rrset.type === RRTYPE.CNAME);
    if (dname !== undefined) return yield* this.#synthesised(name, dname, cname, reading);
    if (cname !== undefined) return yield* this.#alias(cname, reading);
    return yield* this.#negative(name, reading);
  }

  async *#data(rrsets: readonly RRset[], reading: Reading): Telling<AnswerEnd> {
    const verdicts: Verdict[] = [];
    for (const rrset of rrsets) verdicts.push(yield* this.#positive(rrset, reading));
    return { ...joined(verdicts), rcode: RCODE.NOERROR, noData: false, rrsets };
  }

  async *#alias(cname: RRset, reading: Reading): Telling<Alias | AnswerEnd> {
    const target = nameAt(cname.rdatas[0] as Uint8Array, 0);
    // RFC 1034 §3.6.2, RFC 2181 §10.1: one CNAME a name.
    if (target === null || cname.rdatas.length > 1) return unreadable(cname);
    return { ...(yield* this.#positive(cname, reading)), owner: cname.owner, target, synthesised: false, rrsets: [cname] };
  }

  /** RFC 6672 §5.3.1: the DNAME is signed, its CNAME is not and has to be the one it makes. */
  async *#synthesised(name: Name, dname: RRset, cname: RRset | undefined, reading: Reading): Telling<Alias | AnswerEnd> {
    const to = nameAt(dname.rdatas[0] as Uint8Array, 0);
    if (to === null || dname.rdatas.length > 1) return unreadable(dname);
    const verdict = yield* this.#positive(dname, reading);
    const target = substitute(name, dname.owner, to);
    if (target === null) return { ...verdict, rcode: RCODE.YXDOMAIN, noData: true, rrsets: [dname] };
    const given = cname === undefined ? target : nameAt(cname.rdatas[0] as Uint8Array, 0);
    const lies = given === null || !sameName(given, target) || (cname?.rdatas.length ?? 1) > 1;
    const cause: Cause = { code: 'dname-cname-mismatch', owner: nameText(name), dname: nameText(dname.owner) };
    const rrset: RRset = cname ?? { owner: name, type: RRTYPE.CNAME, class: dname.class, ttl: dname.ttl, rdatas: [target], signatures: [] };
    const status = lies && verdict.status === 'secure' ? { ...verdict, status: 'bogus' as const, cause } : verdict;
    return { ...status, owner: name, target, synthesised: true, rrsets: [dname, rrset] };
  }

  /** An RRset of the answer section, with the denial it needs when a wildcard made it (RFC 4035 §5.3.4). */
  async *#positive(rrset: RRset, reading: Reading): Telling<Verdict> {
    const { effort, response } = reading;
    const lowest = lowestHolder(rrset.owner, rrset.type);
    const start = yield* this.#options.chain.start(lowest, response.zone, effort);
    const signed = yield* this.#holder(start, lowest, [rrset], effort);
    const verdict = yield* this.#checked(rrset, signed, reading);
    if (verdict.status !== 'bogus' || signed.status !== 'secure') return verdict;
    // No signature that counts: unless a zone cut that nobody told of makes the name insecure, it is bogus.
    const holder = yield* this.#options.chain.walk(signed, lowest, () => true, effort);
    if (sameName(holder.zone, signed.zone)) return verdict;
    return holder.status === 'secure' ? verdict : untrusted(holder, rrset.ttl);
  }

  async *#checked(rrset: RRset, holder: ZoneTrust, reading: Reading): Telling<Verdict> {
    if (holder.status !== 'secure') return untrusted(holder, rrset.ttl);
    const { validator } = this.#options;
    const check = yield* validator.check(rrset, holder.zone, holder.keys, reading.effort);
    const verdict = { chain: holder.chain, ttl: check.ttl };
    if (check.result === 'bogus') return { ...verdict, status: 'bogus', cause: check.cause };
    if (check.wildcard === null) return { ...verdict, status: 'secure', cause: null };
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
    const holder = yield* this.#holder(start, lowest, proofs, effort);
    const ttl = negativeTtl(proofs);
    if (holder.status !== 'secure') return { ...untrusted(holder, ttl), ...unproved(response) };
    const denial = yield* this.#denied(name, holder, reading);
    if (denial.status !== 'bogus') return { ...denial, ttl };
    const deeper = yield* this.#options.chain.walk(holder, lowest, () => true, effort);
    if (deeper.status === 'secure' || sameName(deeper.zone, holder.zone)) return { ...denial, ttl };
    return { ...untrusted(deeper, ttl), ...unproved(response) };
  }

  async *#denied(name: Name, holder: SecureZone, reading: Reading): Telling<AnswerEnd> {
    const denial = yield* this.#options.validator.prove({ name, type: reading.type, claim: 'negative', rrsets: reading.rrsets }, holder, reading.effort);
    const verdict = { chain: holder.chain, ttl: 0, rrsets: [], cause: denial.cause };
    if (denial.status === 'not-proved') return { ...verdict, ...unproved(reading.response), status: 'bogus' };
    const rcode = denial.check.result === 'insecure-parameters' ? reading.response.message.rcode : denial.check.claim === 'name-error' ? RCODE.NXDOMAIN : RCODE.NOERROR;
    return { ...verdict, status: denial.status, rcode, noData: rcode === RCODE.NOERROR };
  }

  /**
   * The zone that holds the name: where the signatures say it, as far as the chain confirms, otherwise found by looking for a cut at
   * every label. Cuts that referrals showed are known; behind a forwarder none is.
   */
  async *#holder(start: ZoneTrust, lowest: Name, rrsets: readonly RRset[], effort: Effort): Telling<ZoneTrust> {
    const { upstream, chain } = this.#options;
    if (start.status !== 'secure') return start;
    const signer = signerFor(lowest, rrsets, start.zone);
    if (signer === null) return yield* chain.walk(start, lowest, () => true, effort);
    const probe = (name: Name): boolean => upstream.mode === 'forwarding' || sameName(name, signer) || upstream.delegation(name) !== null;
    return yield* chain.walk(start, signer, probe, effort);
  }
}

function joined(verdicts: readonly Verdict[]): Verdict {
  const status = weakest(verdicts.map((verdict) => verdict.status));
  const decisive = verdicts.find((verdict) => verdict.status === status) as Verdict;
  return { ...decisive, ttl: Math.min(...verdicts.map((verdict) => verdict.ttl)) };
}

const untrusted = (zone: Exclude<ZoneTrust, SecureZone>, ttl: number): Verdict => ({ status: zone.status, cause: zone.cause, chain: zone.chain, ttl });

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

