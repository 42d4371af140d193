/** Enter and Space choose the item that has the focus. */
import type { KeyboardEvent } from 'react';

export function chooseKey(event: KeyboardEvent, choose: () => void): void {
  if ((event.key !== 'Enter' && event.key !== ' ') || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  choose();
}
