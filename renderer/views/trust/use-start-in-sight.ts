/** A picture wider than its frame begins with the root in sight, and keeps it there while it grows, as long as nobody moved it. */
import { useEffectEvent, useLayoutEffect, useRef } from 'react';
import type { PlacedGraph } from '../../../core/graph/layout.ts';
import { MARGIN } from '../../../core/graph/svg.ts';
import { rootIndex } from './graph-walk.ts';
import type { PanZoom } from './use-pan-zoom.ts';

/** @param current index of the selected node: back at the size that can be read, that is what is looked for */
export function useStartInSight({ frame, scale, isReadable }: Omit<PanZoom, 'attach'>, placed: PlacedGraph, current: number | null): void {
  /** px from the left at which we put it; null where the reader had another size, or has a place of his own */
  const put = useRef<number | null>(null);
  const startOf = useEffectEvent(({ nodes, graph }: PlacedGraph) => nodes[current ?? rootIndex(graph.nodes)]);
  useLayoutEffect(() => {
    if (frame === null || !isReadable) {
      put.current = null;
      return;
    }
    // A frame that has become wider cannot stand as far to the right.
    const mine = put.current === null ? null : Math.min(put.current, frame.scrollWidth - frame.clientWidth);
    const box = startOf(placed);
    if (box === undefined || (mine !== null && Math.abs(frame.scrollLeft - mine) > 1)) return;
    frame.scrollTo({ left: (box.x + box.width / 2 + MARGIN) * scale - frame.clientWidth / 2 });
    put.current = frame.scrollLeft;
  }, [frame, scale, isReadable, placed]);
}
