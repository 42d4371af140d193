/** One tab as the page's storage has it, read as if a stranger had written it. */
import type { SubjectId } from '../../core/base/subject.ts';
import type { Selection } from '../selection/selection-history.ts';
import { AREAS } from '../workbench/areas.ts';
import { isViewName } from '../workbench/views.ts';
import { joined } from './kept-runs.ts';
import type { KeptRun } from './kept-runs.ts';
import type { TabUi } from './tab-ui.ts';
import { LONGEST_NAME } from './tab-store.ts';

interface TabState {
  readonly name: string | null;
  readonly typed: string;
  readonly target: string | null;
  readonly file: string | null;
  readonly selection: Selection | null;
  readonly finding: string | null;
  readonly front: TabUi['front'];
  readonly active: boolean;
}

export interface StoredTab extends TabState {
  /** where its run file stands; null for a tab that showed none */
  readonly run: KeptRun | null;
}

export interface KeptTab extends TabState {
  /** the run file, empty where it is not whole; null for a tab that showed none */
  readonly text: string | null;
}

export interface KeptTabs {
  readonly tabs: readonly KeptTab[];
  /** titles of those that found no room */
  readonly left: readonly string[];
}

type Stored = { readonly [name: string]: unknown };

/** @param pieces of run files, by key */
export function readKeptTabs(stored: string | null, pieces: ReadonlyMap<string, string>): KeptTabs {
  const { tabs, left } = parsed(stored);
  return { tabs: list(tabs).map((one) => keptTab(object(one), pieces)), left: list(left).flatMap((one) => text(one) ?? []) };
}

function keptTab({ name, typed, target, file, selection, finding, front, run, active }: Stored, pieces: ReadonlyMap<string, string>): KeptTab {
  return {
    name: text(name)?.slice(0, LONGEST_NAME) ?? null, typed: text(typed) ?? '', target: text(target), file: text(file), finding: text(finding), text: run == null ? null : textOf(object(run), pieces),
    active: active === true, selection: selectionOf(object(selection)), front: frontOf(object(front)),
  };
}

function textOf({ id, pieces: count }: Stored, pieces: ReadonlyMap<string, string>): string {
  return Number.isSafeInteger(id) && Number.isSafeInteger(count) ? joined({ id: Number(id), pieces: Math.max(0, Number(count)) }, pieces) ?? '' : '';
}

function selectionOf({ subject, event }: Stored): Selection | null {
  return typeof subject === 'string' && subject.includes(':') ? { subject: subject as SubjectId, event: typeof event === 'number' ? event : null } : null;
}

const frontOf = (stored: Stored): TabUi['front'] => Object.fromEntries(AREAS.flatMap((area) => (isViewName(stored[area]) ? [[area, stored[area]]] : [])));

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const object = (value: unknown): Stored => (typeof value === 'object' && value !== null ? { ...value } : {});

function parsed(stored: string | null): Stored {
  try {
    return object(JSON.parse(stored ?? '{}'));
  } catch {
    return {};
  }
}
