/** Tabs over a reload of the page. What the page's storage holds is read as if a stranger had written it. */
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { useRecentRuns } from '../../renderer/recent/recent-runs.ts';
import { activeTab, closeTab, newTab, renameTab, showTab, useTabs } from '../../renderer/tabs/tab-store.ts';
import type { PageStorage } from '../../renderer/tabs/kept-runs.ts';
import { keepTabs, keepTabsInPieces, restoreTabs } from '../../renderer/tabs/kept-tabs.ts';
import { keepOverReload } from '../../renderer/tabs/leave.ts';
import { tabTitle } from '../../renderer/tabs/tab-title.ts';
import { markSaved } from '../../renderer/session/saved-runs.ts';
import { tell, useSession } from '../../renderer/session/session-store.ts';
import { runController } from '../../renderer/session/run-controller.ts';
import { openRunText } from '../../renderer/session/run-files.ts';
import { useSelection } from '../../renderer/selection/selection-store.ts';
import { useUi } from '../../renderer/workbench/ui-store.ts';
import { fold } from '../../core/inspection/fold.ts';
import { readRunFile, writeRunFile } from '../../core/inspection/run-file.ts';
import { channelWords } from '../../core/report/channel-words.ts';
import { openConsoleOf } from '../../renderer/views/console/model.ts';
import { byHand } from '../fuzz/by-hand-events.ts';
import { twoHosts } from './fixtures/events.ts';
import { fakeClient } from './fixtures/fake-client.ts';

const stored = new Map<string, string>();
const storage: PageStorage = storageThat((key, value) => void stored.set(key, value));

function storageThat(setItem: (key: string, value: string) => void): PageStorage {
  return {
    getItem: (key) => stored.get(key) ?? null, setItem, removeItem: (key) => void stored.delete(key), key: (index) => [...stored.keys()][index] ?? null,
    get length() {
      return stored.size;
    },
  };
}

/** The index of a page that kept this one tab, and its run file. */
function storeTab(tab: object, text: string): void {
  stored.set('danescope.tabs', JSON.stringify({ tabs: [{ ...tab, run: { id: 7, pieces: 1 } }], left: ['Large'] }));
  stored.set('danescope.run.7.0', text);
}

/** A console's channel, with what follows on its opening. */
const openChannel = byHand(0).filter(({ at, type }) => at === 6000 && type !== 'smtp.waiting').slice(0, 5).map((event, index) => ({ ...event, seq: twoHosts.length + index }));

/** As a page that was opened anew: one empty tab. */
function anew(): void {
  for (const { id } of useTabs.getState().tabs) closeTab(id);
  useTabs.setState({ closed: [] });
}

const titles = (): string[] => useTabs.getState().tabs.map(tabTitle);

beforeEach(() => {
  anew();
  stored.clear();
});

describe('a page that is loaded again', () => {
  test('has its tabs back: order, names, runs, selection, the finding and the view in front', async () => {
    await runController(fakeClient(0)).run('one.example');
    const one = activeTab();
    useSelection.getState().select('mx:mx1.example.org', 3);
    useUi.setState({ finding: 'first', front: { centre: 'tlsa' } });
    newTab();
    await openRunText('b.jsonl', writeRunFile(twoHosts));
    renameTab(activeTab().id, 'Mine');
    newTab();
    useSession.setState({ typed: 'not yet r' });
    showTab(one.id);
    const before = titles();
    keepTabs(storage);
    anew();
    restoreTabs(storage);
    expect(titles()).toEqual(before);
    expect(useSession.getState()).toMatchObject({ target: 'one.example', typed: 'one.example', file: null, busy: false, running: false });
    expect(useSession.getState().events).toEqual(twoHosts);
    expect(useSession.getState().findings.length).toBeGreaterThan(0);
    expect(useSelection.getState().selection).toEqual({ subject: 'mx:mx1.example.org', event: 3 });
    expect(useUi.getState()).toMatchObject({ finding: 'first', front: { centre: 'tlsa' } });
    const [, mine, last] = useTabs.getState().tabs;
    expect(mine?.session.getState().file).toBe('b.jsonl');
    expect(last?.session.getState()).toMatchObject({ typed: 'not yet r', target: null });
    expect(stored.size).toBe(0);
  });

  test('a run that was under way shows what it told', async () => {
    void runController({ ...fakeClient(0), async *inspect() {
      yield twoHosts.slice(0, 12);
      await new Promise(() => {});
    } }).run('slow.example');
    await expect.poll(() => useSession.getState().events.length).toBe(12);
    keepTabs(storage);
    anew();
    restoreTabs(storage);
    expect(useSession.getState()).toMatchObject({ target: 'slow.example', busy: false, running: false });
    expect(useSession.getState().events).toHaveLength(12);
    expect(useSession.getState().run.state).toBe('stopped');
  });

  test('a channel that was open is closed, in the run too: another can be opened', async () => {
    await runController(fakeClient(0)).run('one.example');
    tell(openChannel);
    expect(openConsoleOf(useSession.getState().whole)).not.toBeNull();
    keepTabs(storage);
    anew();
    restoreTabs(storage);
    const { whole, events } = useSession.getState();
    const last = whole.consoles.at(-1);
    expect(openConsoleOf(whole)).toBeNull();
    expect(last === undefined ? null : channelWords(whole, last).text).toBe('closed by the end of the program or the page: The page was loaded again.');
    const read = readRunFile(writeRunFile(events));
    expect(read.ok && read.value).toHaveLength(twoHosts.length + 6);
  });

  test('the channel in a run from a file stays as the file has it', async () => {
    const text = writeRunFile([...twoHosts, ...openChannel]);
    await openRunText('a.jsonl', text);
    keepTabs(storage);
    anew();
    restoreTabs(storage);
    expect(writeRunFile(useSession.getState().events)).toBe(text);
  });

  test('a run that finds no room is named, and the others are there', async () => {
    await openRunText('small.jsonl', writeRunFile(twoHosts));
    newTab();
    await openRunText('large.jsonl', writeRunFile(twoHosts));
    renameTab(activeTab().id, 'Large');
    useSession.setState({ events: enough() });
    keepTabs(storage);
    anew();
    restoreTabs(storage);
    expect(useTabs.getState().tabs).toHaveLength(1);
    expect(useSession.getState().file).toBe('small.jsonl');
    expect(useUi.getState().message).toBe('Too large to be kept while the page was loaded again: Large');
  });

  test.each([
    '', '{', 'null', '[]', '7', '{"tabs":7}', '{"tabs":[null,7,"a",[]],"left":[1,null]}',
    '{"tabs":[{"run":7,"target":{},"name":["a"],"typed":{},"selection":{"subject":"nothing"},"front":{"centre":"nowhere","nowhere":"tlsa"}}]}',
    ...['{}', '[]', '7', '{"id":"8","pieces":1}', '{"id":8,"pieces":2}', '{"id":8,"pieces":9007199254740991}', '{"id":8,"pieces":-1}', '{"id":8,"pieces":0.5}', '{"id":9,"pieces":1}', '{"id":10,"pieces":1}'].map((run) => `{"tabs":[{"run":${run},"target":"a"}]}`),
  ])('%j breaks nothing', (text) => {
    stored.set('danescope.tabs', text);
    stored.set('danescope.run.8.0', 'no run');
    stored.set('danescope.run.9.0', writeRunFile(twoHosts.slice(0, 3)).replace('"at":', '"at":"'));
    restoreTabs(storage);
    expect(useTabs.getState().tabs.length).toBeGreaterThan(0);
    expect(activeTab().session.getState()).toMatchObject({ target: null, typed: '' });
    expect(activeTab().selection.getState().selection).toBeNull();
  });

  test('while the page lives, no long text is written at once, and what is there is not written again', async () => {
    const wrote: number[] = [];
    const watched = storageThat((key, value) => {
      wrote.push(value.length);
      stored.set(key, value);
    });
    await openRunText('a.jsonl', writeRunFile(twoHosts));
    const events = enough().slice(2 * twoHosts.length).map((event, seq) => ({ ...event, seq }));
    useSession.setState({ events });
    await keepTabsInPieces(watched);
    expect(wrote.length).toBeGreaterThan(20);
    expect(Math.max(...wrote)).toBeLessThanOrEqual(128 * 1024);
    wrote.length = 0;
    renameTab(activeTab().id, 'Mine');
    await keepTabsInPieces(watched);
    expect(wrote).toHaveLength(1);
    anew();
    restoreTabs(watched);
    expect(titles()).toEqual(['Mine']);
    expect(useSession.getState().events).toHaveLength(events.length);
    expect(stored.size).toBe(0);
  });

  test('a run that is closed, or goes on, leaves nothing behind', async () => {
    await openRunText('a.jsonl', writeRunFile(twoHosts));
    await keepTabsInPieces(storage);
    useSession.setState({ events: [...twoHosts, ...openChannel] });
    await keepTabsInPieces(storage);
    expect(stored.size).toBe(2);
    closeTab(activeTab().id);
    await keepTabsInPieces(storage);
    expect([...stored.keys()]).toEqual(['danescope.tabs']);
  });

  test('a browser with less room than others: the runs are named', async () => {
    const small = storageThat((key, value) => {
      if (value.length > 1000) throw new DOMException('full', 'QuotaExceededError');
      stored.set(key, value);
    });
    await openRunText('a.jsonl', writeRunFile(twoHosts));
    renameTab(activeTab().id, 'Mine');
    newTab();
    keepTabs(small);
    anew();
    restoreTabs(small);
    expect(useTabs.getState().tabs).toHaveLength(1);
    expect(useUi.getState().message).toBe('Too large to be kept while the page was loaded again: Mine');
  });

  test('a run that does not read any more is named', () => {
    storeTab({ target: 'a.example' }, 'no run');
    restoreTabs(storage);
    expect(useUi.getState().message).toBe('Too large to be kept while the page was loaded again: Large. Kept, but not readable now: a.example');
  });

  test('a browser without room keeps nothing, and the page can go', async () => {
    await openRunText('a.jsonl', writeRunFile(twoHosts));
    expect(() => keepTabs(storageThat(() => { throw new DOMException('full', 'QuotaExceededError'); }))).not.toThrow();
  });
});

const twoHostsBegan = fold(twoHosts).context?.startedAt ?? '';

/** Events of more than four million characters. */
const enough = (): typeof twoHosts => Array.from({ length: 1 + Math.ceil((4 * 1024 * 1024) / writeRunFile(twoHosts).length) }, () => twoHosts).flat();

describe('a page that is about to go', () => {
  const page = new EventTarget();
  // Not before: what keeps the tabs by itself, a third of a second after a change, would end what the tests above keep in pieces.
  beforeAll(() => {
    vi.stubGlobal('window', page);
    vi.stubGlobal('sessionStorage', storage);
    keepOverReload(true);
  });
  const isAsked = (): boolean => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));

  test('asks where a run made here is too large to be kept and stands nowhere else', async () => {
    await runController(fakeClient(0)).run('large.example');
    expect(isAsked()).toBe(false);
    const events = enough();
    useSession.setState({ events });
    useSession.setState(({ whole }) => ({ whole: { ...whole, context: whole.context === null ? null : { ...whole.context, startedAt: '2020-01-01T00:00:00Z' } } }));
    expect(isAsked()).toBe(true);
    useSession.setState({ file: 'large.jsonl' });
    expect(isAsked()).toBe(false);
    useSession.setState({ file: null });
    markSaved(events);
    expect(isAsked()).toBe(false);
  });

  test('a recent run is one that the database has said it has, with every event that the tab has', async () => {
    await runController(fakeClient(0)).run('large.example');
    const events = enough();
    useSession.setState({ events });
    const recent = { id: 'one', target: 'large.example', startedAt: twoHostsBegan, status: { sign: 'check', tone: 'secure', word: 'ok' } as const, opens: true, text: null, events: events.length };
    useRecentRuns.setState({ runs: [{ ...recent, text: 'still being written' }] });
    expect(isAsked()).toBe(true);
    useRecentRuns.setState({ runs: [{ ...recent, events: events.length - 1 }] });
    expect(isAsked()).toBe(true);
    useRecentRuns.setState({ runs: [{ ...recent, opens: false }] });
    expect(isAsked()).toBe(true);
    useRecentRuns.setState({ runs: [recent] });
    expect(isAsked()).toBe(false);
  });
});
