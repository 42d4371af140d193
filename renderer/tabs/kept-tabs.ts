/**
 * The tabs over a reload of the page: written to the page's own session storage as it goes, taken out as it comes. That storage ends with the
 * browser's tab; a page opened anew has none of it.
 */
import { plainText } from '../../core/base/plain-text.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { writeRunFile } from '../../core/inspection/run-file.ts';
import { runFileInPieces } from '../session/run-file-in-pieces.ts';
import { say } from '../workbench/ui-store.ts';
import { readKeptTabs } from './kept-tab.ts';
import type { KeptTab, KeptTabs } from './kept-tab.ts';
import { tabFrom } from './restored-tab.ts';
import { replaceTabs, useTabs } from './tab-store.ts';
import type { RunTab } from './tab-store.ts';
import { tabTitle, titleOf } from './tab-title.ts';

export type PageStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'danescope.tabs';
/** characters of all runs together, as the storage holds them; browsers take five million */
const ROOM = 4 * 1024 * 1024;

/** Run files written already, as one that goes on has other events; null for one that is too large by itself. */
const written = new WeakMap<readonly InspectionEvent[], string | null>();

/** As `keepTabs`, in pieces: the window draws meanwhile. */
export async function keepTabsInPieces(storage: PageStorage): Promise<void> {
  for (const { session } of useTabs.getState().tabs) {
    const { events, whole } = session.getState();
    if (events.length === 0 || written.has(events)) continue;
    const text = await runFileInPieces(events, whole.context?.redacted);
    written.set(events, text.length > ROOM ? null : text);
  }
  keepTabs(storage);
}

export function keepTabs(storage: PageStorage): void {
  const { tabs, active } = useTabs.getState();
  const { texts, tooLarge } = withRoom(tabs, active);
  const kept = tabs.filter((tab) => !tooLarge.includes(tab)).map((tab) => keptOf(tab, texts.get(tab) ?? null, tab.id === active));
  if (isWritten(storage, { tabs: kept, left: tooLarge.map(tabTitle) })) return;
  // A browser that gives less room than others: what came to its end is among the recent runs, and all are named.
  storage.removeItem(KEY);
  isWritten(storage, { tabs: [], left: tabs.filter(({ session }) => session.getState().events.length > 0).map(tabTitle) });
}

/** @returns false where the storage has no room for it */
function isWritten(storage: PageStorage, kept: KeptTabs): boolean {
  try {
    storage.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return false;
  }
}

interface Room {
  /** the run file of each run that finds room */
  readonly texts: ReadonlyMap<RunTab, string>;
  readonly tooLarge: readonly RunTab[];
}

function fileOf(events: readonly InspectionEvent[]): string | null {
  const known = written.get(events);
  return known === undefined ? writeRunFile(events) : known;
}

/** The active one is the last to find none. */
export function withRoom(tabs: readonly RunTab[], active: number): Room {
  const texts = new Map<RunTab, string>();
  const tooLarge: RunTab[] = [];
  let room = ROOM;
  for (const tab of tabs.toSorted((left, right) => Number(right.id === active) - Number(left.id === active))) {
    const { events } = tab.session.getState();
    if (events.length === 0) continue;
    const text = fileOf(events);
    const size = text === null ? Infinity : JSON.stringify(text).length;
    if (text === null || size > room) {
      tooLarge.push(tab);
      continue;
    }
    texts.set(tab, text);
    room -= size;
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
  const unread: string[] = [];
  const restored = tabs.flatMap((kept) => {
    const tab = tabFrom(kept);
    if (tab === null) unread.push(titleOf(kept.name, kept.target));
    return tab === null ? [] : [{ tab, active: kept.active }];
  });
  const [first] = restored;
  if (first !== undefined) replaceTabs(restored.map(({ tab }) => tab), (restored.find(({ active }) => active) ?? first).tab);
  const said = [...named('Too large to be kept while the page was loaded again', left), ...named('Kept, but not readable now', unread)];
  if (said.length > 0) say(said.join('. '));
}

const named = (what: string, titles: readonly string[]): readonly string[] => (titles.length === 0 ? [] : [`${what}: ${plainText(titles.join(', '), 300)}`]);
