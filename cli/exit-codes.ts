/** "Refused" goes before "cannot say", and that before "has no DANE": somebody must look. */
const WORST_FIRST = [2, 3, 1, 0] as const;

/** The exit code of a command from those of its runs; where there was none, nothing was determined. */
export const worstExitCode = (codes: readonly number[]): number => WORST_FIRST.find((code) => codes.includes(code)) ?? 3;
