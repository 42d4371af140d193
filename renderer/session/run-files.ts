/** Runs to files and back. The file is made and read in the page: no server sees it. */
import { plainText } from '../../core/base/plain-text.ts';
import type { OpenedFile, Shell } from '../../core/api/shell.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { writeRunFile } from '../../core/inspection/run-file.ts';
import { activeTab, closeTab, emptyTab, tabBehind } from '../tabs/tab-store.ts';
import type { RunTab } from '../tabs/tab-store.ts';
import { counted } from '../text/counted.ts';
import { forgetFinding, say, showView } from '../workbench/ui-store.ts';
import { notify } from '../shell/asked-store.ts';
import { fileField } from './file-field.ts';
import { foldInPieces, readInPieces } from './run-file-in-pieces.ts';
import { markSaved } from './saved-runs.ts';
import { openRun, useSession } from './session-store.ts';

/** Octets; the reader of the text has the same limit in characters. */
const LARGEST = 256 * 1024 * 1024;

export async function saveRun(shell: Shell): Promise<void> {
  const { events, target, whole } = useSession.getState();
  if (events.length === 0) return say('No run to save');
  const name = runFileName(target ?? '', whole.context?.startedAt ?? '');
  const answer = await shell.save({ name, type: 'application/jsonl', content: writeRunFile(events) });
  if (answer.saved) {
    markSaved(events);
    say(`Saved ${counted(events.length, 'event')}`);
  } else say(answer.why === 'declined' ? 'Not saved' : `Not saved: ${plainText(answer.why, 300)}`);
}

/** `example.org 2026-11-24 1402Z.danescope.jsonl` */
export const runFileName = (target: string, startedAt: string): string => `${fileStem(target, startedAt)}.danescope.jsonl`;

/** octets; file systems take 255, and what comes behind it has some forty */
const LONGEST_STEM = 200;

/** `example.org 2026-11-24 1402Z`: only characters that every file system takes */
export function fileStem(target: string, startedAt: string): string {
  // The fillers of Hangul are letters, and invisible.
  const name = octets(target.slice(0, LONGEST_STEM).replaceAll(/(?:[^\p{L}\p{N}._-]|[\u115F\u1160\u3164\uFFA0])+/gu, '-').replaceAll(/^[.-]+|-+$/g, ''), LONGEST_STEM);
  const time = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/.exec(startedAt);
  return `${name === '' ? 'run' : name}${time === null ? '' : ` ${time[1] ?? ''} ${time[2] ?? ''}${time[3] ?? ''}Z`}`;
}

/** The first whole characters of a text, in no more than so many octets of UTF-8. */
function octets(text: string, most: number): string {
  let kept = '';
  for (const character of text) {
    if (new TextEncoder().encode(kept + character).length > most) break;
    kept += character;
  }
  return kept;
}

/** Shows the system's dialogue for files. */
export async function chooseRunFile(shell: Shell): Promise<void> {
  if (shell.kind === 'browser') return chooseRunFiles();
  const file = await shell.open();
  if (file !== null) await showRunFile(file);
}

/** A file that the window gave us. */
export async function showRunFile({ name, text }: OpenedFile): Promise<void> {
  const reader = readerNow();
  const failure = await openRunText(name, text, reader);
  if (failure === null) sayOpened(plainText(name, 80), reader);
  else notify([cannotOpen(name, failure)]);
}

/** Who asked for a run, and where they were: a long file is read for seconds, and whoever goes elsewhere meanwhile stays there. */
export interface Reader {
  tab: RunTab;
  target: string | null;
  /** left the tab, or began a run in it */
  isAway: boolean;
}

export function readerNow(): Reader {
  const tab = activeTab();
  return { tab, target: tab.session.getState().target, isAway: false };
}

export const sayOpened = (what: string, { isAway }: Reader): void => say(`Opened ${what}${isAway ? ' in the background' : ''}`);

const cannotOpen = (name: string, why: string): string => `Cannot open ${plainText(name, 80)}: ${plainText(why, 300)}`;

/** A browser gives several at once. */
function chooseRunFiles(): void {
  const field = fileField('.jsonl,.json,application/jsonl');
  field.multiple = true;
  field.addEventListener('change', () => void openRunFiles([...(field.files ?? [])]));
  field.click();
}

/** Each in a tab of its own, the empty one first; one that is no run is answered in words, and the window keeps what it shows. */
export async function openRunFiles(files: readonly File[]): Promise<void> {
  const failures: string[] = [];
  const reader = readerNow();
  for (const file of files) {
    const failure = file.size > LARGEST ? 'it is larger than 256 MiB' : await openRunText(file.name, await file.text(), reader);
    if (failure !== null) failures.push(cannotOpen(file.name, failure));
  }
  const [only] = files;
  const opened = files.length - failures.length;
  if (failures.length > 0) notify(failures);
  else if (only !== undefined) sayOpened(opened === 1 ? plainText(only.name, 80) : `${String(opened)} runs`, reader);
}

/** characters; what is longer takes a moment, and the window says so */
const LONG = 2_000_000;

/** @returns why it is no run, in words; null where it was opened */
export async function openRunText(name: string, text: string, reader: Reader = readerNow()): Promise<string | null> {
  if (text.length > LONG) say(`Opening ${plainText(name, 80)} …`);
  const read = await readInPieces(text);
  if (!read.ok) return `${read.failure.line === 0 ? '' : `line ${String(read.failure.line)}: `}${read.failure.text}`;
  if (read.value.length === 0) return 'it holds no event';
  return show(name, read.value, reader);
}

async function show(name: string, events: readonly InspectionEvent[], reader: Reader): Promise<string | null> {
  const unreadable = (error: unknown): string => `its facts cannot be read (${error instanceof Error ? error.message : String(error)})`;
  const folded = await foldInPieces(events).catch(unreadable);
  if (typeof folded === 'string') return folded;
  reader.isAway ||= activeTab() !== reader.tab || reader.tab.session.getState().target !== reader.target;
  const tab = reader.isAway ? tabBehind(reader.tab) : emptyTab();
  try {
    openRun(name, events, tab, folded);
  } catch (error) {
    if (tab !== reader.tab) closeTab(tab.id);
    return unreadable(error);
  }
  tab.selection.getState().clear();
  forgetFinding(tab);
  if (reader.isAway) {
    reader.tab = tab;
    return null;
  }
  showView('overview');
  Object.assign(reader, readerNow());
  return null;
}
