/** Programs that a test needs without needing root: high ports on 127.0.0.1 will do. */
import { findProgram } from './programs.ts';

export { announceSkip } from './programs.ts';

export function whyNotAnywhere(programs: readonly string[]): string | null {
  const missing = programs.filter((program) => findProgram(program) === null);
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`;
}
