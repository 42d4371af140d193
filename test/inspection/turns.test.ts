import { describe, expect, test } from 'vitest';
import { valueOf } from '../../core/base/parallel.ts';
import { Aborted, Turns } from '../../core/inspection/turns.ts';

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
