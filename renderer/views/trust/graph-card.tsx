/** Details that come with focus and hover, stay under the pointer, and go with Esc (WCAG 1.4.13). */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Box, PlacedGraph } from '../../../core/graph/layout.ts';
import { MARGIN } from '../../../core/graph/svg.ts';
import { GraphDetails } from './graph-details.tsx';

/** ms: a pointer that only passes over a node opens nothing, one on its way to the card closes nothing */
const [OPENS_AFTER, CLOSES_AFTER] = [250, 350];

export interface CardState {
  readonly index: number | null;
  /** by keyboard or click: at once, and it stays */
  readonly open: (index: number) => void;
  readonly hover: (index: number | null) => void;
  /** the pointer is on the card */
  readonly hold: () => void;
  readonly close: () => void;
}

export function useCard(): CardState {
  const [shown, setShown] = useState<{ readonly index: number; readonly stays: boolean } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const soon = useCallback((after: number, then: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(then, after);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  const open = useCallback((index: number) => {
    clearTimeout(timer.current);
    setShown({ index, stays: true });
  }, []);
  const hover = useCallback((index: number | null) => {
    if (index === null) soon(CLOSES_AFTER, () => setShown((before) => (before?.stays === true ? before : null)));
    else soon(OPENS_AFTER, () => setShown((before) => ({ index, stays: before?.index === index && before.stays })));
  }, [soon]);
  const hold = useCallback(() => clearTimeout(timer.current), []);
  const close = useCallback(() => {
    clearTimeout(timer.current);
    setShown(null);
  }, []);
  return { index: shown?.index ?? null, open, hover, hold, close };
}

interface GraphCardProps {
  readonly placed: PlacedGraph;
  readonly scale: number;
  readonly frame: HTMLDivElement | null;
  readonly card: CardState;
  readonly leave: () => void;
}

export function GraphCard({ placed, scale, frame, card, leave }: GraphCardProps): React.ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number } | null>(null);
  const box = card.index === null ? undefined : placed.nodes[card.index];
  useLayoutEffect(() => {
    if (box !== undefined && frame !== null && element.current !== null) setPlace(beside(box, scale, frame, element.current));
  }, [box, scale, frame]);
  if (box === undefined || card.index === null) return null;
  const close = (): void => {
    card.close();
    leave();
  };
  return (
    // The keys and the pointer are noticed for what is inside.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-interactions
    <div ref={element} className="graph-card" role="group" aria-label="Details of the node" tabIndex={-1} style={place ?? undefined} onMouseEnter={card.hold} onMouseLeave={() => card.hover(null)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}>
      <GraphDetails graph={placed.graph} index={card.index} close={close} />
    </div>
  );
}

const GAP = 10;

/** To the right of the node where there is room, else to its left, else below it; always inside of what is in sight. */
function beside(box: Box, scale: number, frame: HTMLDivElement, card: HTMLElement): { readonly left: number; readonly top: number } {
  const drawn = frame.querySelector('svg')?.getBoundingClientRect().left ?? 0;
  const origin = drawn - frame.getBoundingClientRect().left + frame.scrollLeft;
  const [left, right] = [origin + (box.x + MARGIN) * scale, origin + (box.x + box.width + MARGIN) * scale];
  const [top, bottom] = [(box.y + MARGIN) * scale, (box.y + box.height + MARGIN) * scale];
  const sight = { left: frame.scrollLeft + 4, right: frame.scrollLeft + frame.clientWidth - 4, top: frame.scrollTop + 4, bottom: frame.scrollTop + frame.clientHeight - 4 };
  const { offsetWidth: width, offsetHeight: height } = card;
  const clampedTop = Math.max(sight.top, Math.min(top, sight.bottom - height));
  if (right + GAP + width <= sight.right) return { left: right + GAP, top: clampedTop };
  if (left - GAP - width >= sight.left) return { left: left - GAP - width, top: clampedTop };
  const below = bottom + GAP + height <= sight.bottom ? bottom + GAP : Math.max(sight.top, top - GAP - height);
  return { left: Math.max(sight.left, Math.min(left, sight.right - width)), top: below };
}
