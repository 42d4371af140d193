/** One connection at a time to an address, however many runs there are: who waits for another run's says so. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConsole } from '../../core/inspection/console.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { fold } from '../../core/inspection/fold.ts';
import { RunControl } from '../../core/inspection/run-control.ts';
import { readRunFile, writeRunFile } from '../../core/inspection/run-file.ts';
import { Turns } from '../../core/inspection/turns.ts';
import { notTested } from '../../core/report/circumstances.ts';
import { waitWords } from '../../core/report/wait-words.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { inspectingInLab } from './inspect-lab.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab({ only: ['good-311'] }); });
afterAll(() => lab.close());

const HOST = 'mx1.good-311.example';
const BEHIND_CONSOLE = `${HOST} 192.0.2.11 waits its turn: the console of another run has a channel open to it, and connections to an address are made one at a time. It goes on when that channel is closed.`;

const isWait = ({ type }: InspectionEvent): boolean => type === 'smtp.waiting';

async function whole(turns: Turns, control: RunControl, at: (event: InspectionEvent) => void = () => {}, signal?: AbortSignal): Promise<InspectionEvent[]> {
  const events: InspectionEvent[] = [];
  for await (const event of inspectingInLab(lab, 'good-311.example', { turns, control }, signal)) {
    events.push(event);
    at(event);
  }
  return events;
}

/** A run that is over, with its channel open until `close`. */
async function withConsole(turns: Turns): Promise<{ readonly close: () => Promise<void> }> {
  const control = new RunControl({ step: false });
  expect((await whole(turns, control)).filter(isWait)).toEqual([]);
  const opened = openConsole({ host: HOST, address: '192.0.2.11', keyType: null, allow: { mail: false, auth: false } }, control, new AbortController().signal);
  if (!opened.ok) throw new Error(opened.failure.text);
  const over = new Promise<void>((resolve, reject) => {
    void (async () => {
      for await (const event of opened.value) if (event.type === 'smtp.console' && event.state === 'open') isOpen();
    })().then(resolve, reject);
  });
  let isOpen = (): void => {};
  await new Promise<void>((resolve) => { isOpen = resolve; });
  return { close: async () => { control.control({ type: 'close' }); await over; } };
}

test('a run behind an open console tells why it waits, and goes on when that is closed', async () => {
  const turns = new Turns(8);
  const console = await withConsole(turns);
  const events = await whole(turns, new RunControl({ step: false }), (event) => { if (isWait(event)) void console.close(); });
  const prefix = fold(events.slice(0, events.findIndex(isWait) + 1));
  expect(prefix.waiting?.map(waitWords)).toEqual([BEHIND_CONSOLE]);
  const run = fold(events);
  expect([run.state, run.outcome.outcome, run.waiting]).toEqual(['finished', 'authenticated', []]);
  const read = readRunFile(writeRunFile(events));
  expect(read.ok ? read.value : read.failure).toEqual(events);
});

test('a run that is stopped while it waits says what was not tested', async () => {
  const turns = new Turns(8);
  const console = await withConsole(turns);
  const stop = new AbortController();
  const run = fold(await whole(turns, new RunControl({ step: false }), (event) => { if (isWait(event)) stop.abort(); }, stop.signal));
  expect([run.state, run.connections]).toEqual(['stopped', []]);
  expect(notTested(run)).toContain(BEHIND_CONSOLE);
  await console.close();
});

test('a console behind another run tells it too', async () => {
  const turns = new Turns(8);
  const control = new RunControl({ step: false });
  const first = await whole(turns, control);
  const other = inspectingInLab(lab, 'good-311.example', { turns });
  for (let step = await other.next(); step.done !== true && step.value.type !== 'smtp.connection';) step = await other.next();
  const opened = openConsole({ host: HOST, address: '192.0.2.11', keyType: null, allow: { mail: false, auth: false } }, control, new AbortController().signal);
  if (!opened.ok) throw new Error(opened.failure.text);
  const news = await opened.value.next();
  if (news.done === true) throw new Error('nothing was told');
  expect(news.value).toMatchObject({ type: 'smtp.waiting', wait: { host: HOST, address: '192.0.2.11', waits: 'console', behind: 'run' } });
  const waiting = fold([...first, news.value]);
  expect(notTested(waiting)).toEqual(notTested(fold(first)));
  await other.return(undefined);
  await expect(opened.value.next()).resolves.toMatchObject({ value: { type: 'smtp.connection' } });
  control.control({ type: 'close' });
  for await (const _ of opened.value);
});
