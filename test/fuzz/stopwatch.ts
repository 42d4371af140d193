/**
 * Nothing hangs: each piece of work is timed, and one that seems slow is done again by CPU time, as the machine may have been busy; the least of
 * three counts, as a busy core is slower too. The limit is far above what any needs. How the work grows is counted in `dearest-messages.test.ts`.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LIMIT_MS = 100;

export class Stopwatch {
  slowest = 0;
  readonly #hung: string[] = [];

  /** @param describe what to repeat it with */
  time<Value>(work: () => Value, describe: () => string): Value {
    const started = performance.now();
    const value = work();
    this.#note(performance.now() - started, () => Math.min(...[1, 2, 3].map(() => cpuTime(work))), describe);
    return value;
  }

  #note(ms: number, again: () => number, describe: () => string): void {
    const counted = ms < LIMIT_MS ? ms : again();
    this.slowest = Math.max(this.slowest, counted);
    if (counted >= LIMIT_MS) this.#hung.push(`${counted.toFixed(0)} ms: ${describe()}`);
  }

  /** What took more than 100 ms, and as much CPU time each time it was done again. */
  get hung(): readonly string[] {
    return this.#hung;
  }
}

/** ms of this process */
function cpuTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** octets in use after everything that can go is gone */
export function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
