/** Dialogue lines from anywhere in the window, as Wireshark moves in its list without its having the focus. */
import type { ConnectionState } from '../../core/inspection/run.ts';
import { focusOf } from '../selection/focus.ts';
import { useSelection } from '../selection/selection-store.ts';
import { useSession } from '../session/session-store.ts';
import { chooseRow, isChoosable } from '../views/dialogue/choose-row.ts';
import { selectedRow, useChosenLine } from '../views/dialogue/line-store.ts';
import { dialogueRows, dialogueText } from '../views/dialogue/model.ts';
import type { DialogueRow } from '../views/dialogue/model.ts';
import { nextIndex } from '../views/findings/model.ts';
import { say } from '../workbench/ui-store.ts';
import { copyText } from './clipboard.ts';

export function stepLine(step: 1 | -1): void {
  const { selection } = useSelection.getState();
  const { connection, rows } = shownRows();
  if (connection === null) return say('No dialogue yet: nothing was connected');
  const lines = rows.filter(isChoosable);
  const selected = selectedRow(lines, selection, useChosenLine.getState());
  const current = selected === null ? -1 : lines.indexOf(selected);
  const atEnd = (step === 1 && current === lines.length - 1) || (step === -1 && current === 0);
  const row = lines[atEnd ? current : nextIndex(current, lines.length, step)];
  if (row !== undefined) chooseRow(connection, row);
}

export function copyDialogue(): void {
  const { connection, rows } = shownRows();
  if (connection === null) return say('No dialogue to copy');
  void copyText(dialogueText(rows).split('\n'), 'the dialogue');
}

function shownRows(): { readonly connection: ConnectionState | null; readonly rows: readonly DialogueRow[] } {
  const { run } = useSession.getState();
  const { selection, endpoint: last } = useSelection.getState();
  const { connection, endpoint } = focusOf(run, selection, last);
  return { connection, rows: connection === null ? [] : dialogueRows(connection, endpoint, run.context?.startedAt ?? null) };
}
