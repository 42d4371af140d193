/** What an observation of the root makes of the store (RFC 5011 §2): which keys are trusted after it, and which no longer. */
import { ROOT, sameName } from '../dns/name.ts';
import type { TrustAnchor } from '../dnssec/trust-anchor.ts';
import { isDistrusted, isTrusted, observe } from './rfc5011.ts';
import type { Sighting, TrackedKey, Transition } from './rfc5011.ts';
import { standsFor } from './root-keys.ts';
import { anchorLine, anchorsOf } from './store.ts';
import type { AnchorStore, StoredAnchor } from './store.ts';

export interface Followed {
  readonly store: AnchorStore;
  readonly transitions: readonly Transition[];
}

/** @param store what was in use: the user's, or one made of the built-in anchors */
export function followRoot(store: AnchorStore, sighting: Sighting): Followed {
  const anchors = anchorsOf(store, sighting.at);
  const ofRoot = anchors.filter(({ zone }) => sameName(zone, ROOT));
  const configured = (rdata: Uint8Array): boolean => ofRoot.some((anchor) => standsFor(anchor, rdata));
  const { keys, transitions } = observe(store.observation?.keys ?? [], sighting, configured);
  const at = new Date(sighting.at).toISOString();
  return { store: { updatedAt: at, anchors: anchorsAfter(store, keys, ofRoot), observation: { at, keys } }, transitions };
}

function anchorsAfter(store: AnchorStore, keys: readonly TrackedKey[], ofRoot: readonly TrustAnchor[]): readonly StoredAnchor[] {
  const distrusted = keys.filter(isDistrusted);
  const kept = store.anchors.filter((stored) => !distrusted.some(({ rdata }) => covers(stored, rdata)));
  const added = keys.filter((key) => isTrusted(key) && !ofRoot.some((anchor) => standsFor(anchor, key.rdata)));
  return [...kept, ...added.map(({ rdata }) => ({ record: dnskeyRecord(rdata), source: 'RFC 5011', validFrom: null, validUntil: null }))];
}

/** Anchors that are not yet or no longer valid go with a revoked key too. */
function covers(stored: StoredAnchor, rdata: Uint8Array): boolean {
  const unbounded = { updatedAt: '', anchors: [{ ...stored, validFrom: null, validUntil: null }], observation: null };
  return anchorsOf(unbounded, 0).some((anchor) => sameName(anchor.zone, ROOT) && standsFor(anchor, rdata));
}

const dnskeyRecord = (rdata: Uint8Array): string =>
  anchorLine({ zone: ROOT, kind: 'DNSKEY', rdata, keyTag: 0, algorithm: rdata[3] ?? 0, source: '', label: null, since: null });
