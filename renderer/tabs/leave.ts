/** The page goes, to be loaded again or for good: its tabs are kept for a reload, and the reader is asked first where a run would be lost. */
import { isKept } from '../recent/recent-runs.ts';
import { isSaved } from '../session/saved-runs.ts';
import { keepForCrash } from './keep-for-crash.ts';
import { keepTabs, restoreTabs, withRoom } from './kept-tabs.ts';
import { useTabs } from './tab-store.ts';
import type { RunTab } from './tab-store.ts';

/** @param asks false where the window asks nobody: a page of Electron that objects only keeps its window open, without a word */
export function keepOverReload(asks: boolean): void {
  restoreTabs(sessionStorage);
  window.addEventListener('pagehide', () => keepTabs(sessionStorage));
  keepForCrash(sessionStorage);
  if (!asks) return;
  window.addEventListener('beforeunload', (event) => {
    const { tabs, active } = useTabs.getState();
    if (withRoom(tabs, active).tooLarge.some(isNowhereElse)) event.preventDefault();
  });
}

/** No file has it, and no recent run. */
function isNowhereElse({ session }: RunTab): boolean {
  const { events, file, whole } = session.getState();
  return file === null && !isSaved(events) && !isKept(whole.context?.startedAt, events.length);
}
