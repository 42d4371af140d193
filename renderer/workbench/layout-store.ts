/** The layout of the window; it survives a restart. */
import { create } from 'zustand';
import { HOME_LAYOUT, hidden, inFront, moved, readLayout, written } from './layout.ts';
import type { Area, SideArea } from './areas.ts';
import type { Layout } from './layout.ts';
import type { ViewName } from './views.ts';

const KEY = 'danescope.layout';
/** sizes of the panes, as `react-resizable-panels` keeps them */
const SIZES = ['columns', 'rows', 'upper'];

interface LayoutState {
  readonly layout: Layout;
  /** counts the resets, so that the panes take their first sizes again */
  readonly resets: number;
}

export const useLayout = create<LayoutState>()(() => ({ layout: readLayout(stored()), resets: 0 }));

export const placeView = (view: ViewName, area: Area, before: ViewName | null = null): void => keep(moved(useLayout.getState().layout, view, area, before));

/** Notes which view of a side is in front, and shows the side. */
export const showAtSide = (area: SideArea, view: ViewName): void => keep(hidden(inFront(useLayout.getState().layout, area, view), area, false));

export const hideArea = (area: SideArea, hide: boolean): void => keep(hidden(useLayout.getState().layout, area, hide));

export function resetLayout(): void {
  for (const key of Object.keys(localStorage)) if (SIZES.some((name) => key.includes(`danescope.${name}`))) localStorage.removeItem(key);
  keep(HOME_LAYOUT);
  useLayout.setState(({ resets }) => ({ resets: resets + 1 }));
}

function keep(layout: Layout): void {
  localStorage.setItem(KEY, written(layout));
  useLayout.setState({ layout });
}

/** Outside of a window there is no storage. */
function stored(): string | null {
  return typeof localStorage === 'undefined' ? null : localStorage.getItem(KEY);
}
