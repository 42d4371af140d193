/** The emulator behind a React element: loaded when the element is there, kept as long as it is. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { LogContent } from './line-log.ts';
import type { LogEvents, LogScreen } from './log-screen.ts';

const loadLogScreen = () => import('./log-screen.ts');

/** Reads the emulator before the first run needs it, when the window has nothing else to do. */
export async function preloadLogScreen(): Promise<void> {
  // Where it cannot be read now, that is told when a terminal asks for it.
  await loadLogScreen().catch(() => {});
}

interface LogScreenHandle {
  readonly attach: (element: HTMLElement | null) => void;
  /** null until it is loaded */
  readonly screen: LogScreen | null;
}

/** @param selected index of the marked line; only a new one is brought into sight: lines that arrive must not pull the log about */
export function useLogScreen(content: LogContent, selected: number | null, events: LogEvents): LogScreenHandle {
  const [element, attach] = useState<HTMLElement | null>(null);
  const [screen, setScreen] = useState<LogScreen | null>(null);
  const choose = useEffectEvent(events.choose);
  const found = useEffectEvent(events.found);
  useEffect(() => {
    if (element === null) return;
    let made: LogScreen | null = null;
    let gone = false;
    const load = async (): Promise<void> => {
      const module = await loadLogScreen();
      if (gone) return;
      made = new module.LogScreen({ choose: (index) => choose(index), found: (where) => found(where) });
      await made.openIn(element);
      if (!gone) setScreen(made);
    };
    void load();
    return () => {
      gone = true;
      made?.dispose();
      setScreen(null);
    };
  }, [element]);
  const { log, lines, place } = content;
  useEffect(() => screen?.show({ log, lines, place }), [screen, log, lines, place]);
  const id = selected === null ? null : lines[selected]?.id ?? null;
  useEffect(() => screen?.select(selected, `${log} ${id ?? ''}`), [screen, selected, log, id]);
  return { attach, screen };
}
