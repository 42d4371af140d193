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
  const source = new Drained(start(stop.signal));
  try {
    for (;;) {
      await source.until(1, null);
      // A batch that is full before its time leaves no sleeper behind: they would gather at the signal of a fast run.
      const full = new AbortController();
      await source.until(BATCH_SIZE, clock.sleep(BATCH_WAIT, full.signal));
      full.abort();
      const batch = source.take(BATCH_SIZE);
      if (batch.length === 0) return await source.ended;
      yield batch;
    }
  } finally {
    left?.removeEventListener('abort', abort);
    abort();
  }
}

/** Takes from a source as fast as it gives. One reader. */
class Drained<Item> {
  readonly #waiting: Item[] = [];
  #done = false;
  #wake = (): void => {};
  /** settles, or throws, with the source */
  readonly ended: Promise<void>;

  constructor(items: AsyncIterable<Item>) {
    this.ended = this.#drain(items);
    // A failure is told by `ended` once the items before it were taken; until then nobody may be listening.
    this.ended.catch(() => {});
  }

  /** Settles when `count` items wait, the source ended, or `latest` settles. */
  async until(count: number, latest: Promise<void> | null): Promise<void> {
    const late = latest?.then(() => true);
    while (this.#waiting.length < count && !this.#done) {
      const woken = new Promise<false>((resolve) => {
        this.#wake = () => resolve(false);
      });
      if (await (late === undefined ? woken : Promise.race([woken, late]))) return;
    }
  }

  take(count: number): readonly Item[] {
    return this.#waiting.splice(0, count);
  }

  async #drain(items: AsyncIterable<Item>): Promise<void> {
    try {
      for await (const item of items) {
        this.#waiting.push(item);
        this.#wake();
      }
    } finally {
      this.#done = true;
      this.#wake();
    }
  }
}
