/** Tells a screen reader each stage once, politely; never each line. What happened in a tab is told while it is in front. */
import { useEffect, useRef, useState } from 'react';
import { useSession } from '../session/session-store.ts';
import { useTabs } from '../tabs/tab-store.ts';
import { announcements } from './announcements.ts';

export function LiveRegion(): React.ReactNode {
  const tab = useTabs((state) => state.active);
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const told = useRef({ tab, words: new Set<string>() });
  const [text, setText] = useState('');
  useEffect(() => {
    const arrived = told.current.tab !== tab;
    if (arrived || run.events === 0) told.current = { tab, words: new Set() };
    const { words } = told.current;
    const fresh = announcements(run, running).filter((one) => !words.has(one));
    for (const one of fresh) words.add(one);
    // A tab that comes to the front has been told of, or is read by those who look.
    if (!arrived && fresh.length > 0) setText(fresh.join('. '));
  }, [tab, run, running]);
  return <output className="for-screen-reader" aria-live="polite">{text}</output>;
}
