/** Runs stages at once. Each stage tells with `yield` and returns a value; the merged stage does the same for all of them. */

/**
 * Steps at most `limit` sources at once, passes on what they yield in order of arrival, and returns their values in the
 * order of the sources. A source is stepped again only after its value was consumed, so a consumer can set the pace. When
 * the consumer stops, every source is closed.
 */
export async function* parallel<Fact, Value>(
  sources: readonly AsyncGenerator<Fact, Value>[],
  limit: number = Number.POSITIVE_INFINITY,
): AsyncGenerator<Fact, Value[]> {
  const values: Value[] = [];
  const running = new Map<number, Promise<Step<Fact, Value>>>();
  let next = 0;
  const step = (index: number, source: AsyncGenerator<Fact, Value>): void => {
    running.set(index, source.next().then((result) => ({ index, source, result })));
  };
  try {
    for (;;) {
      for (; running.size < limit && next < sources.length; next += 1) step(next, sources[next] as AsyncGenerator<Fact, Value>);
      if (running.size === 0) return values;
      const { index, source, result } = await Promise.race(running.values());
      running.delete(index);
      if (result.done === true) {
        values[index] = result.value;
        continue;
      }
      yield result.value;
      step(index, source);
    }
  } finally {
    await closeAll(sources, running);
  }
}

interface Step<Fact, Value> {
  readonly index: number;
  readonly source: AsyncGenerator<Fact, Value>;
  readonly result: IteratorResult<Fact, Value>;
}

async function closeAll<Fact, Value>(
  sources: readonly AsyncGenerator<Fact, Value>[],
  running: ReadonlyMap<number, Promise<unknown>>,
): Promise<void> {
  await Promise.allSettled(running.values());
  await Promise.allSettled(sources.map((source) => source.return(undefined as never)));
}

/** Drops the facts and gives the value of a stage. */
export async function valueOf<Value>(stage: AsyncGenerator<unknown, Value>): Promise<Value> {
  for (;;) {
    const step = await stage.next();
    if (step.done === true) return step.value;
  }
}
