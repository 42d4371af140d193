/** Dialogue lines from anywhere in the window, as Wireshark moves in its list without its having the focus. */
import { connectionId, focusOf } from '../selection/focus.ts';
import { useSelection } from '../selection/selection-store.ts';
import { useSession } from '../session/session-store.ts';
import { dialogueRows, dialogueText } from '../views/dialogue/model.ts';
import { nextIndex } from '../views/findings/model.ts';
import { say } from '../workbench/ui-store.ts';
import { copyText } from './clipboard.ts';

export function stepLine(step: 1 | -1): void {
  const { run } = useSession.getState();
  const { selection, endpoint, select } = useSelection.getState();
  const { connection } = focusOf(run, selection, endpoint);
  if (connection === null) return;
  const current = connection.lines.findIndex((line) => line.seq === selection?.event);
  const last = connection.lines.length - 1;
  const atEnd = (step === 1 && current === last) || (step === -1 && current === 0);
  const line = connection.lines[atEnd ? current : nextIndex(current, connection.lines.length, step)];
  if (line !== undefined) select(connectionId(run, connection), line.seq);
}

export function copyDialogue(): void {
  const { run } = useSession.getState();
  const { selection, endpoint } = useSelection.getState();
  const focus = focusOf(run, selection, endpoint);
  if (focus.connection === null) return say('No dialogue to copy');
  void copyText(dialogueText(dialogueRows(focus.connection, focus.endpoint, run.context?.startedAt ?? null)), 'the dialogue');
}
