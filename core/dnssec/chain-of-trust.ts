/** From the trust anchor down: which zones are secure, and with which keys (RFC 4035 §5). */
import { parallel } from '../base/parallel.ts';
import type { Clock } from '../base/ports.ts';
import { type Name, ROOT, isSubdomain, labelCount, nameKey, nameText, parentName, sameName } from '../dns/name.ts';
import type { Message } from '../dns/record.ts';
import { RRCLASS, RRTYPE } from '../dns/rrtype.ts';
import type { Judge, Upstream } from '../dns/upstream.ts';
import { type CutEvidence, type Witness, readCut } from './delegation-proof.ts';
import { type Effort, type ResolverFact, type Telling, namesBetween } from './effort.ts';
import { Prefetch, type Wanted } from './prefetch.ts';
import type { Cause } from './reason.ts';
import { StageMemo } from './stage-memo.ts';
import { type TrustAnchor, closestAnchors } from './trust-anchor.ts';
import type { Validator } from './validator.ts';
import { ZoneFacts } from './zone-facts.ts';
import { ZoneKeys } from './zone-keys.ts';
import { FAILURE_TTL, MAXIMUM_TTL, type SecureZone, type ZoneTrust } from './zone-trust.ts';

export interface ChainOptions {
  readonly upstream: Upstream;
  readonly validator: Validator;
  readonly clock: Clock;
  readonly trustAnchors: readonly TrustAnchor[];
  /** RFC 7646: validation is off at and below these names */
  readonly negativeTrustAnchors: readonly Name[];
}

/** null: no zone begins at that name */
type Cut = ZoneTrust | { readonly status: 'signed-below'; readonly signer: Name; readonly ttl: number } | { readonly status: 'no-cut'; readonly ttl: number };

const REMEMBERED_ANSWERS = 6;
const MAXIMUM_AHEAD = 12;

export class ChainOfTrust {
  readonly #options: ChainOptions;
  readonly #zones: StageMemo<ZoneTrust>;
  readonly #cuts: StageMemo<Cut>;
  /** answers that may hold the denial of a DS, newest first */
  #seen: readonly Message[] = [];
  readonly #facts: ZoneFacts;
  readonly #keys: ZoneKeys;
  readonly #prefetch: Prefetch;

  constructor(options: ChainOptions) {
    const { upstream, validator, clock } = options;
    this.#options = options;
    this.#facts = new ZoneFacts(clock);
    this.#prefetch = new Prefetch(upstream, clock);
    this.#keys = new ZoneKeys({ upstream, validator, prefetch: this.#prefetch, facts: this.#facts });
    this.#zones = new StageMemo(options.clock, ({ ttl }) => ttl);
    this.#cuts = new StageMemo(options.clock, ({ ttl }) => ttl);
  }

  /**
   * Where validation of a name begins: the zone whose servers answered, or behind a forwarder the zone of the closest trust anchor;
   * an anchor below the zone that answered is closer (RFC 6840 §5.10).
   */
  async *start(name: Name, answering: Name | null, effort: Effort): Telling<ZoneTrust> {
    const disabled = this.#disabled(name);
    if (disabled !== null) return disabled;
    const anchorZone = this.#anchors(name)[0]?.zone;
    if (anchorZone === undefined) return this.#withoutAnchor(name);
    const from = answering !== null && isSubdomain(answering, anchorZone) ? answering : anchorZone;
    return yield* this.zone(from, effort);
  }

  /** Takes note of an answer: what it tells about delegations need not be asked for. */
  learn(message: Message): void {
    const telling = [...message.answer, ...message.authority].some(({ type }) => type === RRTYPE.DS || type === RRTYPE.NSEC || type === RRTYPE.NSEC3);
    if (telling) this.#seen = [message, ...this.#seen].slice(0, REMEMBERED_ANSWERS);
  }

  /** Whether the chain to the name leads through this zone. */
  leadsThrough(zone: Name, name: Name): boolean {
    const anchorZone = this.#anchors(name)[0]?.zone;
    return anchorZone !== undefined && isSubdomain(zone, anchorZone) && this.#disabled(zone) === null;
  }

  /** Trust in a zone that was just referred to, its keys asked for before its parent's are known (if it has a DS at all). */
  async *prepare(zone: Name, effort: Effort): Telling<unknown> {
    const referral = this.#options.upstream.delegation(zone)?.referral ?? null;
    const signed = referral === null ? this.#isAnchored(zone) : referral.authority.some(({ owner, type }) => type === RRTYPE.DS && sameName(owner, zone));
    if (!signed || this.#zones.knows(nameKey(zone))) return yield* this.zone(zone, effort);
    return yield* parallel<ResolverFact, unknown>([this.zone(zone, effort), this.#prefetch.fetch({ name: zone, type: RRTYPE.DNSKEY }, effort)]);
  }

  /** `walk` behind a forwarder to a zone that signed something: what its links need is asked for all at once. */
  async *walkAhead(from: ZoneTrust, target: Name, effort: Effort): Telling<ZoneTrust> {
    const cuts = namesBetween(from.zone, target).filter((name) => !this.#zones.knows(nameKey(name)) && !this.#isAnchored(name));
    const wanted = cuts.flatMap((name): Wanted[] => [{ name, type: RRTYPE.DS }, { name, type: RRTYPE.DNSKEY }]).slice(0, MAXIMUM_AHEAD);
    const walk = this.walk(from, target, () => true, effort);
    const [reached] = yield* parallel<ResolverFact, unknown>([walk, ...wanted.map((one) => this.#prefetch.fetch(one, effort))]);
    return reached as ZoneTrust;
  }

  /**
   * On through the cuts below that the run came across already: what a zone above signed there is not its own to sign. None is looked
   * for, as behind a forwarder that would cost a question for every label of every name.
   */
  async *throughKnownCuts(from: ZoneTrust, target: Name, effort: Effort): Telling<ZoneTrust> {
    let current = from;
    for (const name of namesBetween(from.zone, target)) {
      if (current.status !== 'secure') return current;
      if (!this.#cuts.has(cutKey(current.zone, name))) continue;
      const next = yield* this.#step(current, name, effort);
      // Where it could not be found out whether there is a cut, the signature in hand is better evidence.
      if (next?.status === 'secure' || next?.status === 'insecure') current = next;
    }
    return current;
  }

  /** Trust in a zone that is known to be one. */
  async *zone(zone: Name, effort: Effort): Telling<ZoneTrust> {
    return yield* this.#zones.run(nameKey(zone), effort, (own) => this.#findZone(zone, own));
  }

  async *#findZone(zone: Name, effort: Effort): Telling<ZoneTrust> {
    const disabled = this.#disabled(zone);
    if (disabled !== null) return yield* this.#told(disabled, null);
    const anchors = this.#anchors(zone);
    const anchorZone = anchors[0]?.zone;
    if (anchorZone === undefined) return this.#withoutAnchor(zone);
    if (sameName(anchorZone, zone)) return yield* this.#keys.fromAnchors(anchors, effort);
    const parent = this.#options.upstream.parent(zone);
    const from = yield* this.zone(parent !== null && isSubdomain(parent, anchorZone) ? parent : anchorZone, effort);
    // Where a referral came from that zone there is no cut between; otherwise every label may be one.
    const direct = parent !== null && sameName(from.zone, parent);
    const reached = yield* this.walk(from, zone, (name) => !direct || sameName(name, zone), effort);
    if (reached.status === 'secure' || sameName(reached.zone, zone)) return reached;
    return yield* this.#told({ ...reached, zone, chain: [...reached.chain, zone] }, reached.zone);
  }

  /**
   * Follows the cuts from a zone down to `target` and gives the zone that holds it. `probe` tells at which names between a cut is
   * looked for. Ends where trust ends.
   */
  async *walk(from: ZoneTrust, target: Name, probe: (name: Name) => boolean, effort: Effort): Telling<ZoneTrust> {
    let current = from;
    for (const name of namesBetween(from.zone, target)) {
      if (current.status !== 'secure') return current;
      const disabled = this.#disabled(name);
      if (disabled !== null) return disabled;
      if (!probe(name) && !this.#isAnchored(name)) continue;
      const next = yield* this.#step(current, name, effort);
      if (next !== null) current = next;
    }
    return current;
  }

  /** The zone that begins at the name, as its parent has it; null where none does. */
  async *#step(parent: SecureZone, name: Name, effort: Effort): Telling<ZoneTrust | null> {
    if (this.#isAnchored(name)) return yield* this.zone(name, effort);
    let holder = parent;
    // Each round goes at least one label down, so it ends.
    for (;;) {
      const own: SecureZone = holder;
      const cut: Cut = yield* this.#cuts.run(cutKey(own.zone, name), effort, (inner) => this.#findCut(own, name, inner));
      if (cut.status === 'no-cut') return own === parent ? null : own;
      if (cut.status !== 'signed-below') return cut;
      const between = yield* this.#step(own, cut.signer, effort);
      if (between === null) return bogus(name, own, { code: 'signature-signer', owner: nameText(name), rrtype: 'DS', signer: nameText(cut.signer), zone: nameText(own.zone) });
      if (between.status !== 'secure') return between;
      holder = between;
    }
  }

  async *#findCut(parent: SecureZone, name: Name, effort: Effort): Telling<Cut> {
    const evidence = yield* this.#evidence(parent, name, effort);
    switch (evidence.kind) {
      case 'secure': return yield* this.#keys.fromDelegation({ parent, zone: name, ds: evidence.ds, ttl: evidence.ttl }, effort);
      case 'no-cut': return { status: 'no-cut', ttl: evidence.ttl };
      case 'signed-below': return { status: 'signed-below', signer: evidence.signer, ttl: FAILURE_TTL };
      case 'insecure': return yield* this.#told({ status: 'insecure', zone: name, cause: evidence.cause, chain: [...parent.chain, name], ttl: evidence.ttl }, parent.zone);
      case 'unknown': return yield* this.#told({ status: 'indeterminate', zone: name, cause: evidence.cause, chain: [...parent.chain, name], ttl: FAILURE_TTL }, parent.zone);
      case 'bogus': return yield* this.#told(bogus(name, parent, evidence.cause), parent.zone);
    }
  }

  /** A referral or an answer to something else says all when it is signed as it should be; only otherwise the DS is asked for. */
  async *#evidence(parent: SecureZone, name: Name, effort: Effort): Telling<CutEvidence> {
    const { upstream, validator } = this.#options;
    const witness: Witness = { parent, validator, effort };
    const referral = upstream.delegation(name)?.referral ?? null;
    if (referral !== null) {
      const evidence = yield* readCut(referral, name, witness);
      if (evidence.kind !== 'bogus') return evidence;
    }
    for (const message of this.#seen.filter((seen) => mayShow(seen, name, parent))) {
      const told = await decisive(readCut(message, name, witness));
      if (told === null) continue;
      yield* told.facts;
      return told.evidence;
    }
    const judge: Judge<ResolverFact, CutEvidence> = async function* ({ message }) {
      const value = yield* readCut(message, name, witness);
      return { value, acceptable: value.kind !== 'bogus' };
    };
    const early = yield* this.#prefetch.judged({ name, type: RRTYPE.DS }, judge, effort);
    if (early !== null) return early.value;
    const found = yield* upstream.ask({ name, type: RRTYPE.DS, class: RRCLASS.IN }, judge, { ...effort, alongside: null });
    return found.ok ? found.value : { kind: 'unknown', cause: { code: 'lookup-failed', name: nameText(name), rrtype: 'DS', detail: found.failure.text } };
  }

  #anchors(name: Name): readonly TrustAnchor[] {
    return closestAnchors(this.#options.trustAnchors, name);
  }

  #isAnchored(zone: Name): boolean {
    return this.#options.trustAnchors.some((anchor) => sameName(anchor.zone, zone));
  }

  /** RFC 7646 §2: a negative anchor switches validation off below it, unless a trust anchor lies closer to the name. */
  #disabled(name: Name): ZoneTrust | null {
    const anchored = labelCount(this.#anchors(name)[0]?.zone ?? ROOT);
    const zone = this.#options.negativeTrustAnchors.find((negative) => isSubdomain(name, negative) && labelCount(negative) >= anchored);
    if (zone === undefined) return null;
    return { status: 'insecure', zone, cause: { code: 'negative-trust-anchor', zone: nameText(zone) }, chain: [zone], ttl: MAXIMUM_TTL };
  }

  async *#told(trust: ZoneTrust, parent: Name | null): Telling<ZoneTrust> {
    yield* this.#facts.zone(trust, { parent });
    return trust;
  }

  #withoutAnchor(name: Name): ZoneTrust {
    return { status: 'indeterminate', zone: name, cause: { code: 'no-trust-anchor', name: nameText(name) }, chain: [], ttl: MAXIMUM_TTL };
  }
}

const cutKey = (parent: Name, name: Name): string => `${nameKey(parent)}/${nameKey(name)}`;

/** Only the DS, an NSEC at the very name, or NSEC3 records of the parent can show a delegation. */
function mayShow({ answer, authority }: Message, name: Name, parent: SecureZone): boolean {
  return [...answer, ...authority].some(({ owner, type }) => {
    if (type === RRTYPE.NSEC3) return sameName(parentName(owner), parent.zone);
    return (type === RRTYPE.DS || type === RRTYPE.NSEC) && sameName(owner, name);
  });
}

/** Evidence from an answer that was given for another question: of no interest, facts included, unless it shows a delegation. */
async function decisive(reading: Telling<CutEvidence>): Promise<{ readonly evidence: CutEvidence; readonly facts: readonly ResolverFact[] } | null> {
  const facts: ResolverFact[] = [];
  for (;;) {
    const step = await reading.next();
    if (step.done !== true) facts.push(step.value);
    else return step.value.kind === 'secure' || step.value.kind === 'insecure' ? { evidence: step.value, facts } : null;
  }
}

const bogus = (zone: Name, parent: SecureZone, cause: Cause): ZoneTrust =>
  ({ status: 'bogus', zone, cause, chain: [...parent.chain, zone], ttl: FAILURE_TTL });

