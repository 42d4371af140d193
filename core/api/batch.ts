/** Events in batches: a message for each of thousands of events would cost more than the events. */
import type { Clock } from '../base/ports.ts';

/** a full batch goes out at once */
const BATCH_SIZE = 64;
/** ms that the first event of a batch waits for company */
const BATCH_WAIT = 50;

/**
 * Takes events as fast as they come, so that a slow screen never slows a check, and gives them in order in batches.
 * The source's signal is aborted when `left` is, or when the consumer stops.
 * @throws what the source throws, after the events told before
 */
export async function* batched<Item>(
  start: (signal: AbortSignal) => AsyncIterable<Item>,
  clock: Clock,
  left: AbortSignal | undefined,
): AsyncGenerator<readonly Item[], void> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  if (left?.aborted === true) abort();
  left?.addEventListener('abort', abort, { once: true });
  const source = drained(start(stop.signal));
  try {
    for (;;) {
      await source.until(1, null);
      await source.until(BATCH_SIZE, clock.sleep(BATCH_WAIT, stop.signal));
      const batch = source.take(BATCH_SIZE);
      if (batch.length === 0) return await source.ended;
      yield batch;
    }
  } finally {
    left?.removeEventListener('abort', abort);
    abort();
  }
}

interface Drained<Item> {
  /** settles when `count` items wait, the source ended, or `latest` settles */
  until(count: number, latest: Promise<void> | null): Promise<void>;
  take(count: number): readonly Item[];
  readonly ended: Promise<void>;
}

function drained<Item>(items: AsyncIterable<Item>): Drained<Item> {
  const waiting: Item[] = [];
  let done = false;
  let wake = (): void => {};
  const drain = async (): Promise<void> => {
    try {
      for await (const item of items) {
        waiting.push(item);
        wake();
      }
    } finally {
      done = true;
      wake();
    }
  };
  const ended = drain();
  // Its failure is told by `ended` once the items before it were taken; until then nobody may be listening.
  ended.catch(() => {});
  const until = async (count: number, latest: Promise<void> | null): Promise<void> => {
    let late = false;
    void latest?.then(() => {
      late = true;
      wake();
    });
    while (waiting.length < count && !done && !late) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { until, take: (count) => waiting.splice(0, count), ended };
}
