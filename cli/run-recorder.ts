/** Keeps the events of a run as they come: in memory for the report, and in a run file that survives whatever ends us. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { fold } from '../core/inspection/fold.ts';
import type { InspectionEvent } from '../core/inspection/events.ts';
import type { Run } from '../core/inspection/run.ts';
import { runFileHeader, runFileLine } from '../core/inspection/run-file.ts';
import { errorCode } from './files.ts';
import { UsageError } from './usage-error.ts';

export class RunRecorder {
  readonly #events: InspectionEvent[] = [];
  readonly #file: number | null;

  /** @throws {UsageError} where the file cannot be written */
  constructor(path: string | null) {
    this.#file = path === null ? null : openForWriting(path);
    if (this.#file !== null) writeSync(this.#file, runFileHeader());
  }

  /** Each event is on the disk before the next one is asked for: a run that is killed is saved up to there. */
  record(event: InspectionEvent): void {
    this.#events.push(event);
    if (this.#file !== null) writeSync(this.#file, runFileLine(event));
  }

  run(): Run {
    return fold(this.#events);
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }
}

function openForWriting(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw new UsageError(`--save ${path} cannot be written (${errorCode(error)})`, 'name a file in a folder that exists and that you may write to');
  }
}
