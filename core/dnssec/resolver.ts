/** The validating resolver: one question, followed through its aliases, with the status of its weakest link. */
import type { Clock, Network, Random } from '../base/ports.ts';
import { toHex } from '../base/bytes.ts';
import { type Reason, rrsetSubject } from '../base/subject.ts';
import { DEFAULT_DNS_TIMEOUTS, DnsClient, type DnsTimeouts } from '../dns/exchange.ts';
import type { DnsFact, Lookup, LookupRecord, ServerAddress, ServerComparison } from '../dns/facts.ts';
import { Forwarding } from '../dns/forwarding.ts';
import { DEFAULT_ITERATION_LIMITS, Iteration, type IterationLimits } from '../dns/iteration.ts';
import { type Name, ROOT, lowerName, nameText, parseName } from '../dns/name.ts';
import { rdataText } from '../dns/presentation.ts';
import type { ResourceRecord } from '../dns/record.ts';
import { recordsOf } from '../dns/rrset.ts';
import { RRTYPE, rcodeName, rrtypeName, rrtypeNumber } from '../dns/rrtype.ts';
import { ServerChoice } from '../dns/server-choice.ts';
import type { Upstream } from '../dns/upstream.ts';
import type { Verdict } from './answer.ts';
import { ServerComparer } from './compare-servers.ts';
import type { ResolverFact, Telling } from './effort.ts';
import { Engine, type EngineOptions, type Followed } from './engine.ts';
import { Fallback } from './fallback.ts';
import { DEFAULT_VALIDATION_POLICY, type ValidationPolicy } from './policy.ts';
import { reasonFor } from './reason.ts';
import type { SecurityStatus } from './status.ts';
import type { TrustAnchor } from './trust-anchor.ts';
import { weakest } from './zone-trust.ts';

export type Resolution =
  | { readonly mode: 'iterative'; readonly rootHints: readonly ServerAddress[] }
  /** `fallback`: root servers from where to go on when the forwarders strip signatures, lie or give nothing; none: never */
  | { readonly mode: 'forwarding'; readonly forwarders: readonly ServerAddress[]; readonly fallback?: readonly ServerAddress[] };

export interface ResolverOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly trustAnchors: readonly TrustAnchor[];
  readonly resolution: Resolution;
  readonly policy?: Partial<ValidationPolicy>;
  readonly timeouts?: Partial<DnsTimeouts>;
  readonly limits?: Partial<ResolverLimits>;
  /** whether servers learn no more of the names than they need (RFC 9156); default false; iterative only */
  readonly minimiseQueryNames?: boolean;
  /** whether the root is asked for its servers beside the first question (RFC 9609); default true; iterative only */
  readonly primeRoot?: boolean;
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
  /**
   * Asks every name server of the zone that holds the name, at each of its addresses (up to 40). Null behind forwarders without
   * `fallback`: there is no way to the name servers.
   */
  compareServers(name: string, rrtype: string): AsyncGenerator<ResolverFact, ServerComparison | null>;
}

/** Lookups of one resolver share what they learn for as long as its TTL allows; nothing is shared between resolvers. */
export function createResolver(options: ResolverOptions): Resolver {
  return new ValidatingResolver(options);
}

class ValidatingResolver implements Resolver {
  readonly #clock: Clock;
  readonly #engine: Engine;
  readonly #fallback: Fallback | null;
  readonly #comparer: ServerComparer | null;

  constructor(options: ResolverOptions) {
    const { clock, network, random, resolution } = options;
    this.#clock = clock;
    const limits = { ...DEFAULT_RESOLVER_LIMITS, ...options.limits };
    const signal = options.signal ?? new AbortController().signal;
    const client = new DnsClient({ network, clock, random, signal, timeouts: { ...DEFAULT_DNS_TIMEOUTS, ...options.timeouts } });
    const ways: Ways = { options, client, choice: new ServerChoice(random), limits };
    const engine = (upstream: Upstream, primed: EngineOptions['primed'] = null): Engine => new Engine({
      upstream, primed, clock, limits, policy: { ...DEFAULT_VALIDATION_POLICY, ...options.policy }, trustAnchors: options.trustAnchors,
      negativeTrustAnchors: (options.negativeTrustAnchors ?? []).map(parseName),
    });
    if (resolution.mode === 'iterative') {
      const iteration = iterationFrom(resolution.rootHints, ways);
      const primes = (options.primeRoot ?? true) && resolution.rootHints.length > 0;
      this.#engine = engine(iteration, primes ? (message, ttl) => iteration.prime(message, ttl) : null);
      this.#fallback = null;
      this.#comparer = comparer(iteration, this.#engine, ways);
      return;
    }
    const { forwarders, fallback: rootHints = [] } = resolution;
    this.#engine = engine(new Forwarding({ client, choice: ways.choice, clock, forwarders }));
    const iteration = iterationFrom(rootHints, ways);
    const direct = engine(iteration);
    this.#fallback = rootHints.length === 0 ? null : new Fallback({ engine: direct, client, clock, rootHints, forwarders });
    this.#comparer = rootHints.length === 0 ? null : comparer(iteration, direct, ways);
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

  async *compareServers(text: string, rrtype: string): AsyncGenerator<ResolverFact, ServerComparison | null> {
    const { name, type } = questionOf(text, rrtype);
    return this.#comparer === null ? null : yield* this.#comparer.compare(name, type);
  }

  async *#resolved(text: string, rrtype: string): Telling<ResolvedAnswer> {
    const { name, type } = questionOf(text, rrtype);
    const started = this.#clock.monotonic();
    const question = { name: nameText(name), rrtype: rrtypeName(type) };
    yield this.#fact(question, { type: 'dns.lookup.started', ...question });
    const engine = this.#fallback?.taken ?? this.#engine;
    const fromCache = engine.remembers(name, type);
    const first = yield* engine.follow(name, type);
    const { aliases, end } = this.#fallback === null || engine !== this.#engine ? first : yield* this.#fallback.instead(first, name, type);
    const lookup = lookupOf({ name, type, aliases, end, fromCache, elapsedMs: this.#clock.monotonic() - started });
    yield this.#fact(question, { type: 'dns.lookup.finished', lookup });
    const answer = [...aliases, end].flatMap(({ rrsets }) => rrsets.flatMap(recordsOf));
    return { status: lookup.status, rcode: lookup.rcode, answer, chain: lookup.zones, reason: lookup.reason, ede: lookup.reason?.ede ?? null, lookup };
  }

  #fact(question: { readonly name: string; readonly rrtype: string }, body: FactBody): DnsFact {
    return { at: this.#clock.monotonic(), subject: rrsetSubject(question.name, question.rrtype), ...body };
  }
}

type WithoutBase<Fact> = Fact extends unknown ? Omit<Fact, 'at' | 'subject'> : never;
type FactBody = WithoutBase<DnsFact>;

function questionOf(text: string, rrtype: string): { readonly name: Name; readonly type: number } {
  const type = rrtypeNumber(rrtype);
  if (type === null) throw new RangeError(`${rrtype} is no RR type`);
  return { name: lowerName(parseName(text)), type };
}

const comparer = (iteration: Iteration, engine: Engine, { client, options }: Ways): ServerComparer =>
  new ServerComparer({ engine, client, clock: options.clock, closest: (name) => iteration.closest(name) });

interface Ways {
  readonly options: ResolverOptions;
  readonly client: DnsClient;
  readonly choice: ServerChoice;
  readonly limits: ResolverLimits;
}

function iterationFrom(rootHints: readonly ServerAddress[], { options, client, choice, limits }: Ways): Iteration {
  const stubs = (options.stubs ?? []).map(({ zone, servers }) => ({ zone: parseName(zone), servers }));
  const root = rootHints.length === 0 ? [] : [{ zone: ROOT, servers: rootHints }];
  return new Iteration({ client, choice, clock: options.clock, known: [...root, ...stubs], limits, minimiseNames: options.minimiseQueryNames ?? false });
}

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

