/** Scrolls the selected item into sight when the selection changes, without moving the focus; it stays there while rows are still on their way. */
import { useEffect } from 'react';
import { itemOf } from './item-key.ts';

/** @param beside selector of what scrolls together with the list: as long as the reader is there, it is not scrolled away for the list */
export function useFollow(container: HTMLElement | null, id: string | null, beside: string | null = null): void {
  useEffect(() => {
    if (container === null || id === null || (beside !== null && isIn(beside))) return undefined;
    return keepInSight(container, () => itemOf(container, id));
  }, [container, id, beside]);
}

/** whether the keyboard is in an element of that selector */
export const isIn = (selector: string): boolean => document.activeElement?.closest(selector) != null;

/** ms without a change of the list's size, after which it is taken to be whole */
const SETTLED = 500;
/** what a reader does to be elsewhere */
const MOVES = ['wheel', 'pointerdown', 'keydown'] as const;

/** @returns what ends it, should the reader do nothing that does */
export function keepInSight(container: HTMLElement, find: () => Element | null): () => void {
  const following = new AbortController();
  const end = (): void => following.abort();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    find()?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    clearTimeout(timer);
    timer = setTimeout(end, SETTLED);
  };
  show();
  let height = container.offsetHeight;
  const observer = new ResizeObserver(() => {
    // Told once at first, too: what came into sight elsewhere meanwhile stays.
    if (container.offsetHeight !== height) show();
    height = container.offsetHeight;
  });
  observer.observe(container);
  following.signal.addEventListener('abort', () => {
    clearTimeout(timer);
    observer.disconnect();
  });
  for (const move of MOVES) globalThis.addEventListener(move, end, { capture: true, passive: true, signal: following.signal });
  return end;
}
