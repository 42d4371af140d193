/** What the window shows: which view is in front in each area, the current finding, dialogs, a passing message. Nothing of the run. */
import { createStore } from 'zustand';
import { ofActiveTab } from '../tabs/of-active-tab.ts';
import { activeTab } from '../tabs/tab-store.ts';
import type { RunTab } from '../tabs/tab-store.ts';
import { areaOf } from './layout.ts';
import type { Area } from './areas.ts';
import type { Layout } from './layout.ts';
import { placeView, showAtSide, useLayout } from './layout-store.ts';
import { VIEWS } from './views.ts';
import type { ViewName } from './views.ts';

export type { ViewName } from './views.ts';

/** One at a time is open. */
export type DialogName = 'keys' | 'palette' | 'search' | 'settings' | 'rename' | 'link' | 'notice';

interface WindowUi {
  readonly dialog: DialogName | null;
  /** what the search is about; null for all of the run */
  readonly searched: ViewName | null;
  /** said in the status bar and by a screen reader, for a few seconds */
  readonly message: string;
}

const windowUi = createStore<WindowUi>()(() => ({ dialog: null, searched: null, message: '' }));

export const useUi = ofActiveTab((tab) => tab.ui, windowUi);

/** Brings a view to the front of its area, and shows the area where it was hidden. */
export function showView(view: ViewName): void {
  const { layout } = useLayout.getState();
  const area = areaOf(layout, view);
  useUi.setState(({ front }) => ({ front: { ...front, [area]: view } }));
  if (area !== 'centre') showAtSide(area, view);
}

/** The view in front in an area, or null in one that has none. */
export const frontOf = (layout: Layout, front: { readonly [Place in Area]?: ViewName }, area: Area): ViewName | null => {
  const views = layout.views[area];
  const kept = area === 'centre' ? undefined : layout.front[area];
  return views.find((view) => view === front[area]) ?? views.find((view) => view === kept) ?? views[0] ?? null;
};

export function moveView(view: ViewName, to: Area, before: ViewName | null = null): void {
  placeView(view, to, before);
  showView(view);
  say(`${VIEWS[view].title} moved: ${AREA_WORDS[to]}`);
}

const AREA_WORDS: { readonly [Place in Area]: string } = { left: 'left side', centre: 'centre', right: 'right side', bottom: 'bottom' };

export const showDialog = (dialog: DialogName): void => useUi.setState({ dialog });
/** @param view where what is sought must be; null for anywhere in the run */
export const showSearch = (view: ViewName | null): void => useUi.setState({ dialog: 'search', searched: view });
export const closeDialog = (): void => useUi.setState({ dialog: null });

export const useFilter = (view: ViewName): string => useUi((state) => state.filters[view] ?? '');

export const setFilter = (view: ViewName, filter: string): void => useUi.setState(({ filters }) => ({ filters: { ...filters, [view]: filter } }));

/** A new run has findings of its own. */
export function forgetFinding(tab: RunTab = activeTab()): void {
  tab.ui.setState({ finding: null, replayShown: false });
  useUi.setState({ message: '' });
}

/** ms that a short message stays, and a long one for each character: slow readers take as long */
const [MESSAGE_TIME, TIME_OF_CHARACTER] = [4000, 80];
let timer: ReturnType<typeof setTimeout> | null = null;

export function say(message: string): void {
  if (timer !== null) clearTimeout(timer);
  useUi.setState({ message });
  timer = setTimeout(() => useUi.setState({ message: '' }), Math.max(MESSAGE_TIME, TIME_OF_CHARACTER * message.length));
}
