/**
 * One tab stop for a list, a grid or a tree; arrow keys move inside (roving tabindex). Items carry `data-item`; the hook
 * moves the focus only in answer to a key, never because the selection changed elsewhere.
 */
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useKeyBindings } from '../commands/key-bindings.ts';
import { itemOf } from './item-key.ts';

export interface RovingOptions {
  /** all items in reading order; a grid row by row */
  readonly ids: readonly string[];
  /** items a row; 1 for lists and trees */
  readonly columns?: number;
  /** which item the tab key enters at, until another was visited */
  readonly entry?: string | null;
  readonly onMove?: (id: string) => void;
}

export interface Roving {
  /** for the `ref` of the element around the items */
  readonly attach: (element: HTMLElement | null) => void;
  readonly container: HTMLElement | null;
  /** the item that the tab key enters at */
  readonly current: string | null;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** moves the focus */
  readonly moveTo: (id: string) => void;
  /** notes where the focus is */
  readonly visit: (id: string) => void;
}

export function useRoving({ ids, columns = 1, entry = null, onMove }: RovingOptions): Roving {
  const [container, attach] = useState<HTMLElement | null>(null);
  const [visited, setVisited] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  const current = [visited, entry, ids[0]].find((id) => id != null && ids.includes(id)) ?? null;

  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const element = itemOf(container, wanted.current);
    if (element === null) return;
    wanted.current = null;
    element.focus();
    keepInSight(element);
  });

  const moveTo = useCallback((id: string): void => {
    wanted.current = id;
    setVisited(id);
    onMove?.(id);
  }, [onMove]);

  const onKeyDown = useCallback((event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || current === null) return;
    // WCAG 2.1.4: j and k can be turned off.
    if (event.key.length === 1 && !useKeyBindings.getState().characters) return;
    const next = nextItem(ids.indexOf(current), event.key, { count: ids.length, columns });
    const id = next === null ? undefined : ids[next];
    if (id === undefined) return;
    event.preventDefault();
    moveTo(id);
  }, [ids, columns, current, moveTo]);

  return { attach, container, current, onKeyDown, moveTo, visit: setVisited };
}

/** frames in which rows around a far item may still be drawn and move it */
const SETTLING = 3;

function keepInSight(element: HTMLElement, frames = SETTLING): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== element) return;
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (frames > 1) keepInSight(element, frames - 1);
  });
}

/** Index that a key leads to, or null where the key means nothing here. Ends do not wrap around. */
export function nextItem(index: number, key: string, { count, columns }: { readonly count: number; readonly columns: number }): number | null {
  const column = index % columns;
  const inGrid = columns > 1;
  const within = (next: number): number | null => (next >= 0 && next < count ? next : null);
  switch (key) {
    case 'ArrowDown': case 'j': return within(index + columns);
    case 'ArrowUp': case 'k': return within(index - columns);
    case 'ArrowRight': return inGrid && column < columns - 1 ? within(index + 1) : null;
    case 'ArrowLeft': return inGrid && column > 0 ? within(index - 1) : null;
    case 'Home': return inGrid ? index - column : 0;
    case 'End': return inGrid ? index - column + columns - 1 : count - 1;
    case 'PageDown': return Math.min(count - columns + column, index + 10 * columns);
    case 'PageUp': return Math.max(column, index - 10 * columns);
    default: return null;
  }
}
