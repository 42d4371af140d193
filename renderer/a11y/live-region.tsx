/** Tells a screen reader each stage once, politely; never each line. */
import { useEffect, useRef, useState } from 'react';
import { useSession } from '../session/session-store.ts';
import { announcements } from './announcements.ts';

export function LiveRegion(): React.ReactNode {
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const told = useRef(new Set<string>());
  const [text, setText] = useState('');
  useEffect(() => {
    if (run.events === 0) told.current.clear();
    const fresh = announcements(run, running).filter((one) => !told.current.has(one));
    if (fresh.length === 0) return;
    for (const one of fresh) told.current.add(one);
    setText(fresh.join('. '));
  }, [run, running]);
  return <output className="for-screen-reader" aria-live="polite">{text}</output>;
}
