/** Follows one question through its aliases, with one way of finding answers: from the root, or through forwarders. */
import type { Clock } from '../base/ports.ts';
import { rrsetSubject } from '../base/subject.ts';
import { type Name, ROOT, nameKey, nameText, sameName } from '../dns/name.ts';
import type { Message, Question } from '../dns/record.ts';
import { RCODE, RRCLASS, RRTYPE, rrtypeName } from '../dns/rrtype.ts';
import { Budget, type Judge, type Response, type Upstream } from '../dns/upstream.ts';
import { type Alias, type Answer, type AnswerEnd, type Verdict, isAcceptable, isUnsettled } from './answer.ts';
import { AnswerReader } from './answer-reader.ts';
import { ChainOfTrust } from './chain-of-trust.ts';
import type { Effort, ResolverFact, Telling } from './effort.ts';
import type { ValidationPolicy } from './policy.ts';
import type { Cause } from './reason.ts';
import { StageMemo } from './stage-memo.ts';
import type { TrustAnchor } from './trust-anchor.ts';
import { UnawaitedStage } from './unawaited-stage.ts';
import { Validator } from './validator.ts';
import { WorkCounter } from './work.ts';

export interface EngineOptions {
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly policy: ValidationPolicy;
  /** see `ResolverLimits` */
  readonly limits: { readonly queries: number; readonly aliases: number };
  readonly trustAnchors: readonly TrustAnchor[];
  readonly negativeTrustAnchors: readonly Name[];
  /** takes the answer to a priming query (RFC 9609) and its TTL in seconds; null: none is sent */
  readonly primed?: Primed | null;
}

export type Primed = (message: Message, ttl: number) => void;

export interface Followed {
  readonly aliases: readonly Alias[];
  readonly end: AnswerEnd;
}

/** seconds for which a failure is not tried again */
const FAILURE_TTL = 5;
/** seconds until the root is asked for its servers again where it gave no answer that is believed (RFC 9520 §3.2) */
const PRIMING_RETRY = 300;

export class Engine {
  readonly upstream: Upstream;
  readonly #clock: Clock;
  readonly #chain: ChainOfTrust;
  readonly #reader: AnswerReader;
  readonly #policy: ValidationPolicy;
  readonly #limits: EngineOptions['limits'];
  readonly #answers: StageMemo<Answer>;
  readonly #primed: Primed | null;
  #priming: UnawaitedStage<ResolverFact> | null = null;
  /** ms on the monotonic clock */
  #primingDue = Number.NEGATIVE_INFINITY;

  constructor({ upstream, clock, policy, limits, trustAnchors, negativeTrustAnchors, primed }: EngineOptions) {
    this.upstream = upstream;
    this.#clock = clock;
    this.#policy = policy;
    this.#limits = limits;
    const validator = new Validator(clock, policy);
    this.#chain = new ChainOfTrust({ upstream, validator, clock, trustAnchors, negativeTrustAnchors });
    this.#reader = new AnswerReader({ upstream, chain: this.#chain, validator });
    this.#answers = new StageMemo(clock, lifetime);
    this.#primed = primed ?? null;
  }

  /** Whether `follow` begins with a remembered answer. */
  remembers(name: Name, type: number): boolean {
    return this.#answers.has(answerKey(name, type));
  }

  async *follow(name: Name, type: number): Telling<Followed> {
    this.#primeWhenDue();
    const following = this.#follow(name, type);
    return yield* (this.#priming === null ? following : this.#priming.beside(following));
  }

  /** RFC 9609 §3.1: at first, and again when the servers that were told have expired. */
  #primeWhenDue(): void {
    const now = this.#clock.monotonic();
    if (this.#primed === null || now < this.#primingDue) return;
    this.#primingDue = now + PRIMING_RETRY * 1000;
    this.#priming = new UnawaitedStage(this.#prime(this.#primed));
  }

  /**
   * RFC 9609 §3: which servers the root has now, asked of a hint beside the first question. What it costs is none of the lookups',
   * an answer that is not believed makes the next hint being asked (§3.1), and without one the hints stay.
   */
  async *#prime(primed: Primed): Telling<unknown> {
    const question = { name: ROOT, type: RRTYPE.NS, class: RRCLASS.IN };
    const effort = this.#effort();
    const judge: Judge<ResolverFact, Answer> = async function* (this: Engine, response: Response) {
      const value = yield* this.#reader.read(question, response, effort);
      const acceptable = isAcceptable(value);
      if (acceptable && value.end?.noData === false) {
        primed(response.message, value.end.ttl);
        this.#primingDue = this.#clock.monotonic() + Math.max(value.end.ttl, PRIMING_RETRY) * 1000;
      }
      return { value, acceptable };
    }.bind(this);
    return yield* this.upstream.ask(question, judge, effort);
  }

  #effort(): Effort {
    return { budget: new Budget(this.#limits.queries), work: new WorkCounter(this.#policy), stage: null, depth: 0, alongside: null };
  }

  async *#follow(name: Name, type: number): Telling<Followed> {
    const effort = this.#effort();
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
    const judge: Judge<ResolverFact, Answer> = async function* (this: Engine, response: Response) {
      const value = yield* this.#reader.read(question, response, effort);
      return { value, acceptable: isAcceptable(value) };
    }.bind(this);
    const found = yield* this.upstream.ask(question, judge, { ...effort, alongside });
    if (found.ok) return found.value;
    const [owner, rrtype] = [nameText(name), rrtypeName(type)];
    const { text: failure, ownSide } = found.failure;
    if (ownSide) return { aliases: [], end: failedEnd({ code: 'resolution-unavailable', detail: failure }), next: name };
    if (!effort.budget.exhausted) return { aliases: [], end: failedEnd({ code: 'lookup-failed', name: owner, rrtype, detail: failure }), next: name };
    const detail = `more than ${effort.budget.limit} queries`;
    yield { at: this.#clock.monotonic(), subject: rrsetSubject(owner, rrtype), type: 'dns.notice', code: 'work-limit', text: `${owner} ${rrtype} was given up: ${detail}` };
    return { aliases: [], end: failedEnd({ code: 'lookup-limit', name: owner, detail }), next: name };
  }

  async *#prepare(cut: Name, name: Name, effort: Effort): Telling<unknown> {
    return this.#chain.leadsThrough(cut, name) ? yield* this.#chain.prepare(cut, effort) : null;
  }
}

const answerKey = (name: Name, type: number): string => `${type}/${nameKey(name)}`;

function lifetime({ aliases, end }: Answer): number {
  const verdicts: Verdict[] = end === null ? [...aliases] : [...aliases, end];
  const good = verdicts.every(({ status }) => status === 'secure' || status === 'insecure');
  return good ? Math.min(...verdicts.map(({ ttl }) => ttl)) : FAILURE_TTL;
}

const failedEnd = (cause: Cause): AnswerEnd =>
  ({ status: 'indeterminate', cause, chain: [], ttl: 0, rcode: RCODE.SERVFAIL, noData: false, rrsets: [] });
