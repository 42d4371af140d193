/** Starts and stops the runs of the tabs. Events come in batches and reach the screen in pieces, with time between them, so that a busy run cannot block it. */
import type { InspectorClient, TargetReading } from '../../core/api/inspector-client.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { remember } from '../recent/recent-runs.ts';
import { requestFor } from '../settings/run-settings.ts';
import { windowHand } from '../step/hand.ts';
import type { Hand } from '../step/hand.ts';
import { waitingCommands } from '../step/waiting.ts';
import { activeTab, closeTab } from '../tabs/tab-store.ts';
import type { RunTab } from '../tabs/tab-store.ts';
import { tabStatus, tabTitle } from '../tabs/tab-title.ts';
import { forgetFinding, say } from '../workbench/ui-store.ts';
import { nextTask } from './next-task.ts';
import type { NotStarted } from './run-session.ts';
import { beginRun, endRun, tell } from './session-store.ts';
import { drawingTime } from './turns.ts';
import { windowSession } from './window-session.ts';

/** ms between two looks at the events; where a look takes long there are fewer */
const SHORTEST_WAIT = 60;
/** the share of the time that looks may take is one in so many */
const SHARE = 10;
/** events that one look takes: folding and drawing them stays well within a frame or two */
const AT_ONCE = 1000;
const REPLACED = 'replaced by another run';

export interface RunController {
  /** What a text names, before anything is contacted. */
  read(text: string): Promise<TargetReading>;
  /** Reads the text as a target and inspects it in the active tab; a text that is no target gets its error and starts nothing. */
  run(text: string): Promise<void>;
  runAgain(): Promise<void>;
  stop(): void;
  /** another run takes the tab: nothing more of the one under way is shown */
  leave(): void;
  /** Stops the run of the tab and closes it. */
  close(tab: RunTab): void;
}

export function runController(client: InspectorClient, hand: Hand = windowHand(client)): RunController {
  const current = new Map<number, AbortController>();
  const run = async (text: string): Promise<void> => {
    const tab = activeTab();
    tab.session.setState({ typed: text, notStarted: null });
    if (!(await isTarget(client, text, tab))) return;
    current.get(tab.id)?.abort(REPLACED);
    const mine = new AbortController();
    current.set(tab.id, mine);
    await inspected({ client, hand, text, tab, signal: mine.signal });
    if (current.get(tab.id) === mine) current.delete(tab.id);
  };
  const close = (tab: RunTab): void => {
    current.get(tab.id)?.abort('stopped');
    hand.leave(tab);
    const title = tabTitle(tab);
    if (closeTab(tab.id) !== null && tab.session.getState().target !== null) say(`Closed ${title}; “Reopen closed run” brings it back`);
  };
  const leave = (): void => {
    const { id } = activeTab();
    current.get(id)?.abort(REPLACED);
    current.delete(id);
  };
  const runAgain = async (): Promise<void> => {
    const { target, typed } = activeTab().session.getState();
    await run(target ?? typed);
  };
  const stop = (): void => {
    const tab = activeTab();
    const abort = (): void => current.get(tab.id)?.abort('stopped');
    if (waitingCommands(tab.session.getState().whole).length === 0) return abort();
    // Servers that wait for a command get their QUIT first, and the run tells it.
    void hand.control({ type: 'stop' }, tab).then((answer) => (answer.ok ? undefined : abort()), abort);
  };
  return { read: (text) => client.parseTarget(text), run, runAgain, leave, close, stop };
}

async function isTarget(client: InspectorClient, text: string, { session }: RunTab): Promise<boolean> {
  try {
    const reading = await client.parseTarget(text);
    session.setState({ targetError: reading.ok ? null : reading.error });
    return reading.ok;
  } catch (error) {
    lost(error);
    return false;
  }
}

interface Inspected {
  readonly client: InspectorClient;
  readonly hand: Hand;
  readonly text: string;
  readonly tab: RunTab;
  readonly signal: AbortSignal;
}

async function inspected(one: Inspected): Promise<void> {
  const { text, tab, signal } = one;
  const before = { session: tab.session.getState(), selection: tab.selection.getState(), ui: tab.ui.getState() };
  tab.selection.getState().clear();
  forgetFinding(tab);
  beginRun(text, tab);
  const refused = await follow(one);
  if (replaced(signal)) return;
  const notStarted: NotStarted | null = refused !== null ? { word: 'not started', why: refused } : (isUntold(one) ? { word: 'stopped', why: STOPPED_UNTOLD } : null);
  if (notStarted !== null) {
    tab.session.setState({ ...before.session, busy: false, running: before.session.position !== null, typed: text, notStarted });
    tab.selection.setState(before.selection);
    tab.ui.setState({ finding: before.ui.finding, replayShown: before.ui.replayShown });
    return;
  }
  endRun(text, tab);
  void remember(tab.session.getState());
  const status = tabStatus(tab.session.getState());
  if (tab.id !== activeTab().id && status !== null) say(`${tabTitle(tab)}: ${status.word}`);
}

const STOPPED_UNTOLD = 'It was stopped before its first event; what was there before is kept';

/** Stopped before it had told anything: there is no run to show in place of the one before. */
const isUntold = ({ tab, signal }: Inspected): boolean => signal.aborted && tab.session.getState().events.length === 0;

/** @returns why the engine would not begin, in words */
async function follow({ client, hand, text, tab, signal }: Inspected): Promise<string | null> {
  const screen = paced(signal, tab);
  let refused: string | null = null;
  try {
    for await (const batch of client.inspect({ ...requestFor(text), ...hand.begin(tab) }, signal)) screen.add(batch);
  } catch (error) {
    if (isRefusal(error)) refused = error.message;
    else if (!signal.aborted) lost(error);
  }
  await screen.finish();
  return refused;
}

/** The engine has as many runs of this window as it takes at once. */
const isRefusal = (error: unknown): error is Error => error instanceof Error && 'code' in error && error.code === 'TOO_MANY_REQUESTS';

/** The engine is gone or refused to go on: what came so far stays on the screen. */
function lost(error: unknown): void {
  windowSession.setState({ connectionLost: error instanceof Error ? error.message : String(error) });
}

function paced(signal: AbortSignal, tab: RunTab): { add(batch: readonly InspectionEvent[]): void; finish(): Promise<void> } {
  let waiting: InspectionEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let wait = 0;
  const show = (): void => {
    if (waiting.length === 0 || replaced(signal)) return;
    const batch = waiting.slice(0, AT_ONCE);
    waiting = waiting.slice(AT_ONCE);
    tell(batch, tab);
  };
  let drawn = drawingTime();
  const look = (): void => {
    const before = performance.now();
    // Panes draw in frames of their own; what they took since the last look counts for this one.
    const drawnSince = drawingTime() - drawn;
    drawn += drawnSince;
    show();
    // React draws after this, in tasks of its own: what they take counts too.
    setTimeout(() => {
      wait = Math.max(SHORTEST_WAIT, (SHARE - 1) * (performance.now() - before + drawnSince));
    });
    timer = waiting.length === 0 || replaced(signal) ? null : setTimeout(look, Math.max(SHORTEST_WAIT, wait));
  };
  return {
    add: (batch) => {
      if (replaced(signal)) return;
      waiting.push(...batch);
      timer ??= setTimeout(look, wait);
    },
    finish: async () => {
      if (timer !== null) clearTimeout(timer);
      while (waiting.length > 0 && !replaced(signal)) {
        show();
        if (waiting.length > 0) await nextTask();
      }
    },
  };
}

/** A run that was stopped still shows its last events; one that another run replaced does not. */
const replaced = (signal: AbortSignal): boolean => signal.aborted && signal.reason === REPLACED;
