/** Selecting a row of the dialogue selects its connection, and its event where it is one. */
import type { ConnectionState } from '../../../core/inspection/run.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useChosenLine } from './line-store.ts';
import type { DialogueRow } from './model.ts';

export function chooseRow(connection: ConnectionState, row: DialogueRow): void {
  const { select } = useSelection.getState();
  select(connection.subject, row.seq);
  useChosenLine.setState({ selection: useSelection.getState().selection, row: row.seq === null ? row.id : null });
}

export const isChoosable = (row: DialogueRow): boolean => row.seq !== null || row.kind === 'tls';
