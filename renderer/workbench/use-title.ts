/** The window's title says what is inspected and how it ended: what a task bar and a screen reader tell first. */
import { useEffect } from 'react';
import { plainText } from '../../core/base/plain-text.ts';
import { useSession } from '../session/session-store.ts';
import { headline } from '../views/overview/headline.ts';

const LONGEST = 80;

export function useTitle(): void {
  const target = useSession((state) => state.target);
  const word = useSession((state) => headline(state.run, state.running).status.word);
  useEffect(() => {
    document.title = target === null ? 'Danescope' : `${plainText(target, LONGEST)}: ${word} · Danescope`;
  }, [target, word]);
}
