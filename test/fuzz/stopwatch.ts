/** Nothing hangs: each piece of work is timed, and one that seems slow is done again by CPU time, as the machine may have been busy. */
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
    this.#note(performance.now() - started, () => {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }, describe);
    return value;
  }

  #note(ms: number, again: () => number, describe: () => string): void {
    const counted = ms < LIMIT_MS ? ms : again();
    this.slowest = Math.max(this.slowest, counted);
    if (counted >= LIMIT_MS) this.#hung.push(`${counted.toFixed(0)} ms: ${describe()}`);
  }

  /** What took more than 100 ms, and as much CPU time when done again. */
  get hung(): readonly string[] {
    return this.#hung;
  }
}

/** octets in use after everything that can go is gone */
export function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
