/** Answers from the zones' own servers, from the root down (RFC 1034 §5.3.3). */
import type { Clock } from '../base/ports.ts';
import { type Result, failed, success } from '../base/result.ts';
import { zoneSubject } from '../base/subject.ts';
import { type Classified, addressText, classify } from './classify.ts';
import { type Delegation, Delegations, type KnownZone, type NameServer, needsGlue, parentOf, serverAddresses } from './delegation.ts';
import { type DnsAnswer, type DnsClient, serverKey, serverText } from './exchange.ts';
import type { DnsFact, DnsNoticeCode, ServerAddress } from './facts.ts';
import { type Name, ROOT, ancestor, labelCount, nameKey, nameText, parentName, sameName } from './name.ts';
import type { Message, Question } from './record.ts';
import { RCODE, RRCLASS, RRTYPE } from './rrtype.ts';
import type { ServerChoice } from './server-choice.ts';
import { SharedStage } from './shared-stage.ts';
import { type Asking, type Judge, type Judgement, type Response, type Upstream, type UpstreamFailure, asReceived, beside } from './upstream.ts';

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
  readonly #addresses = new Map<string, SharedStage<unknown, readonly string[]>>();
  #reachesRoot = false;
  /** names about which the zone's servers gave an answer instead of a referral: there is no cut at them */
  readonly #withoutCut = new Set<string>();

  constructor(options: IterationOptions) {
    this.#options = options;
    this.#delegations = new Delegations(options.clock, options.known);
  }

  /** Takes the answer to a priming query: from now on the root is asked at the servers that it names (RFC 9609 §3). */
  prime(answer: Message): void {
    this.#delegations.prime(answer);
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
    const outcome = (yield* this.#askMinimised(delegation, task)) ?? (yield* this.#askZone(delegation, task));
    switch (outcome.kind) {
      case 'value': return success(outcome.value);
      case 'failure': return failed(outcome.failure);
      case 'referral': {
        if (referrals === 0) return failed(unreachable(`more than ${this.#options.limits.referrals} referrals`));
        return yield* beside(this.#descend(outcome.delegation, task, referrals - 1), task.asking, outcome.delegation.zone);
      }
    }
  }

  /** The referral that a question for a few more labels gives (RFC 9156 §2.1); null where there is none, and the whole name has to be asked for. */
  async *#askMinimised<Fact, Value>(delegation: Delegation, task: Task<Fact, Value>): AsyncGenerator<Fact | DnsFact, Outcome<Value> | null> {
    const hidden = this.#options.minimiseNames ? minimisedNames(task.question.name, delegation.zone) : [];
    for (const name of hidden.filter((candidate) => !this.#withoutCut.has(nameKey(candidate)))) {
      const question = { name, type: RRTYPE.A, class: task.question.class };
      const outcome = yield* this.#askZone(delegation, { question, judge: asReceived<Fact>, asking: { ...task.asking, alongside: null } });
      if (outcome.kind === 'referral') return outcome;
      if (outcome.kind === 'failure') {
        yield this.#notice(delegation.zone, 'query-minimisation-fallback', `${outcome.failure.text} to ${nameText(name)}; asked again with the whole name`);
        return null;
      }
      // RFC 9156 §2.1: below a name that does not exist there is no cut; the proof is about the whole name, so that is asked for.
      if (outcome.value.message.rcode !== RCODE.NOERROR) return null;
    }
    return null;
  }

  /** Asks one server after the other until one gives an answer that is taken, or a referral. */
  async *#askZone<Fact, Value>(delegation: Delegation, task: Task<Fact, Value>): AsyncGenerator<Fact | DnsFact, Outcome<Value>> {
    const state: ZoneState<Value> = { tried: new Map(), refused: [], failure: unreachable(`no server of ${nameText(delegation.zone)} has a known address`), lookedUp: new Set() };
    for (;;) {
      const server = this.#nextServer(delegation, state);
      if (server === null) {
        if (yield* this.#findAddresses(delegation, state, task.asking)) continue;
        return givenUp(state);
      }
      const outcome = yield* this.#askServer(server, delegation, task, state);
      if (outcome !== null) return outcome;
      if (state.refused.length >= this.#options.limits.refusedAnswers || task.asking.budget.exhausted || this.#isCutOff(delegation, state)) return givenUp(state);
    }
  }

  /** So many silent root servers are no accident: more of them would only cost time. */
  #isCutOff<Value>({ zone }: Delegation, { tried }: ZoneState<Value>): boolean {
    return !this.#reachesRoot && sameName(zone, ROOT) && tried.size >= SILENT_ROOT_SERVERS;
  }

  /** Each address once; a second time those that were silent, once nobody else is left. */
  #nextServer<Value>(delegation: Delegation, state: ZoneState<Value>): ServerAddress | null {
    const all = this.#options.choice.order(delegation.servers.flatMap((server) => server.addresses));
    const fresh = all.find((server) => !state.tried.has(serverKey(server)));
    if (fresh !== undefined) return fresh;
    if (state.refused.length > 0 || delegation.servers.some((server) => server.glueless && !state.lookedUp.has(server))) return null;
    return all.find((server) => state.tried.get(serverKey(server)) === 'silent') ?? null;
  }

  async *#askServer<Fact, Value>(server: ServerAddress, delegation: Delegation, task: Task<Fact, Value>, state: ZoneState<Value>): AsyncGenerator<Fact | DnsFact, Outcome<Value> | null> {
    const { question, asking, judge } = task;
    const answer = yield* this.#options.client.ask({ server, question, zone: delegation.zone, mayQuery: asking.budget.spend });
    if (!answer.ok) {
      const again = answer.failure.code === 'timeout' && !state.tried.has(serverKey(server));
      state.tried.set(serverKey(server), again ? 'silent' : 'done');
      state.failure = { failure: answer.failure, text: `${serverText(server)}: ${answer.failure.text}`, ownSide: sameName(delegation.zone, ROOT) && !this.#reachesRoot };
      this.#options.choice.failed(server, answer.failure.code);
      return null;
    }
    state.tried.set(serverKey(server), 'done');
    this.#options.choice.answered(server, answer.value.rttMs);
    this.#reachesRoot ||= sameName(delegation.zone, ROOT);
    const classified = classify(answer.value.message, question, delegation.zone);
    switch (classified.kind) {
      case 'answer':
        // At a cut the parent answers for the DS (RFC 4035 §3.1.4.1): that tells of the names above it only.
        this.#learnWithoutCut(question.type === RRTYPE.DS ? parentName(question.name) : question.name, delegation.zone);
        return yield* this.#judged({ message: answer.value.message, server, zone: delegation.zone }, judge, state);
      case 'referral': return { kind: 'referral', delegation: this.#remember(classified, delegation, answer.value) };
      case 'unusable':
        state.failure = { failure: { code: 'rcode', text: classified.text }, text: `${serverText(server)} ${classified.text}`, ownSide: false };
        this.#options.choice.failed(server, 'rcode');
        if (classified.lame) yield this.#notice(delegation.zone, 'server-lame', `${serverText(server)} does not serve ${nameText(delegation.zone)}: it ${classified.text}`);
        return null;
    }
  }

  #learnWithoutCut(name: Name, zone: Name): void {
    if (!this.#options.minimiseNames) return;
    for (let at = name; labelCount(at) > labelCount(zone); at = parentName(at)) this.#withoutCut.add(nameKey(at));
  }

  async *#judged<Fact, Value>(response: Response, judge: Judge<Fact, Value>, state: ZoneState<Value>): AsyncGenerator<Fact | DnsFact, Outcome<Value> | null> {
    const judgement: Judgement<Value> = yield* judge(response);
    if (judgement.acceptable) return { kind: 'value', value: judgement.value };
    state.refused.push(judgement.value);
    return null;
  }

  #remember(referral: Extract<Classified, { readonly kind: 'referral' }>, from: Delegation, answer: DnsAnswer): Delegation {
    const servers: NameServer[] = referral.servers.map(({ name, addresses }) => ({
      name, addresses: serverAddresses(name, addresses), glueless: addresses.length === 0,
    }));
    return this.#delegations.add({ zone: referral.cut, parent: from.zone, servers, referral: answer.message }, referral.ttl);
  }

  /** Looks up the addresses of one more server; false when there is none left to look up. */
  async *#findAddresses<Fact, Value>(delegation: Delegation, state: ZoneState<Value>, asking: Asking<Fact>): AsyncGenerator<Fact | DnsFact, boolean> {
    const { limits } = this.#options;
    const server = delegation.servers.find((candidate) => candidate.glueless && !state.lookedUp.has(candidate));
    if (server?.name == null || state.lookedUp.size >= limits.gluelessServers || asking.depth >= limits.addressDepth || asking.budget.exhausted) return false;
    state.lookedUp.add(server);
    const inside = needsGlue(server.name, delegation.zone) ? this.#above(delegation) : null;
    const addresses = inside === null ? yield* this.#addressesOf(server.name, asking) : yield* this.#missingGlue(server.name, inside, asking);
    if (addresses.length === 0) return true;
    server.addresses = serverAddresses(server.name, addresses);
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

  async *#addressesOf<Fact>(name: Name, asking: Asking<Fact>): AsyncGenerator<Fact | DnsFact, readonly string[]> {
    const key = nameKey(name);
    const stages = this.#addresses as Map<string, SharedStage<Fact | DnsFact, readonly string[]>>;
    const known = stages.get(key);
    // Two zones whose servers lie in one another cannot be reached; waiting for oneself would never end.
    if (known !== undefined && asking.stage !== null && known.waitsFor(asking.stage)) return [];
    const stage = known ?? new SharedStage<Fact | DnsFact, readonly string[]>((self) => this.#lookUpAddresses(name, { ...asking, stage: self, depth: asking.depth + 1, alongside: null }));
    stages.set(key, stage);
    return yield* stage.join(asking.stage);
  }

  /** Unvalidated on purpose: what a wrong server says fails on its signatures. AAAA is asked only where there is no A. */
  async *#lookUpAddresses<Fact>(name: Name, asking: Asking<Fact>): AsyncGenerator<Fact | DnsFact, readonly string[]> {
    for (const type of [RRTYPE.A, RRTYPE.AAAA]) {
      const found = yield* this.ask({ name, type, class: RRCLASS.IN }, asReceived<Fact>, asking);
      const records = found.ok ? found.value.message.answer.filter((record) => sameName(record.owner, name) && record.type === type) : [];
      if (records.length > 0) return records.flatMap((record) => addressText(record) ?? []);
    }
    return [];
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

interface ZoneState<Value> {
  readonly tried: Map<string, 'silent' | 'done'>;
  readonly refused: Value[];
  failure: UpstreamFailure;
  readonly lookedUp: Set<NameServer>;
}

/** RFC 9156 §2.3: MAX_MINIMISE_COUNT and MINIMISE_ONE_LAB, the bounds of what a long name costs. */
const MINIMISED_QUERIES = 10;
const ONE_LABEL_QUERIES = 4;

/**
 * The names to ask for on the way from a zone to a name, shortest first, the name itself not among them: one label more each, and
 * several at once where the name is long. RFC 9156 §2.3: labels that begin with an underscore are no zone cuts, so they are left out.
 */
function minimisedNames(name: Name, zone: Name): Name[] {
  const steps: Name[] = [];
  for (let left = labelCount(name) - labelCount(zone), count = 0; count < MINIMISED_QUERIES; count += 1) {
    left -= count < ONE_LABEL_QUERIES ? 1 : Math.ceil(left / (MINIMISED_QUERIES - count));
    if (left <= 0) break;
    const shortened = ancestor(name, left);
    if (shortened[1] !== UNDERSCORE) steps.push(shortened);
  }
  return steps;
}

const UNDERSCORE = 0x5f;

function givenUp<Value>(state: ZoneState<Value>): Outcome<Value> {
  const [refused] = state.refused;
  return refused === undefined ? { kind: 'failure', failure: state.failure } : { kind: 'value', value: refused };
}

const unreachable = (text: string): UpstreamFailure => ({ failure: { code: 'unreachable', text }, text, ownSide: false });
