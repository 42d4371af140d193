/** The part of a large graph that is in sight, in the graph's own units. A small one is whole: a browser's search then finds every node. */
import { useEffect, useState } from 'react';
import type { Box, PlacedGraph, Size } from '../../../core/graph/layout.ts';
import { MARGIN } from '../../../core/graph/svg.ts';

/** nodes */
const WHOLE = 120;
/** units drawn around what is in sight; the part grows and moves by steps of as many, so that small steps of scrolling change nothing */
const STEP = 240;

/** null for all of it */
export type Sight = Box | null;

const FIRST: Box = { x: -STEP, y: -STEP, width: 6 * STEP, height: 5 * STEP };

export function useSight(frame: HTMLElement | null, { graph }: PlacedGraph, size: Size, scale: number): Sight {
  const [sight, setSight] = useState(FIRST);
  const isWhole = graph.nodes.length <= WHOLE;
  useEffect(() => {
    if (frame === null || isWhole) return;
    const look = (): void => setSight((before) => sameOr(before, sightOf(frame, size, scale)));
    look();
    frame.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(frame);
    return () => {
      frame.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [frame, isWhole, size, scale]);
  return isWhole ? null : sight;
}

const sameOr = (before: Box, now: Box): Box =>
  before.x === now.x && before.y === now.y && before.width === now.width && before.height === now.height ? before : now;

type Frame = Pick<HTMLElement, 'scrollLeft' | 'scrollTop' | 'clientWidth' | 'clientHeight'>;

/** @param size of the drawing, in its units; where it is narrower than the frame, it stands in its middle */
export function sightOf({ scrollLeft, scrollTop, clientWidth, clientHeight }: Frame, size: Size, scale: number): Box {
  const aside = Math.max(0, (clientWidth - size.width * scale) / 2);
  const [x, width] = steps((scrollLeft - aside) / scale - MARGIN, clientWidth / scale);
  const [y, height] = steps(scrollTop / scale - MARGIN, clientHeight / scale);
  return { x, y, width, height };
}

function steps(from: number, length: number): readonly [from: number, length: number] {
  const start = (Math.floor(from / STEP) - 1) * STEP;
  return [start, (Math.ceil((from + length) / STEP) + 1) * STEP - start];
}
