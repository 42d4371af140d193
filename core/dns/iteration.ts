/** Answers from the zones' own servers, from the root down (RFC 1034 §5.3.3). */
import type { Clock } from '../base/ports.ts';
import { type Result, failed, success } from '../base/result.ts';
import { zoneSubject } from '../base/subject.ts';
import { type Classified, addressText, classify } from './classify.ts';
import { type Delegation, Delegations, type KnownZone, needsGlue, parentOf, serverAddresses } from './delegation.ts';
import { type DnsAnswer, type DnsClient, serverText } from './exchange.ts';
import type { DnsFact, DnsNoticeCode, ServerAddress } from './facts.ts';
import { minimisedNames } from './minimised-names.ts';
import { type Name, ROOT, labelCount, nameKey, nameText, parentName, sameName } from './name.ts';
import type { NameServer } from './name-server.ts';
import type { Message, Question } from './record.ts';
import { RCODE, RRCLASS, RRTYPE, rcodeName } from './rrtype.ts';
import type { ServerChoice } from './server-choice.ts';
import { type FoundAddresses, ServerAddresses } from './server-addresses.ts';
import { type Asking, type Judge, type Judgement, type Response, type Upstream, type UpstreamFailure, asReceived, beside } from './upstream.ts';
import { ZoneVisit, unreachable } from './zone-visit.ts';

export interface IterationLimits {
  /** zones below one another on the way to one name */
  readonly referrals: number;
  /** look-ups of name servers' addresses inside one another */
  readonly addressDepth: number;
  /** name servers of one zone whose addresses are looked up (NXNS attack) */
  readonly gluelessServers: number;
  /** servers that are asked after one of them gave an answer that was refused */
  readonly refusedAnswers: number;
}

export const DEFAULT_ITERATION_LIMITS: IterationLimits = { referrals: 30, addressDepth: 5, gluelessServers: 4, refusedAnswers: 5 };

export interface IterationOptions {
  readonly client: DnsClient;
  readonly choice: ServerChoice;
  readonly clock: Clock;
  readonly known: readonly KnownZone[];
  readonly limits: IterationLimits;
  /** whether servers learn no more of the name than they need (RFC 9156) */
  readonly minimiseNames: boolean;
}

const SILENT_ROOT_SERVERS = 6;

type Outcome<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'referral'; readonly delegation: Delegation }
  | { readonly kind: 'failure'; readonly failure: UpstreamFailure };

export class Iteration implements Upstream {
  readonly mode = 'iterative';
  readonly #options: IterationOptions;
  readonly #delegations: Delegations;
  readonly #addresses: ServerAddresses;
  #reachesRoot = false;
  /** names about which the zone's servers gave an answer instead of a referral: there is no cut at them */
  readonly #withoutCut = new Set<string>();

  constructor(options: IterationOptions) {
    this.#options = options;
    this.#delegations = new Delegations(options.clock, options.known);
    this.#addresses = new ServerAddresses(options.clock);
  }

  /** Takes the answer to a priming query: the root is asked at the servers that it names, for `ttl` seconds (RFC 9609 §3). */
  prime(answer: Message, ttl: number): void {
    this.#delegations.prime(answer, ttl);
  }

  delegation(zone: Name): Delegation | null {
    return this.#delegations.at(zone);
  }

  /** The deepest known zone that encloses the name. */
  closest(name: Name): Delegation | null {
    return this.#delegations.closest(name);
  }

  parent(zone: Name): Name | null {
    const delegation = this.#delegations.at(zone);
    return delegation === null ? null : parentOf(this.#delegations, delegation);
  }

  async *ask<Fact, Value>(question: Question, judge: Judge<Fact, Value>, asking: Asking<Fact>): AsyncGenerator<Fact | DnsFact, Result<Value, UpstreamFailure>> {
    // RFC 4035 §4.2: DS is asked at the parent's servers.
    const parentSide = question.type === RRTYPE.DS && !sameName(question.name, ROOT);
    const start = this.#delegations.closest(parentSide ? parentName(question.name) : question.name);
    if (start === null) return failed(unreachable(`no servers are known for ${nameText(question.name)}`));
    const descent = this.#descend(start, { question, judge, asking }, this.#options.limits.referrals);
    return yield* beside(descent, asking, start.zone);
  }

  async *#descend<Fact, Value>(delegation: Delegation, task: Task<Fact, Value>, referrals: number): AsyncGenerator<Fact | DnsFact, Result<Value, UpstreamFailure>> {
    const outcome = this.#options.minimiseNames ? yield* this.#askMinimised(delegation, task) : yield* this.#askZone(delegation, task);
    switch (outcome.kind) {
      case 'value': return success(outcome.value);
      case 'failure': return failed(outcome.failure);
      case 'referral': {
        if (referrals === 0) return failed(unreachable(`more than ${this.#options.limits.referrals} referrals`));
        return yield* beside(this.#descend(outcome.delegation, task, referrals - 1), task.asking, outcome.delegation.zone);
      }
    }
  }

  /** Questions for a few more labels each until one gives a referral (RFC 9156 §2.2); where none does, the whole name is asked for. */
  async *#askMinimised<Fact, Value>(delegation: Delegation, task: Task<Fact, Value>): AsyncGenerator<Fact | DnsFact, Outcome<Value>> {
    const hidden = minimisedNames(task.question.name, delegation.zone).filter((name) => !this.#withoutCut.has(nameKey(name)));
    for (const name of hidden) {
      const question = { name, type: RRTYPE.A, class: task.question.class };
      const outcome = yield* this.#askZone(delegation, { question, judge: asReceived<Fact>, asking: { ...task.asking, alongside: null } });
      if (outcome.kind === 'referral') return outcome;
      const trouble = outcome.kind === 'failure' ? outcome.failure.text : outcome.value.message.rcode === RCODE.NOERROR ? null : `${serverText(outcome.value.server)} answered ${rcodeName(outcome.value.message.rcode)}`;
      if (trouble !== null) return yield* this.#askWhole(delegation, task, `${trouble} to ${nameText(name)}`);
    }
    return yield* this.#askZone(delegation, task);
  }

  /**
   * The whole name after a failure in between (RFC 9156 §3). NXDOMAIN there may be right, and is a failure where the name exists all the
   * same (RFC 8020 §2).
   */
  async *#askWhole<Fact, Value>(delegation: Delegation, task: Task<Fact, Value>, trouble: string): AsyncGenerator<Fact | DnsFact, Outcome<Value>> {
    let exists = false;
    const judge: Judge<Fact, Value> = (response) => {
      exists ||= response.message.rcode === RCODE.NOERROR;
      return task.judge(response);
    };
    const outcome = yield* this.#askZone(delegation, { ...task, judge });
    if (exists || outcome.kind === 'referral') yield this.#notice(delegation.zone, 'query-minimisation-fallback', `${trouble}, and asked for the whole name it has an answer`);
    return outcome;
  }

  /** Asks one server after the other until one gives an answer that is taken, or a referral. */
  async *#askZone<Fact, Value>(delegation: Delegation, task: Task<Fact, Value>): AsyncGenerator<Fact | DnsFact, Outcome<Value>> {
    const visit = new ZoneVisit<Value>(delegation, this.#options.choice);
    for (;;) {
      const server = visit.nextServer();
      if (server === null) {
        if (yield* this.#findAddresses(visit, task.asking)) continue;
        return givenUp(visit);
      }
      const outcome = yield* this.#askServer(server, task, visit);
      if (outcome !== null) return outcome;
      if (visit.refused.length >= this.#options.limits.refusedAnswers || task.asking.budget.exhausted || this.#isCutOff(visit)) return givenUp(visit);
    }
  }

  /** So many silent root servers are no accident: more of them would only cost time. */
  #isCutOff<Value>({ delegation, asked }: ZoneVisit<Value>): boolean {
    return !this.#reachesRoot && sameName(delegation.zone, ROOT) && asked >= SILENT_ROOT_SERVERS;
  }

  async *#askServer<Fact, Value>(server: ServerAddress, task: Task<Fact, Value>, visit: ZoneVisit<Value>): AsyncGenerator<Fact | DnsFact, Outcome<Value> | null> {
    const { question, asking, judge } = task;
    const { delegation } = visit;
    const answer = yield* this.#options.client.ask({ server, question, zone: delegation.zone, mayQuery: asking.budget.spend });
    if (!answer.ok) {
      visit.failed(server, { failure: answer.failure, text: `${serverText(server)}: ${answer.failure.text}`, ownSide: sameName(delegation.zone, ROOT) && !this.#reachesRoot });
      this.#options.choice.failed(server, answer.failure.code);
      return null;
    }
    visit.answered(server);
    this.#options.choice.answered(server, answer.value.rttMs);
    this.#reachesRoot ||= sameName(delegation.zone, ROOT);
    const classified = classify(answer.value.message, question, delegation.zone);
    switch (classified.kind) {
      case 'answer':
        // At a cut the parent answers for the DS (RFC 4035 §3.1.4.1): that tells of the names above it only.
        this.#learnWithoutCut(question.type === RRTYPE.DS ? parentName(question.name) : question.name, delegation.zone);
        if (isFromCache(answer.value.message, delegation.zone)) yield this.#notice(delegation.zone, 'server-lame', `${serverText(server)} answers for ${nameText(delegation.zone)} from a cache, not with authority`);
        return yield* this.#judged({ message: answer.value.message, server, zone: delegation.zone }, judge, visit);
      case 'referral': return { kind: 'referral', delegation: this.#remember(classified, delegation, answer.value) };
      case 'unusable':
        visit.failure = { failure: { code: 'rcode', text: classified.text }, text: `${serverText(server)} ${classified.text}`, ownSide: false };
        this.#options.choice.failed(server, 'rcode');
        if (classified.lame) yield this.#notice(delegation.zone, 'server-lame', `${serverText(server)} does not serve ${nameText(delegation.zone)}: it ${classified.text}`);
        return null;
    }
  }

  #learnWithoutCut(name: Name, zone: Name): void {
    if (!this.#options.minimiseNames) return;
    for (let at = name; labelCount(at) > labelCount(zone); at = parentName(at)) this.#withoutCut.add(nameKey(at));
  }

  async *#judged<Fact, Value>(response: Response, judge: Judge<Fact, Value>, visit: ZoneVisit<Value>): AsyncGenerator<Fact | DnsFact, Outcome<Value> | null> {
    const judgement: Judgement<Value> = yield* judge(response);
    if (judgement.acceptable && !isFromCache(response.message, response.zone)) return { kind: 'value', value: judgement.value };
    visit.refused.push(judgement.value);
    return null;
  }

  #remember(referral: Extract<Classified, { readonly kind: 'referral' }>, from: Delegation, answer: DnsAnswer): Delegation {
    const servers: NameServer[] = referral.servers.map(({ name, addresses }) => ({
      name, addresses: serverAddresses(name, addresses), glueless: addresses.length === 0,
    }));
    return this.#delegations.add({ zone: referral.cut, parent: from.zone, servers, referral: answer.message }, referral.ttl);
  }

  /** Looks up the addresses of one more server; false when there is none left to look up. */
  async *#findAddresses<Fact, Value>(visit: ZoneVisit<Value>, asking: Asking<Fact>): AsyncGenerator<Fact | DnsFact, boolean> {
    const { limits } = this.#options;
    const { delegation } = visit;
    const server = visit.nextToLookUp();
    if (server?.name == null || visit.lookedUp >= limits.gluelessServers || asking.depth >= limits.addressDepth || asking.budget.exhausted) return false;
    visit.noteLookUp(server);
    const types = server.glueless ? [RRTYPE.A, RRTYPE.AAAA] : [RRTYPE.AAAA];
    const inside = server.glueless && needsGlue(server.name, delegation.zone) ? this.#above(delegation) : null;
    const addresses = inside === null ? yield* this.#addressesOf(server.name, types, asking) : yield* this.#missingGlue(server.name, inside, asking);
    if (addresses.length === 0) return true;
    server.addresses = [...server.addresses, ...serverAddresses(server.name, addresses)];
    server.glueless = false;
    return true;
  }

  #above(delegation: Delegation): Delegation | null {
    return delegation.parent === null ? null : this.#delegations.at(delegation.parent);
  }

  /** A server inside its own zone without glue: the parent's servers may tell when asked for it. */
  async *#missingGlue<Fact>(name: Name, parent: Delegation, asking: Asking<Fact>): AsyncGenerator<Fact | DnsFact, readonly string[]> {
    const question = { name, type: RRTYPE.A, class: RRCLASS.IN };
    const outcome = yield* this.#askZone(parent, { question, judge: asReceived<Fact>, asking: { ...asking, alongside: null } });
    if (outcome.kind === 'value') return outcome.value.message.answer.filter(({ owner }) => sameName(owner, name)).flatMap((record) => addressText(record) ?? []);
    if (outcome.kind === 'failure') return [];
    return outcome.delegation.servers.filter((server) => server.name !== null && sameName(server.name, name)).flatMap((server) => server.addresses.map(({ address }) => address));
  }

  async *#addressesOf<Fact>(name: Name, types: readonly number[], asking: Asking<Fact>): AsyncGenerator<Fact | DnsFact, readonly string[]> {
    return yield* this.#addresses.of<Fact | DnsFact>(`${types.join()}/${nameKey(name)}`, asking.stage, (self) => this.#lookUpAddresses(name, types, { ...asking, stage: self, depth: asking.depth + 1, alongside: null }));
  }

  /** The first type that has any. Unvalidated on purpose: what a wrong server says fails on its signatures. */
  async *#lookUpAddresses<Fact>(name: Name, types: readonly number[], asking: Asking<Fact>): AsyncGenerator<Fact | DnsFact, FoundAddresses> {
    for (const type of types) {
      const found = yield* this.ask({ name, type, class: RRCLASS.IN }, asReceived<Fact>, asking);
      const records = found.ok ? found.value.message.answer.filter((record) => sameName(record.owner, name) && record.type === type) : [];
      if (records.length > 0) return { addresses: records.flatMap((record) => addressText(record) ?? []), ttl: Math.min(...records.map(({ ttl }) => ttl)) };
    }
    return { addresses: [], ttl: null };
  }

  #notice(zone: Name, code: DnsNoticeCode, text: string): DnsFact {
    return { at: this.#options.clock.monotonic(), subject: zoneSubject(nameText(zone)), type: 'dns.notice', code, text };
  }
}

interface Task<Fact, Value> {
  readonly question: Question;
  readonly judge: Judge<Fact, Value>;
  readonly asking: Asking<Fact>;
}

function givenUp<Value>(visit: ZoneVisit<Value>): Outcome<Value> {
  const [refused] = visit.refused;
  return refused === undefined ? { kind: 'failure', failure: visit.failure } : { kind: 'value', value: refused };
}

/**
 * RFC 1034 §4.3.1, §6.2.6: without authority and with recursion, it is a resolver that answers and not a server of the zone: others are
 * asked first. Not at the root, where that is a box on the path, and the other servers would answer the same.
 */
const isFromCache = ({ authoritative, recursionAvailable }: Message, zone: Name | null): boolean =>
  recursionAvailable && !authoritative && zone !== null && !sameName(zone, ROOT);
