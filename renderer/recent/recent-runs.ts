/** The last runs, kept by the browser on this computer so that they can be opened again. Large ones are listed without their events. */
import { create } from 'zustand';
import { writeRunFile } from '../../core/inspection/run-file.ts';
import type { RunSession } from '../session/run-session.ts';
import { useRunSettings } from '../settings/run-settings.ts';
import { SIGNS, TONES } from '../status/vocabulary.ts';
import type { Status } from '../status/vocabulary.ts';
import { headline } from '../views/overview/headline.ts';
import { deleteRecord, putRecord, readRecords } from './recent-database.ts';

export interface RecentRun {
  readonly id: string;
  readonly target: string;
  /** ISO 8601 UTC */
  readonly startedAt: string;
  readonly status: Status;
  /** the run file; null where it was too large to keep */
  readonly text: string | null;
}

const MOST = 10;
/** characters a run */
const LARGEST = 4 * 1024 * 1024;

/** Newest first. */
export const useRecentRuns = create<{ readonly runs: readonly RecentRun[] }>()(() => ({ runs: [] }));

export async function loadRecentRuns(): Promise<void> {
  const stored = (await readRecords()).flatMap(recentRun);
  useRecentRuns.setState({ runs: newestFirst(stored).slice(0, MOST) });
}

/** Of a run made here that came to its end. */
export async function remember({ whole, events, target, file }: RunSession): Promise<void> {
  const startedAt = whole.context?.startedAt;
  if (!useRunSettings.getState().keepRecent || whole.state !== 'finished' || startedAt === undefined || target === null || file !== null) return;
  const text = writeRunFile(events);
  const run: RecentRun = { id: `${startedAt} ${target}`.slice(0, 400), target: target.slice(0, 2048), startedAt, status: headline(whole, false).status, text: text.length > LARGEST ? null : text };
  const all = newestFirst([run, ...useRecentRuns.getState().runs.filter((one) => one.id !== run.id)]);
  useRecentRuns.setState({ runs: all.slice(0, MOST) });
  await putRecord(run);
  for (const old of all.slice(MOST)) await deleteRecord(old.id);
}

export async function forget(id: string): Promise<void> {
  useRecentRuns.setState(({ runs }) => ({ runs: runs.filter((one) => one.id !== id) }));
  await deleteRecord(id);
}

export async function forgetAll(): Promise<void> {
  for (const { id } of useRecentRuns.getState().runs) await forget(id);
}

const newestFirst = (runs: readonly RecentRun[]): readonly RecentRun[] => runs.toSorted((left, right) => (left.startedAt < right.startedAt ? 1 : -1));

/** What was stored is read as if a stranger had written it. */
export function recentRun(stored: unknown): readonly RecentRun[] {
  if (typeof stored !== 'object' || stored === null) return [];
  const { id, target, startedAt, status, text } = stored as { readonly [name: string]: unknown };
  if (typeof id !== 'string' || typeof target !== 'string' || typeof startedAt !== 'string' || !isStatus(status)) return [];
  return [{ id, target, startedAt, status, text: typeof text === 'string' && text.length <= LARGEST ? text : null }];
}

function isStatus(value: unknown): value is Status {
  if (typeof value !== 'object' || value === null) return false;
  const { sign, tone, word } = value as { readonly [name: string]: unknown };
  return SIGNS.some((one) => one === sign) && TONES.some((one) => one === tone) && typeof word === 'string' && word.length < 60;
}
