/** The DNSKEY RRset of a zone, held against what vouches for it: its DS records or a trust anchor (RFC 4035 §5.2). */
import { type Name, ROOT, nameText, sameName } from '../dns/name.ts';
import type { RRset } from '../dns/record.ts';
import { groupRRsets } from '../dns/rrset.ts';
import { RRCLASS, RRTYPE } from '../dns/rrtype.ts';
import type { Judge, Judgement, Response, Upstream, UpstreamFailure } from '../dns/upstream.ts';
import { type Dnskey, parseDnskey } from './dnskey.ts';
import { type DigestOutcome, type Ds, checkDigests, parseDs } from './ds.ts';
import type { Effort, ResolverFact, Telling } from './effort.ts';
import type { Prefetch } from './prefetch.ts';
import { type Cause, reasonFor } from './reason.ts';
import { type TrustAnchor, checkAnchors } from './trust-anchor.ts';
import type { Validator } from './validator.ts';
import type { ZoneFacts } from './zone-facts.ts';
import { FAILURE_TTL, MAXIMUM_TTL, type SecureZone, type ZoneTrust } from './zone-trust.ts';

export interface ZoneKeysOptions {
  readonly upstream: Upstream;
  readonly validator: Validator;
  readonly prefetch: Prefetch;
  readonly facts: ZoneFacts;
}

/** A DS RRset that the parent's keys authenticated. */
export interface SecureDelegation {
  readonly parent: SecureZone;
  readonly zone: Name;
  readonly ds: RRset;
  /** seconds */
  readonly ttl: number;
}

interface Search {
  readonly zone: Name;
  readonly parent: Name | null;
  readonly ds: readonly Ds[];
  readonly anchored: boolean;
  readonly vouch: (keys: readonly Dnskey[]) => DigestOutcome;
  readonly chain: readonly Name[];
  readonly ttl: number;
}

interface Found {
  readonly trust: ZoneTrust;
  readonly keys: readonly Dnskey[];
  readonly vouched: readonly Dnskey[];
}

export class ZoneKeys {
  readonly #options: ZoneKeysOptions;

  constructor(options: ZoneKeysOptions) {
    this.#options = options;
  }

  async *fromDelegation({ parent, zone, ds: rrset, ttl }: SecureDelegation, effort: Effort): Telling<ZoneTrust> {
    const { validator, facts } = this.#options;
    const ds = rrset.rdatas.flatMap((rdata) => parseDs(rdata) ?? []);
    const vouch = (keys: readonly Dnskey[]): DigestOutcome => checkDigests({ zone, ds, keys, policy: validator.policy, work: effort.work });
    const chain = [...parent.chain, zone];
    const unsupported = vouch([]);
    if (unsupported.result !== 'insecure') return yield* this.#find({ zone, parent: parent.zone, ds, anchored: false, vouch, chain, ttl }, effort);
    // RFC 4035 §5.2: where no DS can be used the zone is insecure, whatever its keys are; they need not be asked for.
    yield* facts.digests(zone, unsupported);
    const trust: ZoneTrust = { status: 'insecure', zone, cause: unsupported.cause as Cause, chain, ttl };
    yield* facts.zone(trust, { parent: parent.zone, ds });
    return trust;
  }

  /** `anchors` of one zone, at least one. */
  async *fromAnchors(anchors: readonly TrustAnchor[], effort: Effort): Telling<ZoneTrust> {
    const { validator, facts } = this.#options;
    const zone = (anchors[0] as TrustAnchor).zone;
    yield* facts.anchors(zone, anchors);
    const vouch = (keys: readonly Dnskey[]): DigestOutcome => checkAnchors({ anchors, keys, policy: validator.policy, work: effort.work });
    return yield* this.#find({ zone, parent: null, ds: [], anchored: true, vouch, chain: [zone], ttl: MAXIMUM_TTL }, effort);
  }

  async *#find(search: Search, effort: Effort): Telling<ZoneTrust> {
    const { zone, parent, ds, chain } = search;
    const judge = (response: Response): AsyncGenerator<ResolverFact, Judgement<Found>> => this.#read(response, search, effort);
    const wanted = { name: zone, type: RRTYPE.DNSKEY };
    const early = yield* this.#options.prefetch.judged(wanted, judge, effort);
    const { trust, keys, vouched } = early?.value ?? (yield* this.#ask(search, judge, effort));
    yield* this.#options.facts.zone({ ...trust, chain }, { parent, keys, ds, anchored: search.anchored ? vouched : [] });
    return trust;
  }

  async *#ask(search: Search, judge: Judge<ResolverFact, Found>, effort: Effort): Telling<Found> {
    const asked = yield* this.#options.upstream.ask({ name: search.zone, type: RRTYPE.DNSKEY, class: RRCLASS.IN }, judge, { ...effort, alongside: null });
    return asked.ok ? asked.value : unreachable(search, asked.failure);
  }

  async *#read({ message, server }: Response, search: Search, effort: Effort): AsyncGenerator<ResolverFact, Judgement<Found>> {
    const { zone, chain } = search;
    const { facts, validator } = this.#options;
    const rrset = groupRRsets([...message.answer, ...message.authority]).find(({ owner, type }) => type === RRTYPE.DNSKEY && sameName(owner, zone));
    if (this.#strips(message.edns !== null, rrset, search)) {
      yield facts.strips(zone, server.address);
      return refused({ status: 'indeterminate', zone, chain, ttl: FAILURE_TTL, cause: { code: 'upstream-not-dnssec-capable', server: server.address } });
    }
    const broken = (cause: Cause, keys: readonly Dnskey[] = []): Judgement<Found> => refused({ status: 'bogus', zone, chain, ttl: FAILURE_TTL, cause: whose(cause, search) }, keys);
    if (rrset === undefined) return broken(missing(zone, message.answer.some(({ owner, type }) => type === RRTYPE.CNAME && sameName(owner, zone))));
    const keys = rrset.rdatas.flatMap((rdata) => parseDnskey(rdata) ?? []);
    const outcome = search.vouch(keys);
    yield* facts.digests(zone, outcome);
    if (outcome.result === 'bogus') return broken(outcome.cause as Cause, keys);
    if (outcome.result === 'insecure') return taken({ status: 'insecure', zone, chain, ttl: search.ttl, cause: outcome.cause as Cause }, keys);
    const check = yield* validator.check({ rrset, zone, keys, vouched: outcome.vouched }, effort);
    if (check.result === 'bogus') return broken(check.cause as Cause, keys);
    return taken({ status: 'secure', zone, keys, chain, ttl: Math.min(check.ttl, search.ttl) }, keys, outcome.vouched);
  }

  /**
   * A forwarder without EDNS in its answer cannot have passed on signatures (RFC 3225 §3). The keys of the trust anchor's own zone
   * and their signatures are there for certain: one that has none for us takes them away, and no domain is at fault (RFC 4035 §3.2.2).
   */
  #strips(edns: boolean, rrset: RRset | undefined, { anchored }: Search): boolean {
    const unsigned = rrset === undefined || rrset.signatures.length === 0;
    return this.#options.upstream.mode === 'forwarding' && unsigned && (!edns || anchored);
  }
}

/** Where everything begins no domain is at fault: the anchors are old, our clock is wrong, or something answers in place of the root. */
function whose(cause: Cause, { zone, anchored }: Search): Cause {
  return anchored && sameName(zone, ROOT) ? { code: 'trust-anchor-unusable', detail: reasonFor(cause).text } : cause;
}

const taken = (trust: ZoneTrust, keys: readonly Dnskey[], vouched: readonly Dnskey[] = []): Judgement<Found> =>
  ({ value: { trust, keys, vouched }, acceptable: true });

const refused = (trust: ZoneTrust, keys: readonly Dnskey[] = []): Judgement<Found> => ({ value: { trust, keys, vouched: [] }, acceptable: false });

const missing = (zone: Name, alias: boolean): Cause =>
  (alias ? { code: 'alias-for-key-material', owner: nameText(zone), rrtype: 'DNSKEY' } : { code: 'dnskey-missing', zone: nameText(zone) });

/** Without the keys that the anchor vouches for nothing can be said about any domain. */
function unreachable({ zone, chain, anchored }: Search, { text: detail, ownSide }: UpstreamFailure): Found {
  const cause: Cause = ownSide || (anchored && sameName(zone, ROOT))
    ? { code: 'resolution-unavailable', detail: `${nameText(zone)} DNSKEY, where the trust anchor is: ${detail}` }
    : { code: 'lookup-failed', name: nameText(zone), rrtype: 'DNSKEY', detail };
  return { trust: { status: 'indeterminate', zone, chain, ttl: FAILURE_TTL, cause }, keys: [], vouched: [] };
}
