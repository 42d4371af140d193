/** A large picture comes to the screen some parts a frame; a newer one takes the place of the older one in the same way. */
import { startTransition, useEffect, useMemo, useState } from 'react';
import type { PlacedGraph } from '../../../core/graph/layout.ts';
import { partsInSight, type Part } from './graph-parts.ts';
import type { Sight } from './use-sight.ts';

/** parts drawn anew before a frame */
const A_FRAME = 20;

/** A part as it is drawn, which may be that of an older picture. */
export interface DrawnPart extends Part {
  readonly of: PlacedGraph;
}

/** by key, in the order of drawing */
export type DrawnParts = ReadonlyMap<string, DrawnPart>;

/** @param needed index of a node that is drawn wherever it is */
export function useDrawnParts(placed: PlacedGraph, sight: Sight, needed: number | null): DrawnParts {
  const wanted = useMemo(() => partsInSight(placed, sight, needed), [placed, sight, needed]);
  const [shown, setShown] = useState<DrawnParts>(() => nextDrawn(new Map(), placed, wanted));
  useEffect(() => {
    const next = nextDrawn(shown, placed, wanted);
    if (next === shown) return;
    const frame = requestAnimationFrame(() => startTransition(() => setShown(next)));
    return () => cancelAnimationFrame(frame);
  }, [shown, placed, wanted]);
  return shown;
}

/** @returns with some more of the wanted parts as they are now, and what is not wanted gone once all of them are; the same where nothing is left to do */
export function nextDrawn(shown: DrawnParts, placed: PlacedGraph, wanted: readonly Part[], most = A_FRAME): DrawnParts {
  const stale = wanted.filter(({ key }) => shown.get(key)?.of !== placed);
  if (stale.length === 0 && shown.size === wanted.length) return shown;
  const fresh = new Set(stale.slice(0, most));
  const drawn = wanted.flatMap((part): DrawnPart[] => {
    const before = shown.get(part.key);
    return fresh.has(part) ? [{ ...part, of: placed }] : before === undefined ? [] : [before];
  });
  const kept = new Map(drawn.map((part) => [part.key, part]));
  if (fresh.size < stale.length) for (const [key, part] of shown) if (!kept.has(key)) kept.set(key, part);
  return kept;
}
