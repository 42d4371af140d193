/** What of the window belongs to one run: which finding is current, what is filtered, which view is in front in each area. */
import { createStore } from 'zustand';
import type { StoreApi } from 'zustand';
import type { Area } from '../workbench/areas.ts';
import type { ViewName } from '../workbench/views.ts';

export interface TabUi {
  /** id of the finding that F8 and the copy key are about */
  readonly finding: string | null;
  readonly replayShown: boolean;
  readonly filters: { readonly [View in ViewName]?: string };
  /** the view in front in each area; where none is named, the first */
  readonly front: { readonly [Place in Area]?: ViewName };
}

export const tabUi = (front: TabUi['front'] = {}): StoreApi<TabUi> => createStore<TabUi>()(() => ({ finding: null, replayShown: false, filters: {}, front }));
