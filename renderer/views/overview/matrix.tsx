/** The delivery matrix as a real table. The reason of the cell with the focus, or under the pointer, stands below it. */
import { Fragment, memo, useDeferredValue, useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { Grid, GridCell, RowHeader } from '../../a11y/grid.tsx';
import { useRoving } from '../../a11y/roving.ts';
import type { Roving } from '../../a11y/roving.ts';
import { useFollow } from '../../a11y/use-follow.ts';
import { endpointId } from '../../selection/focus.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useFocus } from '../../selection/use-focus.ts';
import { useSession } from '../../session/session-store.ts';
import type { Run } from '../../../core/inspection/run.ts';
import { plainText } from '../../../core/base/plain-text.ts';
import { HostName } from '../../text/host-name.tsx';
import { Plain } from '../../text/plain.tsx';
import type { Cell } from './cell.ts';
import { MatrixCell } from './matrix-cell.tsx';
import { RowGap } from '../row-groups.tsx';
import { STAGES, isSameRow, matrix } from './model.ts';
import type { MatrixRow } from './model.ts';
import { useRowWindow } from '../use-row-window.ts';

/** host, address, key, then the stages */
const LEAD = 3;
const COLUMNS = LEAD + STAGES.length;

export function Matrix(): React.ReactNode {
  // Cells by the hundred are drawn in slices between the frames, not before the next one; what is said of a run is said of the one that is drawn.
  const { run, running } = useDeferredValue(useSession(useShallow(({ run: of, running: goesOn }) => ({ run: of, running: goesOn }))));
  const rows = useMemo(() => matrix(run), [run]);
  const [reason, setReason] = useState<string | null>(null);
  const rowIds = useSame(useMemo(() => rows.map(({ id }) => id), [rows]));
  const ids = useMemo(() => rowIds.flatMap((id) => Array.from({ length: COLUMNS }, (_, column) => cellId(id, column))), [rowIds]);
  const show = (id: string): void => {
    const cell = cellAt(rows, id);
    setReason(cell?.help ?? null);
    selectCell(rows, id);
  };
  const roving = useRoving({ ids, columns: COLUMNS, onMove: show });
  const current = useCurrentRow(rows);
  useFollow(roving.container, current === null ? null : cellId(current.id, 0));
  return (
    <div className="matrix-frame">
      <div className="matrix-scroll">
        <Grid className="matrix" label="Delivery matrix: hosts against stages" rows={rows.length + 1} roving={roving}>
          <thead><tr>{['MX host', 'Address', 'Key', ...STAGES].map((title) => <th key={title} scope="col">{title}</th>)}</tr></thead>
          <tbody>
            {rows.length === 0 ? <PendingRow run={run} running={running} /> : <Rows rows={rows} ids={rowIds} current={current} roving={roving} show={show} hint={setReason} />}
          </tbody>
        </Grid>
      </div>
      {rows.length === 0 && !running ? null : <p className="matrix-reason"><span className="quiet">{reason === null ? 'Times in ms. Move through the cells for the reason of each.' : null}</span>{reason === null ? null : <Plain text={reason} limit={600} />}</p>}
    </div>
  );
}

/** The list of before, where it says the same: what is made from it stays too. */
function useSame(list: readonly string[]): readonly string[] {
  const [kept, setKept] = useState(list);
  if (kept === list || (kept.length === list.length && kept.every((one, index) => one === list[index]))) return kept;
  setKept(list);
  return list;
}

interface RowsProps {
  readonly rows: readonly MatrixRow[];
  readonly ids: readonly string[];
  readonly current: MatrixRow | null;
  readonly roving: Roving;
  readonly show: (id: string) => void;
  readonly hint: (text: string | null) => void;
}

/** Of a long matrix only what is in sight is in the document: a table is laid out as a whole with each change. */
function Rows({ rows, ids, current, ...rest }: RowsProps): React.ReactNode {
  const stop = rest.roving.current;
  const needed = [rows.findIndex((row) => stop?.startsWith(`${row.id} `) === true), current === null ? -1 : rows.indexOf(current)];
  const { places, heightOf } = useRowWindow(rest.roving.container, ids, { needed });
  return (
    <>
      {places.map((place, index) => {
        const row = rows[place];
        const left = place - (places[index - 1] ?? -1) - 1;
        return row === undefined ? null : (
          <Fragment key={row.id}>
            {left === 0 ? null : <RowGap height={heightOf(left)} />}
            <Row row={row} place={place} current={row === current} {...rest} />
          </Fragment>
        );
      })}
      {places.length === rows.length ? null : <RowGap height={heightOf(rows.length - 1 - (places.at(-1) ?? -1))} />}
    </>
  );
}

interface RowProps {
  readonly row: MatrixRow;
  /** from 0 */
  readonly place: number;
  readonly current: boolean;
  readonly roving: Roving;
  readonly show: (id: string) => void;
  readonly hint: (text: string | null) => void;
}

/** A row is drawn again when it says something else, is chosen, or has the tab stop: what `show` finds in it is the same as long as it says the same. */
const Row = memo(RowCells, (before, after) => before.place === after.place && before.current === after.current && ownStop(before) === ownStop(after) && isSameRow(before.row, after.row));

const ownStop = ({ row, roving }: RowProps): string | null => (roving.current?.startsWith(`${row.id} `) === true ? roving.current : null);

function RowCells({ row, place, current, roving, show, hint }: RowProps): React.ReactNode {
  const preference = row.preference === null ? '' : String(row.preference);
  const lead = (column: number) => ({ id: cellId(row.id, column), roving, choose: () => show(cellId(row.id, column)) });
  return (
    <tr aria-rowindex={place + 2} aria-selected={current} className={`${current ? 'current' : ''}${row.firstOfHost ? ' first-of-host' : ''}`}>
      <RowHeader className="host" {...lead(0)}>{row.firstOfHost ? <span className="host-name"><span className="preference">{preference}</span> <HostName name={row.host} /></span> : <span className="for-screen-reader">{preference} {plainText(row.host, 253)}</span>}</RowHeader>
      <GridCell className={row.address?.includes(':') === true ? 'address mono long' : 'address mono'} label="Address" {...lead(1)}>{row.address === null ? <span className="quiet">–</span> : <Plain text={row.address} />}</GridCell>
      <GridCell className="key" label="Key" {...lead(2)}>{row.keyType === '' ? <span className="quiet">–</span> : row.keyType}</GridCell>
      {row.cells.map((cell, index) => (
        <MatrixCell key={STAGES[index]} cell={cell} stage={STAGES[index] ?? ''} {...lead(LEAD + index)} hint={hint} />
      ))}
    </tr>
  );
}

function PendingRow({ run: { destination }, running }: { readonly run: Run; readonly running: boolean }): React.ReactNode {
  const isKnown = destination !== null && destination.kind !== 'lookup-failed';
  return <tr><td className="no-host quiet" colSpan={COLUMNS}>{running ? 'Looking for the hosts…' : (isKnown ? 'No host to deliver to.' : 'No host is known.')}</td></tr>;
}

const cellId = (row: string, column: number): string => `${row} ${String(column)}`;

function cellAt(rows: readonly MatrixRow[], id: string): Cell | null {
  const row = rows.find((one) => id.startsWith(`${one.id} `));
  const column = Number(id.slice(id.lastIndexOf(' ') + 1));
  return row?.cells[column - LEAD] ?? null;
}

function selectCell(rows: readonly MatrixRow[], id: string): void {
  const row = rows.find((one) => id.startsWith(`${one.id} `));
  const cell = cellAt(rows, id);
  if (row === undefined) return;
  const { select } = useSelection.getState();
  if (cell === null || cell.subject === row.subject) select(row.subject);
  else select(cell.subject, cell.event);
}

/** The row of the selected endpoint; none as long as nothing was selected. */
function useCurrentRow(rows: readonly MatrixRow[]): MatrixRow | null {
  const selected = useSelection((state) => state.selection !== null);
  const { endpoint, connection } = useFocus();
  if (!selected) return null;
  const id = endpoint === null ? null : endpointId(endpoint);
  return rows.find((row) => row.subject === id) ?? rows.find((row) => row.host === connection?.connection.host && row.address === connection.connection.address) ?? null;
}
