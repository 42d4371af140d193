/** The sides of the window grow with the text: their words have the same room at any size of it (WCAG 1.4.4). */
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { PanelImperativeHandle, LayoutStorage } from 'react-resizable-panels';
import { useTextSize } from '../theme/text-size.ts';
import { sizesStorage } from './sizes-storage.ts';

/** percentages, by name of the pane */
interface Shares {
  readonly [pane: string]: number;
}

/** What is beside each of them has the rest. */
const SIDES: ReadonlySet<string> = new Set(['left', 'right', 'bottom']);

/** per cent; a side that grows by itself stops here */
const MOST = 45;

/** Of a row of two panes; other rows, and rows that hold no side, stay as they are. */
export function grown(shares: Shares, factor: number): Shares {
  const side = Object.keys(shares).find((pane) => SIDES.has(pane));
  const rest = Object.keys(shares).find((pane) => pane !== side);
  const now = side === undefined ? undefined : shares[side];
  if (side === undefined || rest === undefined || now === undefined || Object.keys(shares).length !== 2) return shares;
  const next = Math.min(now * factor, Math.max(now, MOST));
  return { [side]: next, [rest]: 100 - next };
}

const scale = (): number => useTextSize.getState().size / 100;

/** Keeps what the sizes are with text of the usual size, whatever it is now. */
export const sidesStorage: LayoutStorage = {
  getItem: (key) => {
    const text = sizesStorage.getItem(key);
    return text === null ? null : rescaled(text, scale());
  },
  setItem: (key, value) => sizesStorage.setItem(key, rescaled(value, 1 / scale())),
};

/** An older form of the text, in which sizes lie deeper, has no side at its top. */
function rescaled(text: string, factor: number): string {
  const shares = JSON.parse(text) as { readonly [pane: string]: unknown };
  return Object.values(shares).every((share) => typeof share === 'number') ? JSON.stringify(grown(shares as Shares, factor)) : text;
}

/** @returns for the pane of a side: it is sized anew whenever the text is */
export function useSideWithText(): RefObject<PanelImperativeHandle | null> {
  const side = useRef<PanelImperativeHandle>(null);
  const next = useRef<number | null>(null);
  useEffect(() => useTextSize.subscribe(({ size }, { size: before }) => {
    const now = side.current?.getSize();
    if (now === undefined || size === before) return;
    const { inPixels, asPercentage } = now;
    next.current = Math.min((next.current ?? inPixels) * (size / before), Math.max(inPixels, (inPixels / asPercentage) * MOST));
    // The panes have taken their new bounds by then.
    requestAnimationFrame(() => {
      if (next.current !== null) side.current?.resize(next.current);
      next.current = null;
    });
  }), []);
  return side;
}
