export const root: string;
export type Part = 'node' | 'renderer' | 'electron';
export function isStale(part: Part): boolean;
/** Ends the process where the build fails. */
export function build(part: Part): Promise<void>;
export function tryBuild(part: Part): Promise<boolean>;
export function prepare(parts: readonly Part[]): Promise<void>;
