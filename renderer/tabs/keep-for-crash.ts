/** A page whose process ends tells nobody before: the tabs are kept whenever a run came to its end, or a tab was opened, closed, named or shown. */
import type { PageStorage } from './kept-runs.ts';
import { keepTabsInPieces } from './kept-tabs.ts';
import { useTabs } from './tab-store.ts';
import type { RunTab } from './tab-store.ts';

/** ms; what changes together is written once */
const CALM = 300;

export function keepForCrash(storage: PageStorage): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void keepTabsInPieces(storage), CALM);
  };
  const watched = new WeakSet<RunTab['session']>();
  const watch = (tabs: readonly RunTab[]): void => {
    for (const { session } of tabs) {
      if (watched.has(session)) continue;
      watched.add(session);
      session.subscribe((now, before) => {
        if (!now.busy && (before.busy || now.events !== before.events)) soon();
      });
    }
  };
  watch(useTabs.getState().tabs);
  useTabs.subscribe(({ tabs }) => {
    watch(tabs);
    soon();
  });
}
