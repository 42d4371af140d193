/** What a tab is called: what the person named it, else its target, escaped and cut. */
import { plainText } from '../../core/base/plain-text.ts';
import type { RunSession } from '../session/run-session.ts';
import type { Status } from '../status/vocabulary.ts';
import { shownTarget } from '../text/shown-target.ts';
import { headline } from '../views/overview/headline.ts';
import type { RunTab } from './tab-store.ts';

/** of what was typed; its A-label may stand beside it, and is never cut */
const LONGEST = 60;

export const tabTitle = (tab: Pick<RunTab, 'name' | 'session'>): string => tab.name === null ? shownTarget(tab.session.getState(), LONGEST) ?? NEW : titleOf(tab.name, null);

export const titleOf = (name: string | null, target: string | null): string => plainText(name ?? target ?? NEW, LONGEST);

const NEW = 'New tab';

/** null before the first run */
export const tabStatus = ({ run, running, target }: RunSession): Status | null => (target === null ? null : headline(run, running).status);
