import { describe, expect, test } from 'vitest';
import { SharedStage } from '../../core/dns/shared-stage.ts';

async function* counting(to: number): AsyncGenerator<number, string> {
  for (let count = 1; count <= to; count += 1) {
    await Promise.resolve();
    yield count;
  }
  return 'done';
}

async function drain<Fact, Value>(stage: AsyncGenerator<Fact, Value>): Promise<{ facts: Fact[]; value: Value }> {
  const facts: Fact[] = [];
  for (;;) {
    const step = await stage.next();
    if (step.done === true) return { facts, value: step.value };
    facts.push(step.value);
  }
}

describe('a shared stage', () => {
  test('runs once: each fact goes to one waiter, the value to all', async () => {
    let started = 0;
    const stage = new SharedStage<number, string>(() => {
      started += 1;
      return counting(5);
    });
    const [left, right] = await Promise.all([drain(stage.join(null)), drain(stage.join(null))]);
    expect([...left.facts, ...right.facts].toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5]);
    expect([left.value, right.value, started]).toEqual(['done', 'done', 1]);
  });

  test('a waiter that stops reading, or leaves, does not hold up the others', async () => {
    const stage = new SharedStage<number, string>(() => counting(5));
    const idle = stage.join(null);
    await idle.next();
    const leaving = stage.join(null);
    await leaving.next();
    await leaving.return('');
    expect(await drain(stage.join(null))).toEqual({ facts: [3, 4, 5], value: 'done' });
    expect(await idle.next()).toEqual({ done: true, value: 'done' });
  });

  test('what waits for itself through others is recognised', async () => {
    const inner: SharedStage<number, string> = new SharedStage<number, string>(() => counting(2));
    const outer: SharedStage<number, string> = new SharedStage<number, string>((self) => inner.join(self));
    const waiting = outer.join(null);
    await waiting.next();
    expect([outer.waitsFor(inner), inner.waitsFor(outer)]).toEqual([true, false]);
    await drain(waiting);
    expect(outer.waitsFor(inner)).toBe(false);
  });

  test('an exception reaches every waiter', async () => {
    const stage = new SharedStage<number, string>(async function* () {
      yield 1;
      throw new Error('bug');
    });
    const results = await Promise.allSettled([drain(stage.join(null)), drain(stage.join(null))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
