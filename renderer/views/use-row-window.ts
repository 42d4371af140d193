/** The rows of a long table or list that are in sight. A short one is whole: a browser's search then finds every row. */
import { startTransition, useEffect, useState } from 'react';

const WHOLE = 40;
/** rows drawn above and below what is in sight */
const MARGIN = 6;
/** rows that a table begins with: more than most have; those to come have their place from the beginning */
const FIRST = 6;
/** rows that come with each frame after: a long table comes in a few frames, none of them long */
const AT_ONCE = 3;
/** how much higher or lower than `row` rows may be, as a part of it, before it is taken anew */
const TOLERANCE = 0.25;

interface View {
  /** index of the first row in sight */
  readonly first: number;
  /** px in sight */
  readonly height: number;
  /** px that a row takes that is not drawn */
  readonly row: number;
}

const UNSEEN: View = { first: 0, height: 560, row: 40 };

export interface RowWindow {
  /** indices of the rows to draw, ascending */
  readonly places: readonly number[];
  /** px of so many rows that are not drawn */
  readonly heightOf: (rows: number) => number;
}

export interface RowNeeds {
  /** rows that are drawn wherever they are: those with the focus or the selection; -1 for none */
  readonly needed: readonly number[];
  /** selector of what scrolls around the table; of several the innermost that scrolls in the layout of the moment */
  readonly scroller?: string;
  /** selector of what is drawn of a list that is no table; each has its index as `data-place` */
  readonly rows?: string;
}

const TABLE_ROWS = 'tbody > tr[aria-rowindex]';

/** @param ids of all rows: one that is another now comes as a new one does, though it stands in the place of an old one */
export function useRowWindow(table: HTMLElement | null, ids: readonly string[], { needed, scroller: around = '.view', rows = TABLE_ROWS }: RowNeeds): RowWindow {
  const [view, setView] = useState(UNSEEN);
  const count = ids.length;
  const windowed = count > WHOLE;
  useEffect(() => {
    const outermost = table === null ? null : scrollersOf(table, around).at(-1);
    if (table === null || outermost == null || !windowed) return;
    const look = (): void => setView((before) => seen(before, table.querySelectorAll<HTMLElement>(rows), scrollerOf(table, around) ?? outermost));
    // What scrolls inside of it is heard on the way down.
    outermost.addEventListener('scroll', look, { passive: true, capture: true });
    // Tells of each once at first, when all is laid out.
    const observer = new ResizeObserver(look);
    for (const scroller of scrollersOf(table, around)) observer.observe(scroller);
    // Text of another size changes the table alone.
    observer.observe(table);
    return () => {
      outermost.removeEventListener('scroll', look, { capture: true });
      observer.disconnect();
    };
  }, [table, windowed, around, rows]);
  const wanted = windowed ? placesIn(view, count, needed) : Array.from({ length: count }, (_, index) => index);
  return { places: useComing(wanted, ids, needed), heightOf: (left) => Math.round(left * view.row) };
}

/** From the inside out. */
function scrollersOf(table: HTMLElement, selector: string): readonly Element[] {
  const found: Element[] = [];
  for (let next = table.closest(selector); next !== null; next = next.parentElement?.closest(selector) ?? null) found.push(next);
  return found;
}

const scrollerOf = (table: HTMLElement, selector: string): Element | undefined => scrollersOf(table, selector).find((one) => getComputedStyle(one).overflowY !== 'visible');

/** Those that are there, and some more with each frame. */
function useComing(places: readonly number[], ids: readonly string[], needed: readonly number[]): readonly number[] {
  const [there, setThere] = useState<ReadonlySet<string>>(NONE);
  const shown = coming(places, ids, { there, needed });
  useEffect(() => {
    const now = new Set(shown.map((place) => ids[place] ?? ''));
    if (now.size === there.size && [...now].every((id) => there.has(id))) return;
    const frame = requestAnimationFrame(() => startTransition(() => setThere(now)));
    return () => cancelAnimationFrame(frame);
  });
  return shown;
}

const NONE: ReadonlySet<string> = new Set();

interface Coming {
  /** ids of rows that are in the document */
  readonly there: ReadonlySet<string>;
  readonly needed: readonly number[];
}

/** @returns those of the places that the next frame shows */
export function coming(places: readonly number[], ids: readonly string[], { there, needed }: Coming): readonly number[] {
  let left = there.size === 0 ? FIRST : AT_ONCE;
  return places.filter((place) => {
    if (there.has(ids[place] ?? '') || needed.includes(place)) return true;
    left -= 1;
    return left >= 0;
  });
}

export function placesIn({ first, height, row }: View, count: number, needed: readonly number[]): readonly number[] {
  const start = Math.max(0, first - MARGIN);
  const end = Math.min(count, first + Math.ceil(height / (row * (1 - TOLERANCE))) + MARGIN);
  const inSight = Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
  const apart = needed.filter((place) => place >= 0 && place < count && (place < start || place >= end));
  return [...new Set([...inSight, ...apart])].toSorted((left, right) => left - right);
}

/** Small steps of scrolling change nothing: there is a margin. Nor does a row a little higher than others: all that are not drawn would move. */
function seen(before: View, rows: Iterable<HTMLElement>, scroller: Element): View {
  const drawn = [...rows].map((row) => ({ place: placeOf(row), ...edges(row) }));
  if (drawn.length === 0) return before;
  const average = Math.max(1, drawn.reduce((sum, { top, bottom }) => sum + bottom - top, 0) / drawn.length);
  const row = Math.abs(average - before.row) > before.row * TOLERANCE ? average : before.row;
  const first = firstInSight(drawn, edges(scroller).top, row);
  const height = scroller.clientHeight;
  const isNear = Math.abs(first - before.first) < MARGIN / 2 && before.height === height && before.row === row;
  return isNear ? before : { first, height, row };
}

const placeOf = (row: HTMLElement): number => Number(row.dataset['place'] ?? Number(row.getAttribute('aria-rowindex')) - 2);

function edges(element: Element): { readonly top: number; readonly bottom: number } {
  const { top, bottom } = element.getBoundingClientRect();
  return { top, bottom };
}

interface DrawnRow {
  readonly place: number;
  readonly top: number;
  readonly bottom: number;
}

/** Exact among rows that are drawn; between them as far off as such a row is high. */
function firstInSight(drawn: readonly DrawnRow[], edge: number, row: number): number {
  const next = drawn.find(({ bottom }) => bottom > edge);
  if (next !== undefined) return Math.max(0, next.place - Math.max(0, Math.ceil((next.top - edge) / row)));
  const last = drawn.at(-1);
  return last === undefined ? 0 : last.place + 1 + Math.floor((edge - last.bottom) / row);
}
