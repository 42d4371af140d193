/** The run of the active tab, with what all tabs share. What is written here goes to the active tab, or to the tab named. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi, UseBoundStore } from 'zustand';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import type { Run } from '../../core/inspection/run.ts';
import { ofActiveTab } from '../tabs/of-active-tab.ts';
import { activeTab } from '../tabs/tab-store.ts';
import type { RunTab } from '../tabs/tab-store.ts';
import { headline } from '../views/overview/headline.ts';
import { add, begin, end, open, replay } from './run-session.ts';
import type { RunSession } from './run-session.ts';
import { windowSession } from './window-session.ts';
import type { WindowSession } from './window-session.ts';

export type SessionState = RunSession & WindowSession;

const session = ofActiveTab((tab) => tab.session, windowSession);

/** What the pane around shows of the session; null outside of panes. */
export const PaneSessionContext = createContext<StoreApi<SessionState> | null>(null);

/** In a pane it is what the pane shows, which may be some frames behind; its `getState` is always the newest. */
export const useSession: UseBoundStore<StoreApi<SessionState>> = Object.assign(
  <Part>(selector?: (state: SessionState) => Part) => useStore(useContext(PaneSessionContext) ?? session, selector ?? ((state: SessionState) => state as unknown as Part)),
  session,
);

export function beginRun(target: string, tab: RunTab = activeTab()): void {
  windowSession.setState({ connectionLost: null });
  begin(tab.session, target);
}

export const tell = (batch: readonly InspectionEvent[], tab: RunTab = activeTab()): void => add(tab.session, batch);

export function endRun(target: string, tab: RunTab = activeTab()): void {
  end(tab.session);
  const { whole } = tab.session.getState();
  if (whole.state !== 'finished') return;
  windowSession.setState(({ results }) => ({ results: { ...results, [target]: headline(whole, false).status } }));
}

/** @throws where the facts cannot be read; then the tab shows what it showed before */
export const openRun = (file: string, events: readonly InspectionEvent[], tab: RunTab = activeTab(), folded?: Run): void => open(tab.session, file, events, folded);

/** @param position how many events the views show; null for all */
export const replayTo = (position: number | null): void => replay(activeTab().session, position);
