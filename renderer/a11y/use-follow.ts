/** Scrolls the selected item into sight when the selection changes, without moving the focus; it stays there while rows are still on their way. */
import { useEffect } from 'react';
import { itemOf } from './item-key.ts';

export function useFollow(container: HTMLElement | null, id: string | null): void {
  useEffect(() => (container === null || id === null ? undefined : keepInSight(container, () => itemOf(container, id))), [container, id]);
}

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
  const observer = new ResizeObserver(show);
  observer.observe(container);
  following.signal.addEventListener('abort', () => {
    clearTimeout(timer);
    observer.disconnect();
  });
  for (const move of MOVES) globalThis.addEventListener(move, end, { capture: true, passive: true, signal: following.signal });
  return end;
}
