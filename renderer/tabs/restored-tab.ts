/** A tab made again from what the page's storage had of it. */
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { fold } from '../../core/inspection/fold.ts';
import { readRunFile } from '../../core/inspection/run-file.ts';
import { restore } from '../session/run-session.ts';
import { windowSession } from '../session/window-session.ts';
import { closedBecause } from '../views/console/closed-channel.ts';
import { headline } from '../views/overview/headline.ts';
import type { KeptTab } from './kept-tab.ts';
import { freshTab } from './tab-store.ts';
import type { RunTab } from './tab-store.ts';
import { tabUi } from './tab-ui.ts';

/** @returns null where its run does not read */
export function tabFrom({ name, front, finding, typed, target, file, selection, text }: KeptTab): RunTab | null {
  const tab = { ...freshTab(tabUi(front)), name };
  tab.session.setState({ typed });
  if (text === null || target === null) return tab;
  const read = readRunFile(text);
  if (!read.ok) return null;
  try {
    restore(tab.session, file === null ? withoutPage(read.value) : read.value, { typed, target, file });
  } catch {
    // Facts that cannot be read: somebody else wrote them.
    return null;
  }
  tab.ui.setState({ finding });
  if (selection !== null) tab.selection.getState().select(selection.subject, selection.event);
  markResult(tab);
  return tab;
}

/** The engine closed the run's channel when the page that held it went. */
const withoutPage = (events: readonly InspectionEvent[]): readonly InspectionEvent[] => [...events, ...closedBecause(fold(events), 'The page was loaded again.')];

/** The list of scenes shows how the runs made here ended. */
function markResult({ session }: RunTab): void {
  const { target, file, whole } = session.getState();
  if (target === null || file !== null || whole.state !== 'finished') return;
  windowSession.setState(({ results }) => ({ results: { ...results, [target]: headline(whole, false).status } }));
}
