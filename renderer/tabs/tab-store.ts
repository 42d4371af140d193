/** The tabs of the window: each has a run, a selection and a place of its own. */
import { create } from 'zustand';
import type { StoreApi } from 'zustand';
import { runSession } from '../session/run-session.ts';
import type { RunSessionStore } from '../session/run-session.ts';
import { selectionHistory } from '../selection/selection-history.ts';
import type { SelectionState } from '../selection/selection-history.ts';
import { tabUi } from './tab-ui.ts';
import type { TabUi } from './tab-ui.ts';

export interface RunTab {
  readonly id: number;
  /** given by the person; null where the target names it */
  readonly name: string | null;
  readonly session: RunSessionStore;
  readonly selection: StoreApi<SelectionState>;
  readonly ui: StoreApi<TabUi>;
}

interface TabsState {
  /** in the order of the strip; never empty */
  readonly tabs: readonly RunTab[];
  readonly active: number;
  /** the last closed first; they keep their runs until they fall off */
  readonly closed: readonly RunTab[];
}

/** Closed runs that can be had back. */
const KEPT = 8;

let last = 0;

export function freshTab(ui: StoreApi<TabUi> = tabUi()): RunTab {
  last += 1;
  return { id: last, name: null, session: runSession(), selection: selectionHistory(), ui };
}

export const useTabs = create<TabsState>()(() => {
  const first = freshTab();
  return { tabs: [first], active: first.id, closed: [] };
});

export const activeTab = (): RunTab => {
  const { tabs, active } = useTabs.getState();
  const tab = tabs.find((one) => one.id === active);
  if (tab === undefined) throw new Error('no tab is active');
  return tab;
};

/** Opens an empty tab beside the active one, in front, with the views as they are now but for the centre. */
export function newTab(): RunTab {
  const { centre: _, ...front } = activeTab().ui.getState().front;
  return insert(freshTab(tabUi(front)));
}

/** The active tab where it has shown nothing yet, else a new one. */
export function emptyTab(): RunTab {
  const tab = activeTab();
  return isEmpty(tab) ? tab : newTab();
}

/** As {@link emptyTab}, but nothing comes to the front: the tab itself where it is there and empty, else a new one beside it, or at the end. */
export function tabBehind(beside: RunTab): RunTab {
  const { tabs } = useTabs.getState();
  const at = tabs.indexOf(beside);
  if (at !== -1 && isEmpty(beside)) return beside;
  const tab = freshTab(tabUi());
  const before = at === -1 ? tabs.length : at + 1;
  useTabs.setState({ tabs: [...tabs.slice(0, before), tab, ...tabs.slice(before)] });
  return tab;
}

/** The last one does not close: it becomes an empty one. @returns what was closed */
export function closeTab(id: number = useTabs.getState().active): RunTab | null {
  const { tabs, active, closed } = useTabs.getState();
  const index = tabs.findIndex((one) => one.id === id);
  const tab = tabs[index];
  if (tab === undefined || (tabs.length === 1 && isEmpty(tab))) return null;
  const rest = tabs.filter((one) => one !== tab);
  const left = rest.length === 0 ? [freshTab()] : rest;
  const next = id === active ? (left[Math.min(index, left.length - 1)]?.id ?? active) : active;
  useTabs.setState({ tabs: left, active: next, closed: isEmpty(tab) ? closed : [tab, ...closed].slice(0, KEPT) });
  return tab;
}

/** @returns the tab that came back, or null where none was closed */
export function reopenTab(): RunTab | null {
  const [tab, ...closed] = useTabs.getState().closed;
  if (tab === undefined) return null;
  const alone = useTabs.getState().tabs.length === 1 ? activeTab() : null;
  insert(tab);
  useTabs.setState(({ tabs }) => ({ closed, tabs: alone !== null && isEmpty(alone) ? tabs.filter((one) => one !== alone) : tabs }));
  return tab;
}

/** @param active one of them */
export const replaceTabs = (tabs: readonly RunTab[], active: RunTab): void => useTabs.setState({ tabs, active: active.id });

export const showTab = (id: number): void => {
  if (useTabs.getState().tabs.some((one) => one.id === id)) useTabs.setState({ active: id });
};

/** Around the end to the beginning. */
export function stepTab(step: 1 | -1): void {
  const { tabs, active } = useTabs.getState();
  const index = tabs.findIndex((one) => one.id === active);
  showTab(tabs[(index + step + tabs.length) % tabs.length]?.id ?? active);
}

/** @param name empty for the target's name */
export const renameTab = (id: number, name: string): void =>
  useTabs.setState(({ tabs }) => ({ tabs: tabs.map((one) => (one.id === id ? { ...one, name: name.trim() === '' ? null : name.trim().slice(0, LONGEST_NAME) } : one)) }));

export const LONGEST_NAME = 60;

const isEmpty = ({ session }: RunTab): boolean => session.getState().target === null;

function insert(tab: RunTab): RunTab {
  useTabs.setState(({ tabs, active }) => {
    const at = tabs.findIndex((one) => one.id === active) + 1;
    return { tabs: [...tabs.slice(0, at), tab, ...tabs.slice(at)], active: tab.id };
  });
  return tab;
}
