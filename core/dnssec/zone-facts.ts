/** Tells each zone and the trust anchors once. */
import type { Clock } from '../base/ports.ts';
import { zoneSubject } from '../base/subject.ts';
import { type Name, nameKey, nameText } from '../dns/name.ts';
import { type Dnskey, dnskeyFact } from './dnskey.ts';
import { type DigestOutcome, type Ds, dsFact } from './ds.ts';
import type { ResolverFact } from './effort.ts';
import { reasonFor } from './reason.ts';
import { type TrustAnchor, anchorFacts } from './trust-anchor.ts';
import type { ZoneTrust } from './zone-trust.ts';

/** What is known about a zone beside the trust in it. */
export interface ZoneDetails {
  readonly parent: Name | null;
  readonly keys?: readonly Dnskey[];
  readonly ds?: readonly Ds[];
  /** keys that a trust anchor vouches for */
  readonly anchored?: readonly Dnskey[];
}

export class ZoneFacts {
  readonly #clock: Clock;
  readonly #zones = new Set<string>();
  #anchors = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  *zone(trust: ZoneTrust, { parent, keys = [], ds = [], anchored = [] }: ZoneDetails): Generator<ResolverFact, void> {
    if (this.#zones.has(nameKey(trust.zone))) return;
    this.#zones.add(nameKey(trust.zone));
    yield {
      ...this.#base(trust.zone),
      type: 'dnssec.zone',
      zone: {
        zone: nameText(trust.zone),
        parent: parent === null ? null : nameText(parent),
        status: trust.status,
        reason: trust.status === 'secure' ? null : reasonFor(trust.cause),
        keys: keys.map((key) => dnskeyFact(key, anchored.includes(key))),
        ds: ds.map(dsFact),
      },
    };
  }

  *anchors(zone: Name, anchors: readonly TrustAnchor[]): Generator<ResolverFact, void> {
    if (this.#anchors) return;
    this.#anchors = true;
    yield { ...this.#base(zone), type: 'dnssec.anchor', zone: nameText(zone), anchors: anchorFacts(anchors) };
  }

  *digests(zone: Name, outcome: DigestOutcome): Generator<ResolverFact, void> {
    for (const check of outcome.checks) yield { ...this.#base(zone), type: 'dnssec.digest', check };
  }

  strips(zone: Name, server: string): ResolverFact {
    return { ...this.#base(zone), type: 'dns.notice', code: 'forwarder-strips-dnssec', text: `${server} answers without signatures although they were asked for` };
  }

  #base(zone: Name): { readonly at: number; readonly subject: ReturnType<typeof zoneSubject> } {
    return { at: this.#clock.monotonic(), subject: zoneSubject(nameText(zone)) };
  }
}
