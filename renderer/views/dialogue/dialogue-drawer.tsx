/** The conversation with one server, line by line; below the window's other panes, always in sight. */
import { useMemo } from 'react';
import { connectionId } from '../../selection/focus.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { BytesPane } from './bytes-pane.tsx';
import { ConnectionPicker } from './connection-picker.tsx';
import { LineList } from './line-list.tsx';
import { dialogueRows } from './model.ts';
import type { DialogueRow } from './model.ts';
import { useShownConnection } from './use-shown-connection.ts';

export function DialogueDrawer(): React.ReactNode {
  const startedAt = useSession((state) => state.run.context?.startedAt ?? null);
  const event = useSelection((state) => state.selection?.event ?? null);
  const { connection, endpoint } = useShownConnection();
  const rows = useMemo(() => (connection === null ? [] : dialogueRows(connection, endpoint, startedAt)), [connection, endpoint, startedAt]);
  const selected = rows.find((row) => row.seq !== null && row.seq === event) ?? null;
  return (
    <section className="dialogue" aria-label="SMTP dialogue">
      <div className="drawer-head">
        <ConnectionPicker />
      </div>
      <div className="drawer-body">
        <LineList key={connection?.connection.number ?? 0} rows={rows} selected={selected} choose={useChoose()} />
        <BytesPane row={selected} />
      </div>
    </section>
  );
}

function useChoose(): (row: DialogueRow) => void {
  const run = useSession((state) => state.run);
  const select = useSelection((state) => state.select);
  const { connection } = useShownConnection();
  return (row) => {
    if (connection !== null && row.seq !== null) select(connectionId(run, connection), row.seq);
  };
}
