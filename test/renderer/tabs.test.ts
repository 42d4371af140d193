import { beforeEach, describe, expect, test } from 'vitest';
import type { InspectorClient } from '../../core/api/inspector-client.ts';
import { writeRunFile } from '../../core/inspection/run-file.ts';
import { forgetRun } from '../../renderer/recent/forget-run.ts';
import { forgetAll, useRecentRuns } from '../../renderer/recent/recent-runs.ts';
import { runController } from '../../renderer/session/run-controller.ts';
import { openRunFiles, openRunText } from '../../renderer/session/run-files.ts';
import { useSession } from '../../renderer/session/session-store.ts';
import { useSelection } from '../../renderer/selection/selection-store.ts';
import { activeTab, closeTab, newTab, renameTab, reopenTab, showTab, stepTab, useTabs } from '../../renderer/tabs/tab-store.ts';
import { tabTitle } from '../../renderer/tabs/tab-title.ts';
import { useUi } from '../../renderer/workbench/ui-store.ts';
import { twoHosts } from './fixtures/events.ts';
import { fakeClient } from './fixtures/fake-client.ts';

/** One empty tab, nothing closed. */
function alone(): void {
  for (const { id } of useTabs.getState().tabs) closeTab(id);
  useTabs.setState({ closed: [] });
}

const targets = (): (string | null)[] => useTabs.getState().tabs.map((tab) => tab.session.getState().target);

describe('a run that is forgotten', () => {
  beforeEach(alone);
  beforeEach(forgetAll);

  test('is in no tab, cannot be reopened and is among no recent runs; others stay', async () => {
    const controller = runController(fakeClient(0));
    await controller.run('one.example');
    await expect.poll(() => useRecentRuns.getState().runs.map(({ target }) => target)).toEqual(['one.example']);
    const text = writeRunFile(twoHosts.map((event) => (event.type === 'run.started' ? { ...event, context: { ...event.context, startedAt: '2020-01-01T00:00:00.000Z' } } : event)));
    await openRunText('other.jsonl', text);
    await openRunText('the same.jsonl', writeRunFile(twoHosts));
    closeTab(activeTab().id);
    showTab(useTabs.getState().tabs[0]!.id);
    await forgetRun(controller);
    expect(useTabs.getState().tabs.map(({ session }) => session.getState().file)).toEqual(['other.jsonl']);
    expect(useTabs.getState().closed).toEqual([]);
    expect(useRecentRuns.getState().runs).toEqual([]);
    expect(useUi.getState().message).toBe('Forgot one.example; a file that you saved stays');
  });

  test('is not kept after, where it was still being written', async () => {
    const controller = runController(fakeClient(0));
    await controller.run('one.example');
    await forgetRun(controller);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    expect(useRecentRuns.getState().runs).toEqual([]);
  });

  test('one that is the only one leaves an empty tab', async () => {
    const controller = runController(fakeClient(0));
    await controller.run('one.example');
    await forgetRun(controller);
    expect(targets()).toEqual([null]);
    expect(useTabs.getState().closed).toEqual([]);
  });
});

describe('tabs', () => {
  beforeEach(alone);

  test('each has a run, a selection and a current finding of its own', async () => {
    const controller = runController(fakeClient(0));
    await controller.run('one.example');
    useSelection.getState().select('mx:mx1.example.org');
    useUi.setState({ finding: 'first' });
    const one = activeTab();
    newTab();
    expect(useSession.getState()).toMatchObject({ target: null, events: [], findings: [] });
    expect(useSelection.getState().selection).toBeNull();
    expect(useUi.getState().finding).toBeNull();
    await controller.run('two.example');
    showTab(one.id);
    expect(useSession.getState().target).toBe('one.example');
    expect(useSelection.getState().selection?.subject).toBe('mx:mx1.example.org');
    expect(useUi.getState().finding).toBe('first');
  });

  test('what is shared is the same in all, and what is told of a tab reaches those who listen', () => {
    const seen: (string | null)[] = [];
    const leave = useSession.subscribe((state) => seen.push(state.target));
    useSession.setState({ connectionLost: 'gone' });
    newTab();
    expect(useSession.getState().connectionLost).toBe('gone');
    useSession.setState({ target: 'here.example', connectionLost: null });
    stepTab(1);
    expect(seen.at(-1)).toBeNull();
    leave();
    const heard = seen.length;
    stepTab(1);
    expect(seen).toHaveLength(heard);
  });

  test('a run in the background goes on in its own tab', async () => {
    let go = (): void => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const client: InspectorClient = {
      ...fakeClient(0),
      async *inspect() {
        yield twoHosts.slice(0, 10);
        await gate;
        yield twoHosts.slice(10);
      },
    };
    const first = activeTab();
    const run = runController(client).run('slow.example');
    await expect.poll(() => first.session.getState().events.length).toBe(10);
    newTab();
    go();
    await run;
    expect(first.session.getState()).toMatchObject({ busy: false, target: 'slow.example' });
    expect(first.session.getState().events).toHaveLength(twoHosts.length);
    expect(useSession.getState()).toMatchObject({ target: null, events: [] });
    expect(useUi.getState().message).toBe('slow.example: refused in part');
  });

  test('a run too many is told in words, and the run before stays', async () => {
    const controller = runController(fakeClient(0));
    await controller.run('first.example');
    const refusal = Object.assign(new Error('4 runs are under way; stop one first'), { code: 'TOO_MANY_REQUESTS' });
    // oxlint-disable-next-line require-yield
    const full = runController({ ...fakeClient(0), async *inspect() { throw refusal; } });
    await full.run('fifth.example');
    expect(useSession.getState()).toMatchObject({ target: 'first.example', typed: 'fifth.example', notStarted: { word: 'not started', why: '4 runs are under way; stop one first' }, busy: false, connectionLost: null });
    expect(useSession.getState().events).toHaveLength(twoHosts.length);
    await controller.run('first.example');
    expect(useSession.getState().notStarted).toBeNull();
  });

  test('a closed run comes back as it was; an empty tab is not kept', async () => {
    const controller = runController(fakeClient(0));
    await controller.run('kept.example');
    const kept = activeTab();
    newTab();
    controller.close(activeTab());
    expect(useTabs.getState().closed).toEqual([]);
    controller.close(kept);
    expect(targets()).toEqual([null]);
    reopenTab();
    expect(targets()).toEqual(['kept.example']);
    expect(useSession.getState().events).toHaveLength(twoHosts.length);
  });

  test('closing stops the run', async () => {
    let ended = false;
    const client: InspectorClient = {
      ...fakeClient(0),
      async *inspect(_request, signal) {
        yield twoHosts.slice(0, 5);
        await new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
        ended = true;
      },
    };
    const controller = runController(client);
    const run = controller.run('long.example');
    await expect.poll(() => activeTab().session.getState().events.length).toBe(5);
    controller.close(activeTab());
    await run;
    expect(ended).toBe(true);
  });

  test('eight closed runs are kept', async () => {
    const controller = runController(fakeClient(0));
    for (let count = 0; count < 12; count += 1) {
      await controller.run(`n${String(count)}.example`);
      controller.close(activeTab());
    }
    expect(useTabs.getState().closed.map(tabTitle)).toEqual(['n11', 'n10', 'n9', 'n8', 'n7', 'n6', 'n5', 'n4'].map((name) => `${name}.example`));
  });

  test('walking goes round', () => {
    newTab();
    newTab();
    const ids = useTabs.getState().tabs.map((tab) => tab.id);
    stepTab(1);
    expect(activeTab().id).toBe(ids[0]);
    stepTab(-1);
    expect(activeTab().id).toBe(ids[2]);
  });

  test('a title is the target or the name given, escaped and cut', () => {
    useSession.setState({ target: `\u202Eevil\u0007${'a'.repeat(500)}` });
    expect(tabTitle(activeTab())).toMatch(/^\\u\{202e\}evil\\x07a+/);
    expect(tabTitle(activeTab()).length).toBeLessThan(100);
    renameTab(activeTab().id, '  Mine\u001B[2J ');
    expect(tabTitle(activeTab())).toBe(String.raw`Mine\x1b[2J`);
    renameTab(activeTab().id, ' ');
    expect(activeTab().name).toBeNull();
  });
});

describe('run files', () => {
  beforeEach(alone);

  test('the empty tab takes the first, the next has one of its own', async () => {
    expect(await openRunText('a.jsonl', writeRunFile(twoHosts))).toBeNull();
    expect(await openRunText('b.jsonl', writeRunFile(twoHosts))).toBeNull();
    expect(useTabs.getState().tabs.map((tab) => tab.session.getState().file)).toEqual(['a.jsonl', 'b.jsonl']);
  });

  test('whoever goes to another tab while a file is read stays there; the empty tab that asked for it has it', async () => {
    const asked = activeTab();
    const opening = openRunFiles([new File([writeRunFile(twoHosts)], 'slow.jsonl'), ...['second.jsonl', 'third.jsonl'].map((name) => new File([writeRunFile(twoHosts)], name))]);
    const elsewhere = newTab();
    await opening;
    expect(activeTab()).toBe(elsewhere);
    expect(asked.session.getState().file).toBe('slow.jsonl');
    expect(useTabs.getState().tabs.map((tab) => tab.session.getState().file)).toEqual(['slow.jsonl', 'second.jsonl', 'third.jsonl', null]);
    expect(useUi.getState().message).toBe('Opened 3 runs in the background');
  });

  test('a run that is begun while a file is read stays in front, and its tab is its own', async () => {
    const opening = openRunText('slow.jsonl', writeRunFile(twoHosts));
    const running = runController(fakeClient(0)).run('one.example');
    await opening;
    await running;
    expect(activeTab().session.getState().target).toBe('one.example');
    expect(useTabs.getState().tabs.map((tab) => tab.session.getState().file)).toEqual([null, 'slow.jsonl']);
  });

  test('several files that are opened at once: the last is in front, where nobody went elsewhere', async () => {
    await openRunFiles(['a.jsonl', 'b.jsonl'].map((name) => new File([writeRunFile(twoHosts)], name)));
    expect(useTabs.getState().tabs.map((tab) => tab.session.getState().file)).toEqual(['a.jsonl', 'b.jsonl']);
    expect(activeTab().session.getState().file).toBe('b.jsonl');
  });

  test('what is no run opens no tab', async () => {
    expect(await openRunText('a.jsonl', writeRunFile(twoHosts))).toBeNull();
    expect(await openRunText('b.jsonl', 'no run')).toContain('This is not a run file');
    expect(useTabs.getState().tabs).toHaveLength(1);
  });
});
