/** Keeps the events of a run as they come: in memory for the report, and in a run file that survives whatever ends us. */
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { fold } from '../core/inspection/fold.ts';
import type { InspectionEvent } from '../core/inspection/events.ts';
import type { Run } from '../core/inspection/run.ts';
import { runFileHeader, runFileLine } from '../core/inspection/run-file.ts';
import { errorCode, holdsRun } from './files.ts';
import { UsageError } from './usage-error.ts';

export class RunRecorder {
  readonly #events: InspectionEvent[] = [];
  readonly #path: string | null;
  #file: number | null;
  #failure: string | null = null;

  /** @throws {UsageError} where the file cannot be written, or holds something else than a run and `force` is not given */
  constructor(path: string | null, { force = false }: { readonly force?: boolean } = {}) {
    this.#path = path;
    this.#file = path === null ? null : openForWriting(path, force);
  }

  /** Each event is on the disk before the next one is asked for: a run that is killed is saved up to there. */
  record(event: InspectionEvent): void {
    this.#events.push(event);
    if (this.#file === null) return;
    try {
      writeSync(this.#file, runFileLine(event));
    } catch (error) {
      // Such as a full disk. What was found is told nevertheless; the file is a run up to there.
      this.#failure = `--save ${this.#path ?? ''} cannot be written any more (${errorCode(error)}); it holds the first ${String(this.#events.length - 1)} events`;
      this.close();
    }
  }

  /** Why the file does not hold all of the run, or null. */
  failure(): string | null {
    return this.#failure;
  }

  events(): readonly InspectionEvent[] {
    return this.#events;
  }

  run(): Run {
    return fold(this.#events);
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

function openForWriting(path: string, force: boolean): number {
  try {
    if (!force && !isOurs(path)) throw new UsageError(`--save ${path}: the file exists and is no run file`, 'name another file, or overwrite it with --force');
    const file = openSync(path, 'w');
    writeSync(file, runFileHeader());
    return file;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--save ${path} cannot be written (${errorCode(error)})`, 'name a file in a folder that exists and that you may write to');
  }
}

/** Nothing is there, or an empty file, or a run file, or no file at all such as a pipe. */
function isOurs(path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined || !there.isFile() || there.size === 0) return true;
  return holdsRun(path);
}
