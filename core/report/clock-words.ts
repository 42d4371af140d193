/** How far the clock was off, in the words of a report: `−412 s (behind) by 3 name servers of 3 zones`. */
import { clockOffset } from '../inspection/clock-offset.ts';
import type { Run } from '../inspection/run.ts';

export interface ClockWords {
  /** `+0 s by 7 name servers`; null where it is not known */
  readonly short: string | null;
  readonly whole: string;
}

export function clockWords(run: Run): ClockWords {
  const offset = clockOffset(run);
  if (offset.state === 'not-measured') return { short: null, whole: `not known: ${offset.reason}` };
  const { seconds, servers, zones, heard } = offset;
  const by = `${offsetText(seconds)} by ${String(servers)} name servers`;
  return { short: by, whole: `${by} of ${String(zones)} zones${heard === servers ? '' : `; ${String(heard - servers)} more told another time`}` };
}

function offsetText(seconds: number): string {
  if (seconds === 0) return '+0 s';
  return seconds > 0 ? `+${String(seconds)} s (ahead)` : `−${String(-seconds)} s (behind)`;
}
