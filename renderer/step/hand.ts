/** The window's hand on its runs: step mode while they go on, a console after them. Each tab has at most one run in the engine. */
import type { ConsoleNews, InspectorClient } from '../../core/api/inspector-client.ts';
import type { ConsoleRequest, ControlAction, ControlAnswer } from '../../core/inspection/control.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { activeTab } from '../tabs/tab-store.ts';
import type { RunTab } from '../tabs/tab-store.ts';
import { isStepping } from './step-store.ts';

export interface Hand {
  /** A run begins in the tab: what the request says for it to be taken in hand. The console of the run before is closed. */
  begin(tab: RunTab): { readonly run: string; readonly step?: true };
  control(action: ControlAction, tab?: RunTab): Promise<ControlAnswer>;
  /** Settles when the channel is closed. @returns why there was none, in words; null where there was */
  openConsole(request: ConsoleRequest, tell: (events: readonly InspectionEvent[]) => void, tab?: RunTab): Promise<string | null>;
  /** Nothing more of the tab's console is shown; its server gets a QUIT. */
  leave(tab: RunTab): void;
}

export function windowHand(client: InspectorClient): Hand {
  const runs = new Map<number, string>();
  const consoles = new Map<number, AbortController>();
  const leave = (tab: RunTab): void => {
    consoles.get(tab.id)?.abort();
    consoles.delete(tab.id);
  };
  return {
    leave,
    begin: (tab) => {
      leave(tab);
      const run = runName();
      runs.set(tab.id, run);
      return isStepping() ? { run, step: true } : { run };
    },
    control: async (action, tab = activeTab()) => {
      const run = runs.get(tab.id);
      return run === undefined ? UNKNOWN : client.control(run, action);
    },
    openConsole: async (request, tell, tab = activeTab()) => {
      const run = runs.get(tab.id);
      if (run === undefined) return UNKNOWN.failure.text;
      const stop = new AbortController();
      consoles.set(tab.id, stop);
      return follow(client.openConsole({ ...request, run }, stop.signal), tell, stop.signal);
    },
  };
}

async function follow(news: AsyncIterable<ConsoleNews>, tell: (events: readonly InspectionEvent[]) => void, signal: AbortSignal): Promise<string | null> {
  for await (const one of news) {
    if (one.type === 'refused') return one.refusal.text;
    if (!signal.aborted) tell(one.events);
  }
  return null;
}

const UNKNOWN = { ok: false, failure: { code: 'unknown-run', text: 'The engine does not know this run: it was opened from a file, or the page was loaded again. Run it here, then open a channel.' } } as const;

/** `crypto.randomUUID` is not there in every context. */
const runName = (): string => `run-${[...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-')}`;
