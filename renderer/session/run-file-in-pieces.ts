/** A run file written and read without holding the window up. */
import type { InspectionEvent, RunContext } from '../../core/inspection/events.ts';
import type { Result } from '../../core/base/result.ts';
import { EMPTY_RUN, foldEvents } from '../../core/inspection/fold.ts';
import type { Run } from '../../core/inspection/run.ts';
import { readingRunFile, runFileHeader, runFileLine } from '../../core/inspection/run-file.ts';
import type { RunFileError } from '../../core/inspection/run-file.ts';
import { nextTask } from './next-task.ts';

/** events written, or folded, in one piece */
const PIECE = 250;

export async function runFileInPieces(events: readonly InspectionEvent[], redacted: RunContext['redacted']): Promise<string> {
  const pieces = [runFileHeader(redacted)];
  for (let at = 0; at < events.length; at += PIECE) {
    await nextTask();
    pieces.push(events.slice(at, at + PIECE).map(runFileLine).join(''));
  }
  return pieces.join('');
}

export async function readInPieces(text: string): Promise<Result<InspectionEvent[], RunFileError>> {
  const reading = readingRunFile(text);
  for (;;) {
    const step = reading.next();
    if (step.done === true) return step.value;
    await nextTask();
  }
}

/** @throws what the fold throws at facts that it cannot read */
export async function foldInPieces(events: readonly InspectionEvent[]): Promise<Run> {
  let run = EMPTY_RUN;
  for (let at = 0; at < events.length; at += PIECE) {
    if (at > 0) await nextTask();
    run = foldEvents(run, events.slice(at, at + PIECE));
  }
  return run;
}
