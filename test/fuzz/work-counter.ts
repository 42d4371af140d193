/**
 * How much work a function makes in our code: the blocks that V8 enters, each function call and each turn of a loop being one. No clock, so the
 * same on every machine. Only what is compiled later is counted: import this first. What V8 does inside one call (a copy of octets) is one.
 */
import { Session } from 'node:inspector';

interface Coverage {
  readonly result: readonly { readonly url: string; readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[] }[];
}

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** blocks of `core/` that were entered */
export function workOf(work: () => void): number {
  taken();
  work();
  return taken();
}

/** Counts since the last time. */
function taken(): number {
  let blocks = 0;
  session.post('Profiler.takePreciseCoverage', (error: Error | null, { result }: Coverage) => {
    if (error !== null) throw error;
    const ours = result.filter(({ url }) => url.includes('/core/'));
    blocks = ours.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges)).reduce((sum, { count }) => sum + count, 0);
  });
  return blocks;
}
