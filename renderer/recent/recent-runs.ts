/** The last runs, kept by the browser on this computer so that they can be opened again. Large ones are listed without their events. */
import { create } from 'zustand';
import { plainText } from '../../core/base/plain-text.ts';
import { runFileInPieces } from '../session/run-file-in-pieces.ts';
import type { RunSession } from '../session/run-session.ts';
import { useRunSettings } from '../settings/run-settings.ts';
import { SIGNS, TONES } from '../status/vocabulary.ts';
import type { Status } from '../status/vocabulary.ts';
import { shownTarget } from '../text/shown-target.ts';
import { headline } from '../views/overview/headline.ts';
import { deleteRecord, putRecord, readRecord, readRecords } from './recent-database.ts';

export interface RecentRun {
  readonly id: string;
  readonly target: string;
  /** ISO 8601 UTC */
  readonly startedAt: string;
  readonly status: Status;
  /** whether it can be opened again: one that was too large is only listed */
  readonly opens: boolean;
  /** the run file where there is no database to keep it in; a long one is some megabytes, so else it is read when it is wanted */
  readonly text: string | null;
  /** how many were kept: a run that goes on in a console has more */
  readonly events: number;
}

const MOST = 10;
/** characters a run */
const LARGEST = 4 * 1024 * 1024;

/** Newest first. */
export const useRecentRuns = create<{ readonly runs: readonly RecentRun[] }>()(() => ({ runs: [] }));

export async function loadRecentRuns(): Promise<void> {
  const stored = (await readRecords()).flatMap(recentRun);
  // A run may have ended before the database answered.
  useRecentRuns.setState(({ runs }) => ({ runs: newestFirst([...runs, ...stored.filter(({ id }) => !runs.some((one) => one.id === id))]).slice(0, MOST) }));
}

/** Whether the database has said that it has the run, with this many events: until then only the page has it. */
export const isKept = (startedAt: string | undefined, events: number): boolean =>
  useRecentRuns.getState().runs.some((run) => run.startedAt === startedAt && run.opens && run.text === null && run.events === events);

/** run files that are being written, for the list to have them then; what is forgotten meanwhile is taken out */
const underWay = new Set<{ readonly id: string }>();

export const recentId = (startedAt: string, target: string): string => `${startedAt} ${target}`.slice(0, 400);

/** Of a run made here that came to its end. */
export async function remember({ whole, events, target, file }: RunSession): Promise<void> {
  const startedAt = whole.context?.startedAt;
  if (!useRunSettings.getState().keepRecent || whole.state !== 'finished' || startedAt === undefined || target === null || file !== null) return;
  const writing = { id: recentId(startedAt, target) };
  underWay.add(writing);
  const text = await runFileInPieces(events, whole.context?.redacted);
  if (!underWay.delete(writing) || !useRunSettings.getState().keepRecent) return;
  const record = { ...writing, target: shownTarget({ target, whole }) ?? target, startedAt, status: headline(whole, false).status, text: text.length > LARGEST ? null : text, events: events.length };
  const run: RecentRun = { ...record, opens: record.text !== null };
  const all = newestFirst([run, ...useRecentRuns.getState().runs.filter((one) => one.id !== run.id)]);
  useRecentRuns.setState({ runs: all.slice(0, MOST) });
  if (await putRecord(record)) useRecentRuns.setState(({ runs }) => ({ runs: runs.map((one) => (one === run ? { ...run, text: null } : one)) }));
  for (const old of all.slice(MOST)) await deleteRecord(old.id);
}

/** @returns the run file; null where it is not there any more */
export async function textOf(run: RecentRun): Promise<string | null> {
  return run.text ?? storedText(await readRecord(run.id));
}

export async function forget(id: string): Promise<void> {
  for (const writing of underWay) if (writing.id === id) underWay.delete(writing);
  useRecentRuns.setState(({ runs }) => ({ runs: runs.filter((one) => one.id !== id) }));
  await deleteRecord(id);
}

export async function forgetAll(): Promise<void> {
  underWay.clear();
  for (const { id } of useRecentRuns.getState().runs) await forget(id);
}

const newestFirst = (runs: readonly RecentRun[]): readonly RecentRun[] => runs.toSorted((left, right) => (left.startedAt < right.startedAt ? 1 : -1));

/** What was stored is read as if a stranger had written it. */
export function recentRun(stored: unknown): readonly RecentRun[] {
  if (typeof stored !== 'object' || stored === null) return [];
  const { id, target, startedAt, status, events } = stored as { readonly [name: string]: unknown };
  if (typeof id !== 'string' || typeof target !== 'string' || typeof startedAt !== 'string' || !MOMENT.test(startedAt) || !isStatus(status)) return [];
  return [{ id, target, startedAt, status, opens: storedText(stored) !== null, text: null, events: typeof events === 'number' ? events : 0 }];
}

export function storedText(stored: unknown): string | null {
  const text = typeof stored === 'object' && stored !== null && 'text' in stored ? stored.text : null;
  return typeof text === 'string' && text.length <= LARGEST ? text : null;
}

/** ISO 8601 UTC, as a run says it */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

function isStatus(value: unknown): value is Status {
  if (typeof value !== 'object' || value === null) return false;
  const { sign, tone, word } = value as { readonly [name: string]: unknown };
  return SIGNS.some((one) => one === sign) && TONES.some((one) => one === tone) && typeof word === 'string' && word.length < 60 && plainText(word) === word;
}
