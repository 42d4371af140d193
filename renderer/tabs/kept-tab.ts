/** One tab as the page's storage has it, read as if a stranger had written it. */
import type { SubjectId } from '../../core/base/subject.ts';
import type { Selection } from '../selection/selection-history.ts';
import { AREAS } from '../workbench/layout.ts';
import { isViewName } from '../workbench/views.ts';
import type { TabUi } from './tab-ui.ts';
import { LONGEST_NAME } from './tab-store.ts';

export interface KeptTab {
  readonly name: string | null;
  readonly typed: string;
  readonly target: string | null;
  readonly file: string | null;
  readonly selection: Selection | null;
  readonly finding: string | null;
  readonly front: TabUi['front'];
  /** the run file; null for a tab that showed none */
  readonly text: string | null;
  readonly active: boolean;
}

export interface KeptTabs {
  readonly tabs: readonly KeptTab[];
  /** titles of those that found no room */
  readonly left: readonly string[];
}

type Stored = { readonly [name: string]: unknown };

export function readKeptTabs(stored: string | null): KeptTabs {
  const { tabs, left } = parsed(stored);
  return { tabs: list(tabs).map((one) => keptTab(object(one))), left: list(left).flatMap((one) => text(one) ?? []) };
}

function keptTab({ name, typed, target, file, selection, finding, front, text: run, active }: Stored): KeptTab {
  return {
    name: text(name)?.slice(0, LONGEST_NAME) ?? null, typed: text(typed) ?? '', target: text(target), file: text(file), finding: text(finding), text: text(run), active: active === true,
    selection: selectionOf(object(selection)), front: frontOf(object(front)),
  };
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
