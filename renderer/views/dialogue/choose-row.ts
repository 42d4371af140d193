/** Selecting a row of the dialogue selects its connection, and its event where it is one. */
import type { SubjectId } from '../../../core/base/subject.ts';
import type { ConnectionState } from '../../../core/inspection/run.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useChosenLine } from './line-store.ts';
import { END_ROW } from './model.ts';
import type { DialogueRow } from './model.ts';

export function chooseRow(connection: ConnectionState, row: DialogueRow): void {
  const { select } = useSelection.getState();
  select(connection.subject, row.seq);
  useChosenLine.setState({ selection: useSelection.getState().selection, row: row.seq === null ? row.id : null });
}

/** The line that says how the connection ended is marked. */
export function chooseEnd(connection: SubjectId): void {
  useSelection.getState().select(connection);
  useChosenLine.setState({ selection: useSelection.getState().selection, row: END_ROW });
}

export const isChoosable = (row: DialogueRow): boolean => row.seq !== null || row.kind === 'tls';
