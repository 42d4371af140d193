/** The selected row of the dialogue where it is not the selected event: a handshake message, or what shows a finding. It holds as long as the selection that it was made with. */
import { create } from 'zustand';
import type { Selection } from '../../selection/selection-store.ts';
import type { DialogueRow } from './model.ts';

interface ChosenLine {
  readonly selection: Selection | null;
  readonly row: string | null;
}

export const useChosenLine = create<ChosenLine>()(() => ({ selection: null, row: null }));

export function selectedRow(rows: readonly DialogueRow[], selection: Selection | null, chosen: ChosenLine): DialogueRow | null {
  if (selection === null) return null;
  const told = selection.event === null ? undefined : rows.find((row) => row.seq === selection.event);
  if (told !== undefined) return told;
  return chosen.selection === selection ? rows.find((row) => row.id === chosen.row) ?? null : null;
}
