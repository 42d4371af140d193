/** The conversation with one server, line by line; below the window's other panes, always in sight. */
import { useMemo } from 'react';
import type { ConnectionState } from '../../../core/inspection/run.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { LineTerminal } from '../../terminal/line-terminal.tsx';
import { BytesPane } from './bytes-pane.tsx';
import { chooseRow } from './choose-row.ts';
import { ConnectionPicker } from './connection-picker.tsx';
import { selectedRow, useChosenLine } from './line-store.ts';
import { dialogueRows } from './model.ts';
import type { DialogueRow } from './model.ts';
import { terminalLines } from './terminal-lines.ts';
import { useShownConnection } from './use-shown-connection.ts';

export function DialogueDrawer(): React.ReactNode {
  const startedAt = useSession((state) => state.run.context?.startedAt ?? null);
  const selection = useSelection((state) => state.selection);
  const chosen = useChosenLine();
  const { connection, endpoint } = useShownConnection();
  const rows = useMemo(() => (connection === null ? [] : dialogueRows(connection, endpoint, startedAt)), [connection, endpoint, startedAt]);
  const selected = selectedRow(rows, selection, chosen);
  return (
    <section className="dialogue" aria-label="SMTP dialogue">
      <div className="drawer-head">
        <ConnectionPicker />
      </div>
      <div className="drawer-body">
        <Lines connection={connection} rows={rows} selected={selected} />
        <BytesPane row={selected} />
      </div>
    </section>
  );
}

interface LinesProps {
  readonly connection: ConnectionState | null;
  readonly rows: readonly DialogueRow[];
  readonly selected: DialogueRow | null;
}

/** The terminal is there before there are lines: to make one takes longer than a frame while a run streams in. */
function Lines({ connection, rows, selected }: LinesProps): React.ReactNode {
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const lines = useMemo(() => terminalLines(rows), [rows]);
  const choose = (id: string): void => {
    const row = rows.find((one) => one.id === id);
    if (row !== undefined && connection !== null) chooseRow(connection, row);
  };
  return (
    <div className="lines" data-empty={lines.length === 0 || undefined}>
      <LineTerminal
        label="Lines" log={`${run.context?.startedAt ?? ''} ${String(connection?.connection.number)}`} lines={lines}
        place={selected !== null ? 'as-it-is' : (running ? 'end' : 'start')} selected={selected?.id ?? null} choose={choose}
      />
      {lines.length === 0 ? <NothingSaid /> : null}
    </div>
  );
}

function NothingSaid(): React.ReactNode {
  const running = useSession((state) => state.running);
  const started = useSession((state) => state.target !== null);
  const others = useSession((state) => state.run.connections.length > 0);
  const made = others ? 'No connection was made for what is selected.' : 'No connection was made.';
  const words = running ? 'No connection yet.' : (started ? made : 'What is said to each server, and answered, stands here.');
  return <p className="section-note lines-empty">{words}</p>;
}
