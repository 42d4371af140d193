/** The slice of a long list that is in sight. Short lists are whole: a browser's search then finds every line. */
import { useEffect, useState } from 'react';

const WHOLE = 200;
const MARGIN = 20;

export interface ListWindow {
  readonly first: number;
  readonly end: number;
  readonly reveal: (index: number) => void;
}

/** @param rowHeight px, the same for all rows */
export function useWindow(container: HTMLElement | null, count: number, rowHeight: number): ListWindow {
  const [view, setView] = useState({ top: 0, height: 600 });
  const windowed = count > WHOLE;
  useEffect(() => {
    if (container === null || !windowed) return;
    const look = (): void => setView({ top: container.scrollTop, height: container.clientHeight });
    look();
    container.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(container);
    return () => {
      container.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [container, windowed]);
  const reveal = (index: number): void => {
    if (container === null || !windowed) return;
    const top = index * rowHeight;
    if (top < container.scrollTop) container.scrollTo({ top });
    if (top + rowHeight > container.scrollTop + container.clientHeight) container.scrollTo({ top: top + rowHeight - container.clientHeight });
    setView({ top: container.scrollTop, height: container.clientHeight });
  };
  if (!windowed) return { first: 0, end: count, reveal };
  const first = Math.max(0, Math.floor(view.top / rowHeight) - MARGIN);
  return { first, end: Math.min(count, first + Math.ceil(view.height / rowHeight) + 2 * MARGIN), reveal };
}
