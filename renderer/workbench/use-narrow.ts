/** Whether the window is too narrow for panes beside each other, in the reader's own text size. */
import { useCallback, useSyncExternalStore } from 'react';
import { useTextSize } from '../theme/text-size.ts';

/** em at the usual text size; a media query knows the browser's text size and not ours */
const NARROW = 52;

export function useNarrow(): boolean {
  const size = useTextSize((state) => state.size);
  const query = `(max-width: ${String((NARROW * size) / 100)}em)`;
  const subscribe = useCallback((changed: () => void) => {
    const media = window.matchMedia(query);
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  }, [query]);
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
