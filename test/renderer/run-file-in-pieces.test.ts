import { expect, test } from 'vitest';
import { fold } from '../../core/inspection/fold.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { readRunFile, writeRunFile } from '../../core/inspection/run-file.ts';
import { nextTask } from '../../renderer/session/next-task.ts';
import { foldInPieces, readInPieces } from '../../renderer/session/run-file-in-pieces.ts';
import { twoHosts } from './fixtures/events.ts';

/** The recorded run, with as many times its last line of dialogue as make 2,000 events. */
const line = twoHosts.findLast((event) => event.type === 'smtp.line');
const long: readonly InspectionEvent[] = Array.from({ length: 2000 }, (_, seq) => ({ ...(twoHosts[seq] ?? line!), seq }));

/** How many tasks of others came in between. */
async function meanwhile<Value>(work: Promise<Value>): Promise<{ readonly value: Value; readonly tasks: number }> {
  const at = { work: true };
  let tasks = 0;
  const others = (async (): Promise<void> => {
    while (at.work) {
      await nextTask();
      tasks += 1;
    }
  })();
  const value = await work;
  at.work = false;
  await others;
  return { value, tasks };
}

test('a long file is read and folded in pieces, with tasks of others between them, and comes to the same', async () => {
  const text = writeRunFile(long);
  const read = await meanwhile(readInPieces(text));
  expect(read.value).toEqual(readRunFile(text));
  expect(read.tasks).toBeGreaterThanOrEqual(4);
  const folded = await meanwhile(foldInPieces(long));
  expect(folded.value).toEqual(fold(long));
  expect(folded.tasks).toBeGreaterThanOrEqual(4);
});

test('what is wrong far down in it is told with its line', async () => {
  const text = `${writeRunFile(long)}{"seq":7}\n`;
  expect(await readInPieces(text)).toEqual(readRunFile(text));
  expect(await readInPieces(text)).toMatchObject({ ok: false, failure: { line: 2002 } });
});

test('no events fold to an empty run', async () => {
  expect(await foldInPieces([])).toEqual(fold([]));
});
