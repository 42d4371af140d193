/** Scrolls the selected item into sight when the selection changes, without moving the focus. */
import { useEffect } from 'react';

export function useFollow(container: HTMLElement | null, id: string | null): void {
  useEffect(() => {
    if (id === null) return;
    container?.querySelector(`[data-item="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [container, id]);
}
