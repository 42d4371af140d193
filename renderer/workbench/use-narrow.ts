/** Whether the window is too narrow for panes beside each other, in the reader's own text size. */
import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(max-width: 52em)');

const subscribe = (changed: () => void): (() => void) => {
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
};

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches);
