/** The rows of a long table that are in sight. A short one is whole: a browser's search then finds every row. */
import { useEffect, useState } from 'react';

const WHOLE = 40;
/** rows drawn above and below what is in sight */
const MARGIN = 6;

interface View {
  /** px of the table above the sight */
  readonly top: number;
  /** px in sight */
  readonly height: number;
  /** px, of the rows that are drawn on average */
  readonly row: number;
}

const UNSEEN: View = { top: 0, height: 560, row: 40 };

export interface RowWindow {
  /** indices of the rows to draw, ascending */
  readonly places: readonly number[];
  /** px of so many rows that are not drawn */
  readonly heightOf: (rows: number) => number;
}

export interface RowNeeds {
  /** rows that are drawn wherever they are: those with the focus or the selection; -1 for none */
  readonly needed: readonly number[];
  /** selector of what scrolls around the table */
  readonly scroller?: string;
}

export function useRowWindow(table: HTMLElement | null, count: number, { needed, scroller: around = '.view' }: RowNeeds): RowWindow {
  const [view, setView] = useState(UNSEEN);
  const windowed = count > WHOLE;
  useEffect(() => {
    const scroller = table?.closest(around) ?? null;
    if (table === null || scroller === null || !windowed) return;
    const look = (): void => setView((before) => seen(before, table, scroller));
    look();
    scroller.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [table, windowed, around]);
  return { places: windowed ? placesIn(view, count, needed) : Array.from({ length: count }, (_, index) => index), heightOf: (rows) => Math.round(rows * view.row) };
}

export function placesIn({ top, height, row }: View, count: number, needed: readonly number[]): readonly number[] {
  const first = Math.max(0, Math.floor(top / row) - MARGIN);
  const end = Math.min(count, Math.ceil((top + height) / row) + MARGIN);
  const inSight = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  const apart = needed.filter((place) => place >= 0 && place < count && (place < first || place >= end));
  return [...new Set([...inSight, ...apart])].toSorted((left, right) => left - right);
}

/** Small steps of scrolling change nothing: there is a margin. */
function seen(before: View, table: HTMLElement, scroller: Element): View {
  const drawn = [...table.querySelectorAll<HTMLElement>('tbody > tr[aria-rowindex]')];
  const row = drawn.length === 0 ? before.row : Math.max(1, drawn.reduce((sum, one) => sum + one.offsetHeight, 0) / drawn.length);
  const top = Math.max(0, scroller.getBoundingClientRect().top - table.getBoundingClientRect().top);
  const isNear = Math.abs(top - before.top) < (MARGIN / 2) * row && before.height === scroller.clientHeight && Math.abs(row - before.row) < 1;
  return isNear ? before : { top, height: scroller.clientHeight, row };
}
