/** Scrolls the selected item into sight when the selection changes, without moving the focus. */
import { useEffect } from 'react';
import { itemOf } from './item-key.ts';

export function useFollow(container: HTMLElement | null, id: string | null): void {
  useEffect(() => {
    if (id === null) return;
    itemOf(container, id)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [container, id]);
}
