/** The engine ends while a channel is open: the view, the bar and every report say that it is closed, and why. */
import { beforeEach, expect, test } from 'vitest';
import { ConnectionLost } from '../../core/api/client.ts';
import type { InspectorClient } from '../../core/api/inspector-client.ts';
import { readRunFile, writeRunFile } from '../../core/inspection/run-file.ts';
import { channelWords } from '../../core/report/channel-words.ts';
import { runController } from '../../renderer/session/run-controller.ts';
import { useSession } from '../../renderer/session/session-store.ts';
import { windowHand } from '../../renderer/step/hand.ts';
import { openChannel } from '../../renderer/views/console/console-actions.ts';
import { consoleStore } from '../../renderer/views/console/console-store.ts';
import { openConsoleOf } from '../../renderer/views/console/model.ts';
import { activeTab } from '../../renderer/tabs/tab-store.ts';
import { byHand } from '../fuzz/by-hand-events.ts';
import { twoHosts } from './fixtures/events.ts';
import { fakeClient } from './fixtures/fake-client.ts';

beforeEach(() => useSession.setState(useSession.getInitialState(), true));

/** Tells so many events of a console, then the line to the engine is lost. */
const losing = (count: number): InspectorClient => ({
  ...fakeClient(0),
  async *openConsole() {
    const events = byHand(0).filter(({ at, type }) => at === 6000 && type !== 'smtp.waiting').slice(0, count).map((event, index) => ({ ...event, seq: twoHosts.length + index }));
    if (events.length > 0) yield { type: 'events', events };
    throw new ConnectionLost(undefined, 'The engine was ended by SIGKILL.');
  },
});

async function lostAfter(count: number) {
  const client = losing(count);
  const hand = windowHand(client);
  await runController(client, hand).run('example.org');
  await openChannel(hand);
  return useSession.getState();
}

test.each([['while it is opened', 1], ['while it is open', 5]])('%s', async (_words, count) => {
  const { whole, events } = await lostAfter(count);
  const last = whole.consoles.at(-1);
  expect(openConsoleOf(whole)).toBeNull();
  expect(last === undefined ? null : channelWords(whole, last).text).toBe('closed by the end of the program or the page: The engine was ended by SIGKILL.');
  expect(consoleStore(activeTab()).getState()).toMatchObject({ opening: false, refusal: 'The engine cannot be reached: The engine was ended by SIGKILL.' });
  const read = readRunFile(writeRunFile(events));
  expect(read.ok ? read.value.length : read.failure).toBe(events.length);
});

test('before anything was told of it there is nothing to close', async () => {
  const { whole } = await lostAfter(0);
  expect(whole.consoles).toEqual([]);
  expect(whole.events).toBe(twoHosts.length);
});

test('a run that took its place is left alone', async () => {
  let lose = (): void => {};
  const client: InspectorClient = {
    ...losing(5),
    async *openConsole(request, signal) {
      const news = losing(5).openConsole(request, signal)[Symbol.asyncIterator]();
      yield (await news.next()).value;
      await new Promise<void>((resolve) => { lose = resolve; });
      yield (await news.next()).value;
    },
  };
  const hand = windowHand(client);
  const controller = runController(client, hand);
  await controller.run('example.org');
  const open = openChannel(hand);
  await expect.poll(() => useSession.getState().whole.consoles.length).toBe(1);
  await controller.run('example.org');
  lose();
  await open;
  expect(useSession.getState().whole.events).toBe(twoHosts.length);
});
