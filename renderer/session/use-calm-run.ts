/** The run for views whose picture takes long: while it goes on, a new one at most every 400 ms, drawn in slices between which the window answers. */
import { startTransition, useEffect, useState } from 'react';
import type { Run } from '../../core/inspection/run.ts';
import { useSession } from './session-store.ts';

/** ms; whoever watches waits no longer */
const LONGEST_WAIT = 400;

export function useCalmRun(): Run {
  const [shown, setShown] = useState(() => useSession.getState().run);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let { context } = shown;
    const show = (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      const { run } = useSession.getState();
      ({ context } = run);
      startTransition(() => setShown(run));
    };
    const look = (): void => {
      const { run, running } = useSession.getState();
      // Another run, or the end of this one, does not wait.
      if (!running || run.context !== context) show();
      else timer ??= setTimeout(show, LONGEST_WAIT);
    };
    look();
    const leave = useSession.subscribe(look);
    return () => {
      leave();
      if (timer !== null) clearTimeout(timer);
    };
    // The run that was there at first is where it begins.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return shown;
}
