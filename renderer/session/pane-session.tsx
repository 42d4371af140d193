/** What one pane shows: the session, but while a run goes on the pane learns of more when it is its turn to draw. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { StoreApi } from 'zustand';
import { activeTab } from '../tabs/tab-store.ts';
import { PaneSessionContext, useSession } from './session-store.ts';
import type { SessionState } from './session-store.ts';
import { turns } from './turns.ts';
import type { Turns } from './turns.ts';

export function PaneSession({ children }: { readonly children: ReactNode }): ReactNode {
  const [store] = useState(() => inTurn(useSession, turns()));
  return <PaneSessionContext value={store}>{children}</PaneSessionContext>;
}

export function inTurn(session: StoreApi<SessionState>, { take, leave }: Turns): StoreApi<SessionState> {
  let shown = { tab: activeTab(), state: session.getState() };
  const listeners = new Set<(state: SessionState, previous: SessionState) => void>();
  const show = (): void => {
    const previous = shown.state;
    shown = { tab: activeTab(), state: session.getState() };
    if (shown.state !== previous) for (const listener of listeners) listener(shown.state, previous);
  };
  const look = (): void => (shown.tab === activeTab() && isUnderWay(shown.state, session.getState()) ? take(show) : show());
  let unfollow: (() => void) | null = null;
  const subscribe: StoreApi<SessionState>['subscribe'] = (listener) => {
    listeners.add(listener);
    if (unfollow === null) {
      unfollow = session.subscribe(look);
      look();
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      unfollow?.();
      unfollow = null;
      leave(show);
    };
  };
  return { ...session, getState: () => shown.state, subscribe };
}

/** A run begins, goes on or ends; whatever else changes is shown at once. */
function isUnderWay(shown: SessionState, now: SessionState): boolean {
  return (shown.busy || now.busy) && now.position === shown.position && now.connectionLost === shown.connectionLost;
}
