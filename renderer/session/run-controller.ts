/** Starts and stops runs. Events come in batches and reach the screen at most once a frame, so that a busy run cannot block it. */
import type { InspectorClient } from '../../core/api/inspector-client.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { useSelection } from '../selection/selection-store.ts';
import { forgetFinding } from '../workbench/ui-store.ts';
import { beginRun, endRun, tell, useSession } from './session-store.ts';

/** ms between two looks at the events; a fold that takes long is done less often */
const SHORTEST_WAIT = 60;
const REPLACED = 'replaced by another run';

export interface RunController {
  /** Reads the text as a target and inspects it; a text that is no target gets its error and starts nothing. */
  run(text: string): Promise<void>;
  runAgain(): Promise<void>;
  stop(): void;
  /** another run takes the screen: nothing more of the one under way is shown */
  leave(): void;
}

export function runController(client: InspectorClient): RunController {
  let current: AbortController | null = null;
  const stop = (): void => current?.abort('stopped');
  const run = async (text: string): Promise<void> => {
    useSession.setState({ typed: text });
    if (!(await isTarget(client, text))) return;
    current?.abort(REPLACED);
    const mine = new AbortController();
    current = mine;
    useSelection.getState().clear();
    forgetFinding();
    beginRun(text);
    await follow(client, text, mine.signal);
    if (current === mine) endRun(text);
  };
  const leave = (): void => {
    current?.abort(REPLACED);
    current = null;
  };
  return { run, stop, leave, runAgain: () => run(useSession.getState().target ?? useSession.getState().typed) };
}

async function isTarget(client: InspectorClient, text: string): Promise<boolean> {
  try {
    const reading = await client.parseTarget(text);
    useSession.setState({ targetError: reading.ok ? null : reading.error });
    return reading.ok;
  } catch (error) {
    lost(error);
    return false;
  }
}

async function follow(client: InspectorClient, target: string, signal: AbortSignal): Promise<void> {
  const screen = paced(signal);
  try {
    for await (const batch of client.inspect({ target }, signal)) screen.add(batch);
  } catch (error) {
    if (!signal.aborted) lost(error);
  }
  screen.finish();
}

/** The engine is gone or refused to go on: what came so far stays on the screen. */
function lost(error: unknown): void {
  useSession.setState({ connectionLost: error instanceof Error ? error.message : String(error) });
}

function paced(signal: AbortSignal): { add(batch: readonly InspectionEvent[]): void; finish(): void } {
  let waiting: InspectionEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let wait = 0;
  const show = (): void => {
    timer = null;
    if (waiting.length === 0 || replaced(signal)) return;
    const batch = waiting;
    waiting = [];
    const before = performance.now();
    tell(batch);
    wait = Math.max(SHORTEST_WAIT, 4 * (performance.now() - before));
  };
  return {
    add: (batch) => {
      waiting.push(...batch);
      timer ??= setTimeout(show, wait);
    },
    finish: () => {
      if (timer !== null) clearTimeout(timer);
      show();
    },
  };
}

/** A run that was stopped still shows its last events; one that another run replaced does not. */
const replaced = (signal: AbortSignal): boolean => signal.aborted && signal.reason === REPLACED;
