/** What a tab is called: what the person named it, else its target, escaped and cut. */
import { plainText } from '../../core/base/plain-text.ts';
import type { RunSession } from '../session/run-session.ts';
import type { Status } from '../status/vocabulary.ts';
import { headline } from '../views/overview/headline.ts';
import type { RunTab } from './tab-store.ts';

const LONGEST = 60;

export const tabTitle = (tab: Pick<RunTab, 'name' | 'session'>): string => titleOf(tab.name, tab.session.getState().target);

export const titleOf = (name: string | null, target: string | null): string => plainText(name ?? target ?? 'New tab', LONGEST);

/** null before the first run */
export const tabStatus = ({ run, running, target }: RunSession): Status | null => (target === null ? null : headline(run, running).status);
