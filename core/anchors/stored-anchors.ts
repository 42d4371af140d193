/** Anchors on their way into the store. */
import { ROOT_TRUST_ANCHORS } from '../dnssec/trust-anchor.ts';
import type { TrustAnchor } from '../dnssec/trust-anchor.ts';
import { ANCHORS_AS_OF } from './root-keys.ts';
import { anchorLine } from './store.ts';
import type { AnchorStore, StoredAnchor } from './store.ts';

export const storedAnchor = (anchor: TrustAnchor): StoredAnchor => ({ record: anchorLine(anchor), source: anchor.source, validFrom: null, validUntil: null });

/** What is followed where the user has no store yet. */
export const builtInStore = (): AnchorStore => ({ updatedAt: `${ANCHORS_AS_OF}T00:00:00Z`, anchors: ROOT_TRUST_ANCHORS.map(storedAnchor), observation: null });

export interface AnchorChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly kept: readonly string[];
}

/** By record: the same anchor from another source is the same anchor. */
export function anchorChanges(before: readonly StoredAnchor[], after: readonly StoredAnchor[]): AnchorChanges {
  const [old, fresh] = [before, after].map((anchors) => [...new Set(anchors.map(({ record }) => record))]) as [string[], string[]];
  return { added: fresh.filter((record) => !old.includes(record)), removed: old.filter((record) => !fresh.includes(record)), kept: fresh.filter((record) => old.includes(record)) };
}
