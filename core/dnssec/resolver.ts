/** The validating resolver: one question, followed through its aliases, with the status of its weakest link. */
import type { Clock, Network, Random } from '../base/ports.ts';
import { toHex } from '../base/bytes.ts';
import { type Reason, rrsetSubject } from '../base/subject.ts';
import { DEFAULT_DNS_TIMEOUTS, DnsClient, type DnsTimeouts } from '../dns/exchange.ts';
import type { DnsFact, Lookup, LookupRecord, ServerAddress } from '../dns/facts.ts';
import { Forwarding } from '../dns/forwarding.ts';
import { DEFAULT_ITERATION_LIMITS, Iteration, type IterationLimits } from '../dns/iteration.ts';
import { type Name, ROOT, lowerName, nameKey, nameText, parseName, sameName } from '../dns/name.ts';
import { rdataText } from '../dns/presentation.ts';
import type { Question, ResourceRecord } from '../dns/record.ts';
import { recordsOf } from '../dns/rrset.ts';
import { RCODE, RRCLASS, RRTYPE, rcodeName, rrtypeName, rrtypeNumber } from '../dns/rrtype.ts';
import { ServerChoice } from '../dns/server-choice.ts';
import { Budget, type Judge, type Upstream } from '../dns/upstream.ts';
import { type Alias, type Answer, type AnswerEnd, type Verdict, isAcceptable, isUnsettled } from './answer.ts';
import { AnswerReader } from './answer-reader.ts';
import { ChainOfTrust } from './chain-of-trust.ts';
import type { Effort, ResolverFact, Telling } from './effort.ts';
import { DEFAULT_VALIDATION_POLICY, type ValidationPolicy } from './policy.ts';
import { type Cause, reasonFor } from './reason.ts';
import { StageMemo } from './stage-memo.ts';
import type { SecurityStatus } from './status.ts';
import type { TrustAnchor } from './trust-anchor.ts';
import { Validator } from './validator.ts';
import { WorkCounter } from './work.ts';
import { weakest } from './zone-trust.ts';

export type Resolution =
  | { readonly mode: 'iterative'; readonly rootHints: readonly ServerAddress[] }
  | { readonly mode: 'forwarding'; readonly forwarders: readonly ServerAddress[] };

export interface ResolverOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly trustAnchors: readonly TrustAnchor[];
  readonly resolution: Resolution;
  readonly policy?: Partial<ValidationPolicy>;
  readonly timeouts?: Partial<DnsTimeouts>;
  readonly limits?: Partial<ResolverLimits>;
  /** whether the root and top-level zones are asked for one label at a time (RFC 9156); default false; iterative only */
  readonly minimiseQueryNames?: boolean;
  /** names at and below which validation is off (RFC 7646) */
  readonly negativeTrustAnchors?: readonly string[];
  /** zones whose servers are known beforehand; iterative only */
  readonly stubs?: readonly { readonly zone: string; readonly servers: readonly ServerAddress[] }[];
  /** ends every exchange */
  readonly signal?: AbortSignal;
}

export interface ResolverLimits extends IterationLimits {
  /** messages sent for one lookup, look-ups of servers' addresses and keys included */
  readonly queries: number;
  /** aliases followed in one lookup */
  readonly aliases: number;
}

export const DEFAULT_RESOLVER_LIMITS: ResolverLimits = { ...DEFAULT_ITERATION_LIMITS, queries: 150, aliases: 16 };

export interface ResolvedAnswer {
  readonly status: SecurityStatus;
  /** mnemonic; SERVFAIL for what is bogus or could not be found out */
  readonly rcode: string;
  /** the aliases and the records at their end, with their RRSIGs */
  readonly answer: readonly ResourceRecord[];
  /** the zones it rests on, from the trust anchor down */
  readonly chain: readonly string[];
  /** null exactly when secure */
  readonly reason: Reason | null;
  /** extended DNS error (RFC 8914) */
  readonly ede: number | null;
  readonly lookup: Lookup;
}

export interface Resolver {
  /**
   * Tells every message and every check as it happens. @throws {NameSyntaxError} for a text that is no name
   * @throws {RangeError} for an unknown type mnemonic; whatever the world does wrong is in the result
   */
  lookUp(name: string, rrtype: string): AsyncGenerator<ResolverFact, Lookup>;
  /** The same without the facts, and with the records as they came. */
  resolve(name: string, rrtype: string): Promise<ResolvedAnswer>;
}

/** Lookups of one resolver share what they learn for as long as its TTL allows; nothing is shared between resolvers. */
export function createResolver(options: ResolverOptions): Resolver {
  return new ValidatingResolver(options);
}

/** seconds for which a failure is not tried again */
const FAILURE_TTL = 5;

class ValidatingResolver implements Resolver {
  readonly #clock: Clock;
  readonly #upstream: Upstream;
  readonly #chain: ChainOfTrust;
  readonly #reader: AnswerReader;
  readonly #policy: ValidationPolicy;
  readonly #limits: ResolverLimits;
  readonly #answers: StageMemo<Answer>;

  constructor(options: ResolverOptions) {
    const { clock } = options;
    this.#clock = clock;
    this.#policy = { ...DEFAULT_VALIDATION_POLICY, ...options.policy };
    this.#limits = { ...DEFAULT_RESOLVER_LIMITS, ...options.limits };
    this.#upstream = upstreamOf(options, this.#limits);
    const validator = new Validator(clock, this.#policy);
    const negativeTrustAnchors = (options.negativeTrustAnchors ?? []).map(parseName);
    this.#chain = new ChainOfTrust({ upstream: this.#upstream, validator, clock, trustAnchors: options.trustAnchors, negativeTrustAnchors });
    this.#reader = new AnswerReader({ upstream: this.#upstream, chain: this.#chain, validator });
    this.#answers = new StageMemo(clock, lifetime);
  }

  async *lookUp(name: string, rrtype: string): AsyncGenerator<ResolverFact, Lookup> {
    return (yield* this.#resolved(name, rrtype)).lookup;
  }

  async resolve(name: string, rrtype: string): Promise<ResolvedAnswer> {
    const stage = this.#resolved(name, rrtype);
    for (;;) {
      const step = await stage.next();
      if (step.done === true) return step.value;
    }
  }

  async *#resolved(text: string, rrtype: string): Telling<ResolvedAnswer> {
    const type = rrtypeNumber(rrtype);
    if (type === null) throw new RangeError(`${rrtype} is no RR type`);
    const name = lowerName(parseName(text));
    const started = this.#clock.monotonic();
    const question = { name: nameText(name), rrtype: rrtypeName(type) };
    yield this.#fact(question, { type: 'dns.lookup.started', ...question });
    const fromCache = this.#answers.has(answerKey(name, type));
    const { aliases, end } = yield* this.#follow(name, type);
    const lookup = lookupOf({ name, type, aliases, end, fromCache, elapsedMs: this.#clock.monotonic() - started });
    yield this.#fact(question, { type: 'dns.lookup.finished', lookup });
    const answer = [...aliases, end].flatMap(({ rrsets }) => rrsets.flatMap(recordsOf));
    return { status: lookup.status, rcode: lookup.rcode, answer, chain: lookup.zones, reason: lookup.reason, ede: lookup.reason?.ede ?? null, lookup };
  }

  async *#follow(name: Name, type: number): Telling<Followed> {
    const effort = { budget: new Budget(this.#limits.queries), work: new WorkCounter(this.#policy), stage: null, depth: 0, alongside: null };
    const aliases: Alias[] = [];
    let at = name;
    for (;;) {
      const answer = yield* this.#answer(at, type, effort);
      aliases.push(...answer.aliases);
      if (answer.end !== null) return { aliases, end: answer.end };
      at = answer.next;
      // A broken link is the answer: nothing behind it can be believed.
      const broken = aliases.find(isUnsettled);
      if (broken !== undefined) return { aliases, end: { ...broken, rcode: RCODE.SERVFAIL, noData: false, rrsets: [] } };
      const looped = sameName(at, name) || aliases.some(({ owner }) => sameName(owner, at));
      if (looped || aliases.length > this.#limits.aliases) {
        const detail = looped ? `its aliases lead back to ${nameText(at)}` : `more than ${this.#limits.aliases} aliases`;
        return { aliases, end: failedEnd({ code: 'lookup-limit', name: nameText(name), detail }) };
      }
    }
  }

  async *#answer(name: Name, type: number, effort: Effort): Telling<Answer> {
    return yield* this.#answers.run(answerKey(name, type), effort, (own) => this.#ask({ name, type, class: RRCLASS.IN }, own));
  }

  async *#ask(question: Question, effort: Effort): Telling<Answer> {
    const { name, type } = question;
    // The keys of a zone are fetched beside the question to its servers, where the chain leads through it.
    const alongside = (cut: Name): Telling<unknown> => this.#prepare(cut, name, effort);
    const judge: Judge<ResolverFact, Answer> = async function* (this: ValidatingResolver, response: Parameters<Judge<ResolverFact, Answer>>[0]) {
      const value = yield* this.#reader.read(question, response, effort);
      return { value, acceptable: isAcceptable(value) };
    }.bind(this);
    const found = yield* this.#upstream.ask(question, judge, { ...effort, alongside });
    if (found.ok) return found.value;
    const [owner, rrtype] = [nameText(name), rrtypeName(type)];
    const { text: failure, ownSide } = found.failure;
    if (ownSide) return { aliases: [], end: failedEnd({ code: 'resolution-unavailable', detail: failure }), next: name };
    if (!effort.budget.exhausted) return { aliases: [], end: failedEnd({ code: 'lookup-failed', name: owner, rrtype, detail: failure }), next: name };
    const detail = `more than ${effort.budget.limit} queries`;
    yield this.#fact({ name: owner, rrtype }, { type: 'dns.notice', code: 'work-limit', text: `${owner} ${rrtype} was given up: ${detail}` });
    return { aliases: [], end: failedEnd({ code: 'lookup-limit', name: owner, detail }), next: name };
  }

  async *#prepare(cut: Name, name: Name, effort: Effort): Telling<unknown> {
    return this.#chain.leadsThrough(cut, name) ? yield* this.#chain.prepare(cut, effort) : null;
  }

  #fact(question: { readonly name: string; readonly rrtype: string }, body: FactBody): DnsFact {
    return { at: this.#clock.monotonic(), subject: rrsetSubject(question.name, question.rrtype), ...body };
  }
}

type WithoutBase<Fact> = Fact extends unknown ? Omit<Fact, 'at' | 'subject'> : never;
type FactBody = WithoutBase<DnsFact>;

function upstreamOf(options: ResolverOptions, limits: ResolverLimits): Upstream {
  const { network, clock, random, resolution } = options;
  const signal = options.signal ?? new AbortController().signal;
  const client = new DnsClient({ network, clock, random, signal, timeouts: { ...DEFAULT_DNS_TIMEOUTS, ...options.timeouts } });
  const choice = new ServerChoice(random);
  if (resolution.mode === 'forwarding') return new Forwarding({ client, choice, clock, forwarders: resolution.forwarders });
  const stubs = (options.stubs ?? []).map(({ zone, servers }) => ({ zone: parseName(zone), servers }));
  const root = resolution.rootHints.length === 0 ? [] : [{ zone: ROOT, servers: resolution.rootHints }];
  return new Iteration({ client, choice, clock, known: [...root, ...stubs], limits, minimiseNames: options.minimiseQueryNames ?? false });
}

interface Followed {
  readonly aliases: readonly Alias[];
  readonly end: AnswerEnd;
}

const answerKey = (name: Name, type: number): string => `${type}/${nameKey(name)}`;

function lifetime({ aliases, end }: Answer): number {
  const verdicts: Verdict[] = end === null ? [...aliases] : [...aliases, end];
  const good = verdicts.every(({ status }) => status === 'secure' || status === 'insecure');
  return good ? Math.min(...verdicts.map(({ ttl }) => ttl)) : FAILURE_TTL;
}

const failedEnd = (cause: Cause): AnswerEnd =>
  ({ status: 'indeterminate', cause, chain: [], ttl: 0, rcode: RCODE.SERVFAIL, noData: false, rrsets: [] });

interface LookupInput extends Followed {
  readonly name: Name;
  readonly type: number;
  readonly fromCache: boolean;
  readonly elapsedMs: number;
}

function lookupOf({ name, type, aliases, end, fromCache, elapsedMs }: LookupInput): Lookup {
  const links: readonly Verdict[] = [...aliases, end];
  const status = weakest(links.map((link) => link.status));
  const decisive = links.filter((link) => link.status === status);
  // That nothing vouches for an answer matters less than that there is none.
  const cause = (decisive.find((link) => link.cause?.code !== 'no-trust-anchor') ?? decisive[0])?.cause ?? null;
  const usable = status === 'secure' || status === 'insecure' || (status === 'indeterminate' && cause?.code === 'no-trust-anchor');
  const records = end.rrsets.flatMap(recordsOf).filter((record) => record.type !== RRTYPE.RRSIG || type === RRTYPE.RRSIG);
  return {
    name: nameText(name),
    rrtype: rrtypeName(type),
    status,
    rcode: usable ? rcodeName(end.rcode) : 'SERVFAIL',
    noData: usable && end.noData,
    reason: cause === null ? null : reasonFor(cause),
    canonicalName: nameText(aliases.at(-1)?.target ?? name),
    aliases: aliases.map((alias) => ({ owner: nameText(alias.owner), target: nameText(alias.target), status: alias.status, synthesised: alias.synthesised })),
    records: records.map(lookupRecord),
    ttl: usable ? Math.min(...links.map((link) => link.ttl)) : 0,
    zones: [...new Set(links.flatMap(({ chain }) => chain.map(nameText)))],
    elapsedMs,
    fromCache,
  };
}

const lookupRecord = ({ owner, type, ttl, rdata }: ResourceRecord): LookupRecord =>
  ({ owner: nameText(owner), type: rrtypeName(type), ttl, text: rdataText(type, rdata), rdata: toHex(rdata) });

