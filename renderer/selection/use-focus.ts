/** The focus of the current run and selection, computed once a change. */
import { useMemo } from 'react';
import { useSession } from '../session/session-store.ts';
import { focusOf } from './focus.ts';
import type { Focus } from './focus.ts';
import { useSelection } from './selection-store.ts';

export function useFocus(): Focus {
  const run = useSession((state) => state.run);
  const selection = useSelection((state) => state.selection);
  const endpoint = useSelection((state) => state.endpoint);
  return useMemo(() => focusOf(run, selection, endpoint), [run, selection, endpoint]);
}
