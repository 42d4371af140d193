/** A run file written without holding the window up. */
import type { InspectionEvent, RunContext } from '../../core/inspection/events.ts';
import { runFileHeader, runFileLine } from '../../core/inspection/run-file.ts';
import { nextTask } from './next-task.ts';

/** events written in one piece */
const PIECE = 250;

export async function runFileInPieces(events: readonly InspectionEvent[], redacted: RunContext['redacted']): Promise<string> {
  const pieces = [runFileHeader(redacted)];
  for (let at = 0; at < events.length; at += PIECE) {
    await nextTask();
    pieces.push(events.slice(at, at + PIECE).map(runFileLine).join(''));
  }
  return pieces.join('');
}
