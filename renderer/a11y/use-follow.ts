/** Scrolls the selected item into sight when the selection changes, without moving the focus; it stays there while rows are still on their way. */
import { useEffect } from 'react';
import { itemOf } from './item-key.ts';

/** ms without a change of the list's size, after which it is taken to be whole */
const SETTLED = 500;
/** what a reader does to be elsewhere */
const MOVES = ['wheel', 'pointerdown', 'keydown'] as const;

export function useFollow(container: HTMLElement | null, id: string | null): void {
  useEffect(() => {
    if (container === null || id === null) return;
    const follow = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      itemOf(container, id)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      clearTimeout(timer);
      timer = setTimeout(() => follow.abort(), SETTLED);
    };
    show();
    const observer = new ResizeObserver(show);
    observer.observe(container);
    follow.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      observer.disconnect();
    });
    for (const move of MOVES) globalThis.addEventListener(move, () => follow.abort(), { capture: true, passive: true, signal: follow.signal });
    return () => follow.abort();
  }, [container, id]);
}
