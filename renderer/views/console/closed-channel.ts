/** The end of a channel that the engine could not tell. */
import type { InspectionEvent } from '../../../core/inspection/events.ts';
import type { Run } from '../../../core/inspection/run.ts';
import { openConsoleOf } from './model.ts';

/**
 * The engine cannot tell its own end, nor that of its page, and the channel ended with it: the page, where alone it is known, puts that into
 * the run, so that the views, what is saved and every report say it.
 */
export function closedBecause(run: Run, why: string): readonly InspectionEvent[] {
  const console = openConsoleOf(run);
  if (console === null) return [];
  const { connection: { number }, subject, startedAt, lines } = console;
  const at = Math.max(startedAt, lines.at(-1)?.at ?? 0);
  return [{ type: 'smtp.console', seq: run.events, at, subject, connection: number, state: 'closed', by: 'stopped', text: why }];
}
