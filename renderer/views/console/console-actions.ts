/** A channel opened and closed, and lines sent over it. The engine has the last word on every line. */
import { plainText } from '../../../core/base/plain-text.ts';
import { remember as rememberRun } from '../../recent/recent-runs.ts';
import { tell, useSession } from '../../session/session-store.ts';
import type { Hand } from '../../step/hand.ts';
import { activeTab } from '../../tabs/tab-store.ts';
import { closedBecause } from './closed-channel.ts';
import { consoleStore, remember } from './console-store.ts';
import { chosenEndpoint, openConsoleOf, turnOf } from './model.ts';

export async function openChannel(hand: Hand): Promise<void> {
  const tab = activeTab();
  const ui = consoleStore(tab);
  const { allow } = ui.getState();
  const { selection, endpoint } = tab.selection.getState();
  const chosen = chosenEndpoint(useSession.getState().whole, selection, endpoint);
  if (chosen === undefined) return ui.setState({ refusal: 'The run has no endpoint to open a channel to.' });
  ui.setState({ opening: true, refusal: null });
  const { host, address, keyType } = chosen;
  const { context } = tab.session.getState().whole;
  const refusal = await hand.openConsole({ host, address, keyType, allow }, (events) => tell(events, tab), tab).catch((error: unknown) => {
    // Another run may have taken the tab meanwhile; its console is not the one that is lost.
    if (tab.session.getState().whole.context === context) tell(closedBecause(tab.session.getState().whole, reasonOf(error)), tab);
    return unreached(error).failure.text;
  });
  ui.setState({ opening: false, refusal });
  // What was said over the channel is part of the run that is kept.
  if (refusal === null) void rememberRun(tab.session.getState());
}

/** @param confirmed the person was asked about this line */
export async function sendLine(hand: Hand, line: string, confirmed: boolean): Promise<void> {
  const tab = activeTab();
  const ui = consoleStore(tab);
  const turn = turnOf(openConsoleOf(useSession.getState().whole)?.lines ?? []);
  const answer = await hand.control({ type: 'type', text: line, confirmed }, tab).catch(unreached);
  if (answer.ok) ui.setState((state) => remember(state, line, turn));
  else if (answer.failure.code === 'needs-confirmation') ui.setState({ asked: line, refusal: null });
  else ui.setState({ refusal: answer.failure.text, asked: null });
}

const reasonOf = (error: unknown): string => plainText(error instanceof Error ? error.message : String(error), 200);

const unreached = (error: unknown) => ({ ok: false, failure: { code: 'closed', text: `The engine cannot be reached: ${reasonOf(error)}` } }) as const;
