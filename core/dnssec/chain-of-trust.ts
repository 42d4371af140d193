/** From the trust anchor down: which zones are secure, and with which keys (RFC 4035 §5). */
import type { Clock } from '../base/ports.ts';
import { zoneSubject } from '../base/subject.ts';
import { type Name, isSubdomain, labelCount, nameKey, nameText, parentName, sameName } from '../dns/name.ts';
import type { Message, Question, RRset } from '../dns/record.ts';
import { groupRRsets } from '../dns/rrset.ts';
import { RRCLASS, RRTYPE } from '../dns/rrtype.ts';
import type { Judge, Response, Upstream } from '../dns/upstream.ts';
import { type CutEvidence, readCut } from './delegation-proof.ts';
import { type Dnskey, dnskeyFact, parseDnskey } from './dnskey.ts';
import { type DigestOutcome, type Ds, checkDigests, dsFact, parseDs } from './ds.ts';
import { type Effort, type ResolverFact, type Telling, namesBetween } from './effort.ts';
import type { DnssecFact } from './facts.ts';
import { type Cause, reasonFor } from './reason.ts';
import { StageMemo } from './stage-memo.ts';
import { type TrustAnchor, anchorFacts, checkAnchors, closestAnchors } from './trust-anchor.ts';
import type { Validator } from './validator.ts';
import type { SecureZone, ZoneTrust } from './zone-trust.ts';

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

/** seconds for which what is not secure may be believed: a broken zone is asked again soon (RFC 4035 §4.7) */
const FAILURE_TTL = 5;
const MAXIMUM_TTL = 86_400;
const REMEMBERED_ANSWERS = 6;

export class ChainOfTrust {
  readonly #options: ChainOptions;
  readonly #zones: StageMemo<ZoneTrust>;
  readonly #cuts: StageMemo<Cut>;
  /** answers that may hold the denial of a DS, newest first */
  #seen: readonly Message[] = [];
  #anchorsTold = false;
  readonly #zonesTold = new Set<string>();

  constructor(options: ChainOptions) {
    this.#options = options;
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

  /** Trust in a zone that is known to be one. */
  async *zone(zone: Name, effort: Effort): Telling<ZoneTrust> {
    return yield* this.#zones.run(nameKey(zone), effort, (own) => this.#findZone(zone, own));
  }

  async *#findZone(zone: Name, effort: Effort): Telling<ZoneTrust> {
    const disabled = this.#disabled(zone);
    if (disabled !== null) return yield* this.#told(disabled, null, [], []);
    const anchors = this.#anchors(zone);
    const anchorZone = anchors[0]?.zone;
    if (anchorZone === undefined) return this.#withoutAnchor(zone);
    if (sameName(anchorZone, zone)) return yield* this.#fromAnchors(anchors, effort);
    const parent = this.#options.upstream.parent(zone);
    const from = yield* this.zone(parent !== null && isSubdomain(parent, anchorZone) ? parent : anchorZone, effort);
    const reached = yield* this.walk(from, zone, (name) => sameName(name, zone), effort);
    if (reached.status === 'secure' || sameName(reached.zone, zone)) return reached;
    return yield* this.#told({ ...reached, zone, chain: [...reached.chain, zone] }, reached.zone, [], []);
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
      const cut: Cut = yield* this.#cuts.run(`${nameKey(own.zone)}/${nameKey(name)}`, effort, (inner) => this.#findCut(own, name, inner));
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
      case 'secure': return yield* this.#fromDs(evidence.ds, evidence.ttl, parent, name, effort);
      case 'no-cut': return { status: 'no-cut', ttl: evidence.ttl };
      case 'signed-below': return { status: 'signed-below', signer: evidence.signer, ttl: FAILURE_TTL };
      case 'insecure': return yield* this.#told({ status: 'insecure', zone: name, cause: evidence.cause, chain: [...parent.chain, name], ttl: evidence.ttl }, parent.zone, [], []);
      case 'bogus': return yield* this.#told(bogus(name, parent, evidence.cause), parent.zone, [], []);
    }
  }

  /** A referral or an answer to something else says all when it is signed as it should be; only otherwise the DS is asked for. */
  async *#evidence(parent: SecureZone, name: Name, effort: Effort): Telling<CutEvidence> {
    const { upstream, validator } = this.#options;
    const referral = upstream.delegation(name)?.referral ?? null;
    if (referral !== null) {
      const evidence = yield* readCut(referral, name, parent, validator, effort);
      if (evidence.kind !== 'bogus') return evidence;
    }
    for (const message of this.#seen.filter((seen) => mayShow(seen, name, parent))) {
      const told = await decisive(readCut(message, name, parent, validator, effort));
      if (told === null) continue;
      yield* told.facts;
      return told.evidence;
    }
    const judge: Judge<ResolverFact, CutEvidence> = async function* ({ message }) {
      const value = yield* readCut(message, name, parent, validator, effort);
      return { value, acceptable: value.kind !== 'bogus' };
    };
    const found = yield* upstream.ask(question(name, RRTYPE.DS), judge, { ...effort, alongside: null });
    return found.ok ? found.value : { kind: 'bogus', cause: lookupFailed(name, 'DS', found.failure.text) };
  }

  async *#fromDs(rrset: RRset, ttl: number, parent: SecureZone, zone: Name, effort: Effort): Telling<ZoneTrust> {
    const { validator } = this.#options;
    const ds = rrset.rdatas.flatMap((rdata) => parseDs(rdata) ?? []);
    const vouch = (keys: readonly Dnskey[]): DigestOutcome => checkDigests({ zone, ds, keys, policy: validator.policy, work: effort.work });
    const unsupported = vouch([]);
    const chain = [...parent.chain, zone];
    // RFC 4035 §5.2: where no DS can be used the zone is insecure, whatever its keys are; they need not be asked for.
    if (unsupported.result === 'insecure') {
      yield* this.#digests(zone, unsupported);
      return yield* this.#told({ status: 'insecure', zone, cause: unsupported.cause as Cause, chain, ttl }, parent.zone, [], ds);
    }
    return yield* this.#withKeys({ zone, parent: parent.zone, vouch, chain, ttl, ds, anchored: false }, effort);
  }

  async *#fromAnchors(anchors: readonly TrustAnchor[], effort: Effort): Telling<ZoneTrust> {
    const { validator } = this.#options;
    const zone = (anchors[0] as TrustAnchor).zone;
    if (!this.#anchorsTold) {
      this.#anchorsTold = true;
      yield this.#fact(zone, { type: 'dnssec.anchor', zone: nameText(zone), anchors: anchorFacts(anchors) });
    }
    const vouch = (keys: readonly Dnskey[]): DigestOutcome => checkAnchors({ anchors, keys, policy: validator.policy, work: effort.work });
    return yield* this.#withKeys({ zone, parent: null, vouch, chain: [zone], ttl: MAXIMUM_TTL, ds: [], anchored: true }, effort);
  }

  async *#withKeys(search: KeySearch, effort: Effort): Telling<ZoneTrust> {
    const { zone } = search;
    const judge: Judge<ResolverFact, KeysFound> = (response) => this.#readKeys(response, search, effort);
    const found = yield* this.#options.upstream.ask(question(zone, RRTYPE.DNSKEY), judge, { ...effort, alongside: null });
    if (found.ok) return yield* this.#told(found.value.trust, search.parent, found.value.keys, search.ds, found.value.vouched, search.anchored);
    const cause = lookupFailed(zone, 'DNSKEY', found.failure.text);
    return yield* this.#told({ status: 'indeterminate', zone, cause, chain: search.chain, ttl: FAILURE_TTL }, search.parent, [], search.ds);
  }

  async *#readKeys({ message, server }: Response, search: KeySearch, effort: Effort): AsyncGenerator<ResolverFact, { readonly value: KeysFound; readonly acceptable: boolean }> {
    const { zone, chain } = search;
    const failure = (cause: Cause, keys: readonly Dnskey[] = []): { readonly value: KeysFound; readonly acceptable: false } =>
      ({ value: { trust: { status: 'bogus', zone, cause, chain, ttl: FAILURE_TTL }, keys, vouched: [] }, acceptable: false });
    const rrset = groupRRsets(message.answer).find(({ owner, type }) => type === RRTYPE.DNSKEY && sameName(owner, zone));
    if (this.#strips(message.edns !== null, rrset)) {
      const cause: Cause = { code: 'upstream-not-dnssec-capable', server: server.address };
      yield this.#notice(zone, `${server.address} answers without signatures although they were asked for`);
      return { value: { trust: { status: 'indeterminate', zone, cause, chain, ttl: FAILURE_TTL }, keys: [], vouched: [] }, acceptable: false };
    }
    if (rrset === undefined) {
      const alias = message.answer.some(({ owner, type }) => type === RRTYPE.CNAME && sameName(owner, zone));
      return failure(alias ? { code: 'alias-for-key-material', owner: nameText(zone), rrtype: 'DNSKEY' } : { code: 'dnskey-missing', zone: nameText(zone) });
    }
    const keys = rrset.rdatas.flatMap((rdata) => parseDnskey(rdata) ?? []);
    const outcome = search.vouch(keys);
    yield* this.#digests(zone, outcome);
    if (outcome.result === 'insecure') return { value: { trust: { status: 'insecure', zone, cause: outcome.cause as Cause, chain, ttl: search.ttl }, keys, vouched: [] }, acceptable: true };
    if (outcome.result === 'bogus') return failure(outcome.cause as Cause, keys);
    const check = yield* this.#options.validator.check(rrset, zone, keys, effort, outcome.vouched);
    if (check.result === 'bogus') return failure(check.cause as Cause, keys);
    return { value: { trust: { status: 'secure', zone, keys, chain, ttl: Math.min(check.ttl, search.ttl) }, keys, vouched: outcome.vouched }, acceptable: true };
  }

  /** A forwarder without EDNS in its answer cannot have passed on signatures (RFC 3225 §3). */
  #strips(edns: boolean, rrset: RRset | undefined): boolean {
    return this.#options.upstream.mode === 'forwarding' && !edns && (rrset === undefined || rrset.signatures.length === 0);
  }

  #anchors(name: Name): readonly TrustAnchor[] {
    return closestAnchors(this.#options.trustAnchors, name);
  }

  #isAnchored(zone: Name): boolean {
    return this.#options.trustAnchors.some((anchor) => sameName(anchor.zone, zone));
  }

  /** RFC 7646 §2: a negative anchor switches validation off below it, unless a trust anchor lies closer to the name. */
  #disabled(name: Name): ZoneTrust | null {
    const anchored = labelCount(this.#anchors(name)[0]?.zone ?? new Uint8Array(1));
    const zone = this.#options.negativeTrustAnchors.find((negative) => isSubdomain(name, negative) && labelCount(negative) >= anchored);
    if (zone === undefined) return null;
    return { status: 'insecure', zone, cause: { code: 'negative-trust-anchor', zone: nameText(zone) }, chain: [zone], ttl: MAXIMUM_TTL };
  }

  #withoutAnchor(name: Name): ZoneTrust {
    return { status: 'indeterminate', zone: name, cause: { code: 'no-trust-anchor', name: nameText(name) }, chain: [], ttl: MAXIMUM_TTL };
  }

  async *#digests(zone: Name, outcome: DigestOutcome): Telling<void> {
    for (const check of outcome.checks) yield this.#fact(zone, { type: 'dnssec.digest', check });
  }

  async *#told(trust: ZoneTrust, parent: Name | null, keys: readonly Dnskey[], ds: readonly Ds[], vouched: readonly Dnskey[] = [], anchored = false): Telling<ZoneTrust> {
    const key = nameKey(trust.zone);
    if (this.#zonesTold.has(key)) return trust;
    this.#zonesTold.add(key);
    const reason = trust.status === 'secure' ? null : reasonFor(trust.cause);
    yield this.#fact(trust.zone, {
      type: 'dnssec.zone',
      zone: {
        zone: nameText(trust.zone), parent: parent === null ? null : nameText(parent), status: trust.status, reason,
        keys: keys.map((dnskey) => dnskeyFact(dnskey, anchored && vouched.includes(dnskey))), ds: ds.map(dsFact),
      },
    });
    return trust;
  }

  #notice(zone: Name, text: string): ResolverFact {
    return { at: this.#options.clock.monotonic(), subject: zoneSubject(nameText(zone)), type: 'dns.notice', code: 'forwarder-strips-dnssec', text };
  }

  #fact(zone: Name, body: FactBody): DnssecFact {
    return { at: this.#options.clock.monotonic(), subject: zoneSubject(nameText(zone)), ...body };
  }
}

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

type WithoutBase<Fact> = Fact extends unknown ? Omit<Fact, 'at' | 'subject'> : never;
type FactBody = WithoutBase<DnssecFact>;

interface KeySearch {
  readonly zone: Name;
  readonly parent: Name | null;
  readonly vouch: (keys: readonly Dnskey[]) => DigestOutcome;
  readonly chain: readonly Name[];
  readonly ttl: number;
  readonly ds: readonly Ds[];
  readonly anchored: boolean;
}

interface KeysFound {
  readonly trust: ZoneTrust;
  readonly keys: readonly Dnskey[];
  readonly vouched: readonly Dnskey[];
}

const question = (name: Name, type: number): Question => ({ name, type, class: RRCLASS.IN });

const bogus = (zone: Name, parent: SecureZone, cause: Cause): ZoneTrust =>
  ({ status: 'bogus', zone, cause, chain: [...parent.chain, zone], ttl: FAILURE_TTL });

const lookupFailed = (name: Name, rrtype: string, detail: string): Cause => ({ code: 'lookup-failed', name: nameText(name), rrtype, detail });
