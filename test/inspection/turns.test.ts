import { describe, expect, test } from 'vitest';
import { valueOf } from '../../core/base/parallel.ts';
import { Aborted, Turns, type Visitor } from '../../core/inspection/turns.ts';

const never = new AbortController().signal;
const tick = async (): Promise<void> => { await new Promise((resolve) => { setImmediate(resolve); }); };

describe('a good guest', () => {
  test('makes one connection at a time to an address', async () => {
    const turns = new Turns(8);
    let inside = 0;
    let most = 0;
    const visit = () => turns.at('192.0.2.1', never, async function* visiting() {
      inside += 1;
      most = Math.max(most, inside);
      yield 'in';
      await tick();
      inside -= 1;
      return 'done';
    });
    await expect(Promise.all([valueOf(visit()), valueOf(visit()), valueOf(visit())])).resolves.toEqual(['done', 'done', 'done']);
    expect(most).toBe(1);
  });

  test('makes so many connections in all', async () => {
    const turns = new Turns(2);
    let inside = 0;
    let most = 0;
    const visit = (address: string) => turns.at(address, never, async function* visiting() {
      inside += 1;
      most = Math.max(most, inside);
      yield 'in';
      await tick();
      inside -= 1;
    });
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map(async (address) => valueOf(visit(address))));
    expect(most).toBe(2);
  });

  test('gives its turn back when it is stopped, and when it fails', async () => {
    const turns = new Turns(1);
    const broken = turns.at('a', never, async function* breaking() {
      yield 'in';
      throw new Error('broken');
    });
    await expect(valueOf(broken)).rejects.toThrow('broken');
    const stopped = turns.at('a', never, async function* staying() { yield 'in'; });
    await stopped.next();
    await stopped.return(undefined);
    await expect(valueOf(turns.at('a', never, async function* late() { yield 'in'; return 'done'; }))).resolves.toBe('done');
  });

  test('does not wait for a turn when the run is being stopped', async () => {
    const turns = new Turns(8);
    const owner = turns.at('a', never, async function* owning() { yield 'in'; });
    await owner.next();
    const stop = new AbortController();
    const waiter = valueOf(turns.at('a', stop.signal, async function* waiting() { yield 'in'; }));
    stop.abort();
    await expect(waiter).rejects.toBeInstanceOf(Aborted);
  });
});

describe('who waits for another run is told for whom', () => {
  const [a, b, c] = [{}, {}, {}];
  const visiting = (turns: Turns, run: object, kind: Visitor['kind']): AsyncGenerator<string, void> =>
    turns.at('192.0.2.1', never, async function* inside() { yield 'in'; }, { visitor: { run, kind }, waiting: (behind) => `behind a ${behind}` });
  const first = async (visit: AsyncGenerator<string, void>): Promise<unknown> => (await visit.next()).value;

  test('a console that waits before it, and not only the run that is inside', async () => {
    const turns = new Turns(8);
    await expect(first(visiting(turns, a, 'run'))).resolves.toBe('in');
    const console = visiting(turns, b, 'console');
    await expect(first(console)).resolves.toBe('behind a run');
    void console.next();
    await expect(first(visiting(turns, c, 'run'))).resolves.toBe('behind a console');
  });

  test('a console before it, though its own run is inside', async () => {
    const turns = new Turns(8);
    await first(visiting(turns, a, 'run'));
    const console = visiting(turns, b, 'console');
    await first(console);
    void console.next();
    await expect(first(visiting(turns, a, 'run'))).resolves.toBe('behind a console');
  });

  test('nobody, where only its own run is before it', async () => {
    const turns = new Turns(8);
    const inside = visiting(turns, a, 'run');
    await first(inside);
    const next = first(visiting(turns, a, 'run'));
    await inside.return(undefined);
    await expect(next).resolves.toBe('in');
  });

  test('the one that was admitted and has not gone in yet', async () => {
    const turns = new Turns(8);
    const inside = visiting(turns, a, 'run');
    await first(inside);
    const console = visiting(turns, b, 'console');
    await first(console);
    void console.next();
    const leaving = inside.return(undefined);
    // One comes in each of the microtasks in which the place is handed on.
    const told: Promise<unknown>[] = [];
    for (let microtask = 0; microtask < 6; microtask += 1) {
      told.push(first(visiting(turns, c, 'run')));
      await Promise.resolve();
    }
    await leaving;
    expect(new Set(await Promise.all(told))).toEqual(new Set(['behind a console']));
  });

  test('nobody who gave up', async () => {
    const turns = new Turns(8);
    const inside = visiting(turns, a, 'run');
    await first(inside);
    const stop = new AbortController();
    const console = turns.at('192.0.2.1', stop.signal, async function* inside() { yield 'in'; }, { visitor: { run: b, kind: 'console' }, waiting: (behind) => `behind a ${behind}` });
    await first(console);
    const over = console.next();
    stop.abort();
    await expect(over).rejects.toBeInstanceOf(Aborted);
    await expect(first(visiting(turns, c, 'run'))).resolves.toBe('behind a run');
    await inside.return(undefined);
  });
});
