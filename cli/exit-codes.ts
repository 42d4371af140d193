import { NOT_WRITTEN } from './output.ts';

/** "Refused" goes before "cannot say", and that before "has no DANE": somebody must look. A run that was to be kept and is not goes before all. */
const WORST_FIRST = [NOT_WRITTEN, 2, 3, 1, 0] as const;

/** The exit code of a command from those of its runs; where there was none, nothing was determined. */
export const worstExitCode = (codes: readonly number[]): number => WORST_FIRST.find((code) => codes.includes(code)) ?? 3;
