/** The exit code of a command from those of its runs. */
import type { Run } from '../core/inspection/run.ts';

export const exitCodeOf = (run: Run): number => (run.outcome.outcome === 'authenticated' ? 0 : 2);

/** "Refused" goes before "cannot say", and that before "has no DANE": somebody must look. */
const WORST_FIRST = [2, 3, 1, 0] as const;

export const worstExitCode = (codes: readonly number[]): number => WORST_FIRST.find((code) => codes.includes(code)) ?? 3;
