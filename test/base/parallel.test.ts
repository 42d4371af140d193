import { describe, expect, test } from 'vitest';
import { parallel, valueOf } from '../../core/base/parallel.ts';

async function* counting(name: string, upTo: number): AsyncGenerator<string, number> {
  for (let count = 1; count <= upTo; count += 1) {
    await Promise.resolve();
    yield `${name}${count}`;
  }
  return upTo;
}

describe('stages at once', () => {
  test('every fact is passed on, values keep the order of the sources', async () => {
    const facts: string[] = [];
    const stage = parallel([counting('a', 3), counting('b', 1), counting('c', 0)]);
    let step = await stage.next();
    for (; step.done !== true; step = await stage.next()) facts.push(step.value);
    expect(step.value).toEqual([3, 1, 0]);
    expect(facts.toSorted((left, right) => left.localeCompare(right))).toEqual(['a1', 'a2', 'a3', 'b1']);
  });

  test('never more than the limit is under way', async () => {
    let running = 0;
    let most = 0;
    async function* stage(): AsyncGenerator<string, void> {
      running += 1;
      most = Math.max(most, running);
      yield 'running';
      running -= 1;
    }
    await valueOf(parallel([stage(), stage(), stage(), stage()], 2));
    expect(most).toBe(2);
  });

  test('a consumer that stops closes every source', async () => {
    const closed: string[] = [];
    async function* endless(name: string): AsyncGenerator<string, void> {
      try {
        for (;;) yield name;
      } finally {
        closed.push(name);
      }
    }
    for await (const fact of parallel([endless('a'), endless('b')])) if (fact !== '') break;
    expect(closed.toSorted((left, right) => left.localeCompare(right))).toEqual(['a', 'b']);
  });

  test('a bug in one source ends the stage with that error', async () => {
    async function* broken(): AsyncGenerator<string, number> {
      yield 'x';
      throw new Error('our bug');
    }
    await expect(valueOf(parallel([counting('a', 2), broken()]))).rejects.toThrow('our bug');
  });
});
