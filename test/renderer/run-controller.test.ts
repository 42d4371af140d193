import { beforeEach, describe, expect, test } from 'vitest';
import type { InspectorClient } from '../../core/api/inspector-client.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { runController } from '../../renderer/session/run-controller.ts';
import { useSession } from '../../renderer/session/session-store.ts';
import { leaveReplay, stepReplay } from '../../renderer/commands/replay.ts';
import { useUi } from '../../renderer/workbench/ui-store.ts';
import { twoHosts } from './fixtures/events.ts';
import { fakeClient } from './fixtures/fake-client.ts';

const telling = (inspect: (signal: AbortSignal) => AsyncGenerator<readonly InspectionEvent[]>): InspectorClient => ({ ...fakeClient(0), inspect: (_request, signal) => inspect(signal) });
const aborted = (signal: AbortSignal): Promise<void> => new Promise((resolve) => {
  signal.addEventListener('abort', () => resolve(), { once: true });
});
const state = useSession.getState;

describe('runs', () => {
  beforeEach(() => useSession.setState(useSession.getInitialState(), true));

  test('a whole run arrives, with its findings, and its outcome is kept beside the target', async () => {
    await runController(fakeClient(0)).run('example.org');
    expect(state().events).toHaveLength(twoHosts.length);
    expect(state().findings.map((finding) => finding.code)).toContain('tlsa-mismatch');
    expect(state()).toMatchObject({ running: false, results: { 'example.org': { word: 'refused in part' } } });
  });

  test('events that came all at once are told in pieces, in their order, and all before the run is over', async () => {
    const anchor = twoHosts.find(({ type }) => type === 'dnssec.anchor');
    if (anchor === undefined) throw new Error('the fixture has no trust anchor');
    const many = [...twoHosts.slice(0, 1), ...Array.from({ length: 1500 }, () => anchor), ...twoHosts.slice(-1)].map((event, seq) => ({ ...event, seq }));
    const lengths: number[] = [];
    const leave = useSession.subscribe(({ events }) => lengths.push(events.length));
    await runController(telling(async function* () {
      yield many;
    })).run('example.org');
    leave();
    expect(state().events).toEqual(many);
    expect(state()).toMatchObject({ running: false, run: { state: 'finished' } });
    expect(Math.max(...lengths.map((length, index) => length - (lengths[index - 1] ?? 0)))).toBeLessThanOrEqual(1000);
  });

  test('a text that is no target starts nothing and stays', async () => {
    await runController(fakeClient(0)).run('a..b');
    expect(state()).toMatchObject({ typed: 'a..b', target: null, running: false, targetError: { code: 'bad-label' } });
  });

  test('a lost connection keeps the evidence so far', async () => {
    const lossy = telling(async function* () {
      yield twoHosts.slice(0, 20);
      throw new Error('connection to the engine lost');
    });
    await runController(lossy).run('example.org');
    expect(state()).toMatchObject({ running: false, connectionLost: 'connection to the engine lost' });
    expect(state().events).toHaveLength(20);
  });

  test('stopping keeps what was told, and is no lost connection', async () => {
    const endless = telling(async function* (signal) {
      yield twoHosts.slice(0, 20);
      await aborted(signal);
    });
    const controller = runController(endless);
    const run = controller.run('example.org');
    await expect.poll(() => state().events.length).toBe(20);
    controller.stop();
    await run;
    expect(state()).toMatchObject({ running: false, connectionLost: null, results: {} });
    expect(state().events).toHaveLength(20);
  });

  test('stopped before the first event: it says so, and the run before, its selection and its replay stay', async () => {
    const controller = runController(telling(async function* (signal) {
      await aborted(signal);
      yield [];
    }));
    const first = controller.run('example.org');
    await expect.poll(() => state().busy).toBe(true);
    controller.stop();
    await first;
    expect(state(), 'of an empty tab').toMatchObject({ target: null, typed: 'example.org', busy: false, notStarted: { word: 'stopped' } });
    await runController(fakeClient(0)).run('example.org');
    stepReplay(-3);
    const { position } = state();
    const second = controller.run('other.example');
    await expect.poll(() => state().busy).toBe(true);
    controller.stop();
    await second;
    expect(state()).toMatchObject({ target: 'example.org', typed: 'other.example', busy: false, position, notStarted: { word: 'stopped' } });
    expect(state().events).toHaveLength(twoHosts.length);
    expect(useUi.getState().replayShown, 'the way back to now').toBe(true);
    leaveReplay();
  });

  test('a run that another replaced adds nothing to it', async () => {
    let first = true;
    const client = telling(async function* (signal) {
      if (!first) return yield twoHosts.slice(0, 5);
      first = false;
      yield twoHosts.slice(0, 10);
      await aborted(signal);
      yield twoHosts.slice(10, 30);
    });
    const controller = runController(client);
    const old = controller.run('old.example');
    await expect.poll(() => state().events.length).toBe(10);
    await controller.run('new.example');
    await old;
    expect(state()).toMatchObject({ target: 'new.example', running: false });
    expect(state().events).toHaveLength(5);
  });
});
