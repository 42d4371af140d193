/** The one selection of the active tab, that every view renders and can set. */
import { ofActiveTab } from '../tabs/of-active-tab.ts';

export type { Selection } from './selection-history.ts';

export const useSelection = ofActiveTab((tab) => tab.selection);
