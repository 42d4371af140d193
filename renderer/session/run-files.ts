/** Runs to files and back. The file is made and read in the page: no server sees it. */
import { plainText } from '../../core/base/plain-text.ts';
import { readRunFile, writeRunFile } from '../../core/inspection/run-file.ts';
import { useSelection } from '../selection/selection-store.ts';
import { forgetFinding, say, showView } from '../workbench/ui-store.ts';
import type { RunController } from './run-controller.ts';
import { openRun, useSession } from './session-store.ts';

/** Octets; the reader of the text has the same limit in characters. */
const LARGEST = 256 * 1024 * 1024;

export function saveRun(): void {
  const { events, target, whole } = useSession.getState();
  if (events.length === 0) return say('No run to save');
  const link = document.createElement('a');
  const address = URL.createObjectURL(new Blob([writeRunFile(events)], { type: 'application/jsonl' }));
  link.href = address;
  link.download = runFileName(target ?? '', whole.context?.startedAt ?? '');
  link.click();
  // The browser has taken hold of the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0);
  say(`Saved ${String(events.length)} events`);
}

/** `example.org 2026-11-24 1402Z.danescope.jsonl`: only characters that every file system takes */
export function runFileName(target: string, startedAt: string): string {
  const name = target.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replaceAll(/^[.-]+|-+$/g, '').slice(0, 100);
  const time = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/.exec(startedAt);
  return `${name === '' ? 'run' : name}${time === null ? '' : ` ${time[1] ?? ''} ${time[2] ?? ''}${time[3] ?? ''}Z`}.danescope.jsonl`;
}

/** Shows the system's dialogue for a file. */
export function chooseRunFile(controller: RunController): void {
  const field = document.createElement('input');
  field.type = 'file';
  field.accept = '.jsonl,.json,application/jsonl';
  field.addEventListener('change', () => {
    const file = field.files?.[0];
    if (file !== undefined) void openRunFile(file, controller);
  });
  field.click();
}

/** A file that is no run is answered in words; the window keeps what it shows. */
export async function openRunFile(file: File, controller: RunController): Promise<void> {
  const failure = file.size > LARGEST ? 'it is larger than 256 MiB' : await shown(file, controller);
  say(failure === null ? `Opened ${plainText(file.name, 80)}` : `Cannot open ${plainText(file.name, 80)}: ${plainText(failure, 300)}`);
}

async function shown(file: File, controller: RunController): Promise<string | null> {
  const read = readRunFile(await file.text());
  if (!read.ok) return `${read.failure.line === 0 ? '' : `line ${String(read.failure.line)}: `}${read.failure.text}`;
  if (read.value.length === 0) return 'it holds no event';
  controller.leave();
  try {
    openRun(file.name, read.value);
  } catch (error) {
    return `its facts cannot be read (${error instanceof Error ? error.message : String(error)})`;
  }
  useSelection.getState().clear();
  forgetFinding();
  showView('overview');
  return null;
}
