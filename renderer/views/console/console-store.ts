/** What the console of each tab holds besides its run: what is typed, what was typed before, what is asked. Nothing secret is kept. */
import { createStore } from 'zustand';
import type { StoreApi } from 'zustand';
import type { ConsolePermission } from '../../../core/smtp/permission.ts';
import { ofActiveTab } from '../../tabs/of-active-tab.ts';
import type { RunTab } from '../../tabs/tab-store.ts';
import type { ConsoleTurn } from './model.ts';
import { verbOf } from './verbs.ts';

export interface ConsoleUi {
  readonly typed: string;
  /** oldest first; commands alone, and none that carried a secret */
  readonly history: readonly string[];
  /** place in the history; null where what is typed is new */
  readonly place: number | null;
  /** why the last line was not taken, or no channel was opened, in words */
  readonly refusal: string | null;
  /** a line about which the person is asked */
  readonly asked: string | null;
  readonly opening: boolean;
  readonly allow: ConsolePermission;
}

const LONGEST_HISTORY = 100;

const stores = new WeakMap<object, StoreApi<ConsoleUi>>();

/** The run's own store stands for the tab: a tab that is renamed is another object. */
export function consoleStore({ session }: Pick<RunTab, 'session'>): StoreApi<ConsoleUi> {
  const known = stores.get(session);
  if (known !== undefined) return known;
  const store = createStore<ConsoleUi>()(() => ({ typed: '', history: [], place: null, refusal: null, asked: null, opening: false, allow: { mail: false, auth: false } }));
  stores.set(session, store);
  return store;
}

export const useConsole = ofActiveTab(consoleStore);

/** After a line went out. Answers within AUTH, lines of a message and AUTH itself do not come back with an arrow key. */
export function remember(ui: ConsoleUi, line: string, turn: ConsoleTurn): ConsoleUi {
  const isKept = turn === 'command' && verbOf(line) !== 'AUTH' && ui.history.at(-1) !== line;
  return { ...ui, typed: '', place: null, refusal: null, asked: null, history: isKept ? [...ui.history, line].slice(-LONGEST_HISTORY) : ui.history };
}

/** @param step -1 for older */
export function recall(ui: ConsoleUi, step: 1 | -1): ConsoleUi {
  const { history, place } = ui;
  const next = (place ?? history.length) + step;
  if (next < 0 || history.length === 0) return ui;
  return next >= history.length ? { ...ui, place: null, typed: '' } : { ...ui, place: next, typed: history[next] ?? '' };
}
