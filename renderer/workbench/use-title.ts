/** The window's title says what is inspected and how it ended: what a task bar and a screen reader tell first. */
import { useEffect } from 'react';
import { useSession } from '../session/session-store.ts';
import { shownTarget } from '../text/shown-target.ts';
import { headline } from '../views/overview/headline.ts';

/** of what was typed */
const LONGEST = 80;

export function useTitle(): void {
  const target = useSession((state) => shownTarget(state, LONGEST));
  const word = useSession((state) => headline(state.run, state.running).status.word);
  useEffect(() => {
    document.title = target === null ? 'Danescope' : `${target}: ${word} · Danescope`;
  }, [target, word]);
}
