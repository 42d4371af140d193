/**
 * The tabs over a reload of the page: written to the page's own session storage as it goes, taken out as it comes. That storage ends with the
 * browser's tab; a page opened anew has none of it.
 */
import { plainText } from '../../core/base/plain-text.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { writeRunFile } from '../../core/inspection/run-file.ts';
import { runFileInPieces } from '../session/run-file-in-pieces.ts';
import { say } from '../workbench/ui-store.ts';
import { readPieces, removeRuns, runText, writeInPieces, writeRuns } from './kept-runs.ts';
import type { KeptRun, PageStorage, RunText } from './kept-runs.ts';
import { readKeptTabs } from './kept-tab.ts';
import type { StoredTab } from './kept-tab.ts';
import { tabFrom } from './restored-tab.ts';
import { replaceTabs, useTabs } from './tab-store.ts';
import type { RunTab } from './tab-store.ts';
import { tabTitle, titleOf } from './tab-title.ts';

const KEY = 'danescope.tabs';
/** characters of all runs together; browsers take five million */
const ROOM = 4 * 1024 * 1024;

/** Run files written already, as one that goes on has other events; null for one that is too large by itself. */
const written = new WeakMap<readonly InspectionEvent[], string | null>();

let keeping = 0;

/** As `keepTabs`, in pieces: the window draws meanwhile. One that begins ends those before. */
export async function keepTabsInPieces(storage: PageStorage): Promise<void> {
  const mine = keeping += 1;
  for (const { session } of useTabs.getState().tabs) {
    const { events, whole } = session.getState();
    if (events.length === 0 || written.has(events)) continue;
    const text = await runFileInPieces(events, whole.context?.redacted);
    written.set(events, text.length > ROOM ? null : text);
  }
  if (mine !== keeping) return;
  const { tabs, active } = useTabs.getState();
  const runs = [...withRoom(tabs, active).texts.values()];
  removeRuns(storage, runs);
  await withoutRoom(() => writeInPieces(storage, runs, () => mine === keeping));
  if (mine === keeping) keepTabs(storage);
}

/** What finds no room is told by `keepTabs`, which meets the same. */
async function withoutRoom(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

export function keepTabs(storage: PageStorage): void {
  const { tabs, active } = useTabs.getState();
  const { texts, tooLarge } = withRoom(tabs, active);
  const kept = tabs.filter((tab) => !tooLarge.includes(tab)).map((tab) => storedTab(tab, texts.get(tab)?.run ?? null, tab.id === active));
  removeRuns(storage, [...texts.values()]);
  if (isWritten(storage, { tabs: kept, left: tooLarge.map(tabTitle) }, [...texts.values()])) return;
  // A browser that gives less room than others: what came to its end is among the recent runs, and all are named.
  storage.removeItem(KEY);
  removeRuns(storage);
  isWritten(storage, { tabs: [], left: tabs.filter(({ session }) => session.getState().events.length > 0).map(tabTitle) }, []);
}

interface Stored {
  readonly tabs: readonly StoredTab[];
  readonly left: readonly string[];
}

/** @returns false where the storage has no room for it */
function isWritten(storage: PageStorage, kept: Stored, runs: readonly RunText[]): boolean {
  try {
    writeRuns(storage, runs);
    storage.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return false;
  }
}

interface Room {
  /** the run file of each run that finds room */
  readonly texts: ReadonlyMap<RunTab, RunText>;
  readonly tooLarge: readonly RunTab[];
}

function fileOf(events: readonly InspectionEvent[]): string | null {
  const known = written.get(events);
  return known === undefined ? writeRunFile(events) : known;
}

/** The active one is the last to find none. */
export function withRoom(tabs: readonly RunTab[], active: number): Room {
  const texts = new Map<RunTab, RunText>();
  const tooLarge: RunTab[] = [];
  let room = ROOM;
  for (const tab of tabs.toSorted((left, right) => Number(right.id === active) - Number(left.id === active))) {
    const { events } = tab.session.getState();
    if (events.length === 0) continue;
    const text = fileOf(events);
    if (text === null || text.length > room) {
      tooLarge.push(tab);
      continue;
    }
    texts.set(tab, runText(events, text));
    room -= text.length;
  }
  return { texts, tooLarge };
}

function storedTab({ name, session, selection, ui }: RunTab, run: KeptRun | null, active: boolean): StoredTab {
  const { typed, target, file } = session.getState();
  const { finding, front } = ui.getState();
  return { name, typed, target: run === null ? null : target, file, selection: selection.getState().selection, finding, front, run, active };
}

/** Taken out before it is read: a run that breaks the page is not met again. */
export function restoreTabs(storage: PageStorage): void {
  const stored = storage.getItem(KEY);
  const pieces = readPieces(storage);
  storage.removeItem(KEY);
  removeRuns(storage);
  const { tabs, left } = readKeptTabs(stored, pieces);
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
