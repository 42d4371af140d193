/** A store that is the active tab's own: views read and write it as if there were one run, and follow when another tab comes to the front. */
import { createStore, useStore } from 'zustand';
import type { StoreApi, UseBoundStore } from 'zustand';
import { activeTab, useTabs } from './tab-store.ts';
import type { RunTab } from './tab-store.ts';

const NOTHING_SHARED = createStore<object>()(() => ({}));

export function ofActiveTab<Own extends object>(own: (tab: RunTab) => StoreApi<Own>): UseBoundStore<StoreApi<Own>>;
export function ofActiveTab<Own extends object, Shared extends object>(own: (tab: RunTab) => StoreApi<Own>, shared: StoreApi<Shared>): UseBoundStore<StoreApi<Own & Shared>>;
/** @param shared what all tabs have in common; its parts and those of the tab have different names */
export function ofActiveTab<Own extends object>(own: (tab: RunTab) => StoreApi<Own>, shared: StoreApi<object> = NOTHING_SHARED): UseBoundStore<StoreApi<Own>> {
  const getState = joined(own, shared);
  const store: StoreApi<Own> = {
    getState,
    getInitialState: () => ({ ...shared.getInitialState(), ...own(activeTab()).getInitialState() }),
    subscribe: (listener) => listening({ own, shared, getState }, listener),
    setState: (change: Own | Partial<Own> | ((state: Own) => Own | Partial<Own>), replace?: boolean) => {
      const given = typeof change === 'function' ? change(getState()) : change;
      const ours = new Set(Object.keys(shared.getInitialState()));
      const parts = Object.entries(given);
      set(shared, Object.fromEntries(parts.filter(([name]) => ours.has(name))), replace);
      set(own(activeTab()), Object.fromEntries(parts.filter(([name]) => !ours.has(name))) as Partial<Own>, replace);
    },
  };
  return Object.assign(<Part>(selector?: (state: Own) => Part) => useStore(store, selector ?? ((state: Own) => state as unknown as Part)), store);
}

function set<State extends object>(store: StoreApi<State>, change: Partial<State>, replace = false): void {
  if (replace) store.setState(change as State, true);
  else if (Object.keys(change).length > 0) store.setState(change);
}

/** The same object for the same states: React asks twice and compares. */
function joined<Own extends object>(own: (tab: RunTab) => StoreApi<Own>, shared: StoreApi<object>): () => Own {
  let last: { readonly from: Own; readonly with: object; readonly both: Own } | null = null;
  return () => {
    const from = own(activeTab()).getState();
    const common = shared.getState();
    if (last === null || last.from !== from || last.with !== common) last = { from, with: common, both: { ...common, ...from } };
    return last.both;
  };
}

interface Sources<Own extends object> {
  readonly own: (tab: RunTab) => StoreApi<Own>;
  readonly shared: StoreApi<object>;
  readonly getState: () => Own;
}

function listening<Own extends object>({ own, shared, getState }: Sources<Own>, listener: (state: Own, previous: Own) => void): () => void {
  let before = getState();
  const look = (): void => {
    const now = getState();
    if (now === before) return;
    const previous = before;
    before = now;
    listener(now, previous);
  };
  let followed = own(activeTab());
  let leave = followed.subscribe(look);
  const leaveTabs = useTabs.subscribe(() => {
    const front = own(activeTab());
    if (front !== followed) {
      leave();
      followed = front;
      leave = followed.subscribe(look);
    }
    look();
  });
  const leaveShared = shared.subscribe(look);
  return () => {
    leave();
    leaveTabs();
    leaveShared();
  };
}
