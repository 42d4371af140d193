/** The run files of kept tabs in the page's storage, each in pieces: none takes long to write, and what is there already is not written again. */
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { nextTask } from '../session/next-task.ts';

export type PageStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Where the pieces of a run stand. */
export interface KeptRun {
  readonly id: number;
  readonly pieces: number;
}

export interface RunText {
  readonly run: KeptRun;
  readonly text: string;
}

const PREFIX = 'danescope.run.';
/** characters; a browser writes so many in a few milliseconds, and four million in a hundred */
const PIECE = 128 * 1024;

const ids = new WeakMap<readonly InspectionEvent[], number>();
let last = 0;

/** The same events have the same place: those of a run that goes on are others. */
export function runText(events: readonly InspectionEvent[], text: string): RunText {
  let id = ids.get(events);
  if (id === undefined) {
    id = last += 1;
    ids.set(events, id);
  }
  return { run: { id, pieces: Math.ceil(text.length / PIECE) }, text };
}

/** With a task of the browser between two pieces. */
export async function writeInPieces(storage: PageStorage, runs: readonly RunText[], isWanted: () => boolean): Promise<void> {
  for (const [key, piece] of missing(storage, runs)) {
    await nextTask();
    if (!isWanted()) return;
    storage.setItem(key, piece);
  }
}

/** At once: the page goes. */
export function writeRuns(storage: PageStorage, runs: readonly RunText[]): void {
  for (const [key, piece] of missing(storage, runs)) storage.setItem(key, piece);
}

export function removeRuns(storage: PageStorage, but: readonly RunText[] = []): void {
  const kept = new Set(but.flatMap(keysOf));
  for (const key of keys(storage)) if (!kept.has(key)) storage.removeItem(key);
}

/** By key; for `joined`. */
export const readPieces = (storage: PageStorage): ReadonlyMap<string, string> => new Map(keys(storage).map((key) => [key, storage.getItem(key) ?? '']));

/** @returns null where a piece is missing: the page ended while they were written */
export function joined({ id, pieces }: KeptRun, stored: ReadonlyMap<string, string>): string | null {
  const texts = Array.from({ length: Math.min(pieces, stored.size) }, (_, index) => stored.get(keyOf(id, index)));
  return texts.length === pieces && texts.every((one) => one !== undefined) ? texts.join('') : null;
}

const keyOf = (id: number, index: number): string => `${PREFIX}${String(id)}.${String(index)}`;

const keysOf = ({ run }: RunText): readonly string[] => Array.from({ length: run.pieces }, (_, index) => keyOf(run.id, index));

const keys = (storage: PageStorage): readonly string[] => Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter((key) => key !== null).filter((key) => key.startsWith(PREFIX));

function missing(storage: PageStorage, runs: readonly RunText[]): readonly (readonly [string, string])[] {
  const there = new Set(keys(storage));
  return runs.flatMap((one) => keysOf(one).flatMap((key, index) => (there.has(key) ? [] : [[key, one.text.slice(index * PIECE, (index + 1) * PIECE)] as const])));
}
