/**
 * The tabs over a reload of the page: written to the page's own session storage as it goes, taken out as it comes. That storage ends with the
 * browser's tab; a page opened anew has none of it.
 */
import { plainText } from '../../core/base/plain-text.ts';
import { writeRunFile } from '../../core/inspection/run-file.ts';
import { say } from '../workbench/ui-store.ts';
import { readKeptTabs } from './kept-tab.ts';
import type { KeptTab } from './kept-tab.ts';
import { tabFrom } from './restored-tab.ts';
import { replaceTabs, useTabs } from './tab-store.ts';
import type { RunTab } from './tab-store.ts';
import { tabTitle } from './tab-title.ts';

export type PageStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'danescope.tabs';
/** characters of all runs together; browsers take five million */
const ROOM = 4 * 1024 * 1024;

export function keepTabs(storage: PageStorage): void {
  const { tabs, active } = useTabs.getState();
  const { texts, tooLarge } = withRoom(tabs, active);
  const kept = tabs.filter((tab) => !tooLarge.includes(tab)).map((tab) => keptOf(tab, texts.get(tab) ?? null, tab.id === active));
  try {
    storage.setItem(KEY, JSON.stringify({ tabs: kept, left: tooLarge.map(tabTitle) }));
  } catch (error) {
    // A browser that gives less room than others: what came to its end is among the recent runs.
    if (!(error instanceof DOMException)) throw error;
    storage.removeItem(KEY);
  }
}

interface Room {
  /** the run file of each run that finds room */
  readonly texts: ReadonlyMap<RunTab, string>;
  readonly tooLarge: readonly RunTab[];
}

/** The active one is the last to find none. */
export function withRoom(tabs: readonly RunTab[], active: number): Room {
  const texts = new Map<RunTab, string>();
  const tooLarge: RunTab[] = [];
  let room = ROOM;
  for (const tab of tabs.toSorted((left, right) => Number(right.id === active) - Number(left.id === active))) {
    const { events } = tab.session.getState();
    const text = events.length === 0 ? '' : writeRunFile(events);
    if (text.length > room) tooLarge.push(tab);
    else if (text !== '') texts.set(tab, text);
    room -= text.length > room ? 0 : text.length;
  }
  return { texts, tooLarge };
}

function keptOf({ name, session, selection, ui }: RunTab, text: string | null, active: boolean): KeptTab {
  const { typed, target, file } = session.getState();
  const { finding, front } = ui.getState();
  return { name, typed, target: text === null ? null : target, file, selection: selection.getState().selection, finding, front, text, active };
}

/** Taken out before it is read: a run that breaks the page is not met again. */
export function restoreTabs(storage: PageStorage): void {
  const stored = storage.getItem(KEY);
  storage.removeItem(KEY);
  const { tabs, left } = readKeptTabs(stored);
  const restored = tabs.flatMap((kept) => {
    const tab = tabFrom(kept);
    return tab === null ? [] : [{ tab, active: kept.active }];
  });
  const [first] = restored;
  if (first !== undefined) replaceTabs(restored.map(({ tab }) => tab), (restored.find(({ active }) => active) ?? first).tab);
  if (left.length > 0) say(`Too large to be kept while the page was loaded again: ${plainText(left.join(', '), 300)}`);
}
