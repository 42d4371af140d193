import { useMemo, useState } from 'react';
import { Grid, GridCell, RowHeader } from '../../a11y/grid.tsx';
import type { Roving } from '../../a11y/roving.ts';
import { useRoving } from '../../a11y/roving.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useFocus } from '../../selection/use-focus.ts';
import { useSession } from '../../session/session-store.ts';
import { Mark } from '../../status/mark.tsx';
import { Plain } from '../../text/plain.tsx';
import { shortHex } from '../../text/dns-numbers.ts';
import type { GridCell as MatchCell, GridRow, TlsaGrid } from './model.ts';

/** The record's own cell stands first; then one for each depth. That leads to its certificate too. */
export function RecordGrid({ grid }: { readonly grid: TlsaGrid }): React.ReactNode {
  const select = useSelection((state) => state.select);
  const { record: currentRecord, certificate } = useFocus();
  const certificates = useSession((state) => state.run.certificates);
  const [reason, setReason] = useState<string | null>(null);
  const columns = grid.columns.length + 1;
  const ids = useMemo(() => grid.rows.flatMap((row) => [rowId(row), ...row.cells.map((cell) => cell.id)]), [grid]);
  const show = (id: string): void => {
    const row = grid.rows.find((one) => rowId(one) === id || one.cells.some((cell) => cell.id === id));
    const cell = row?.cells.find((one) => one.id === id);
    setReason(cell?.help ?? row?.record.reason?.text ?? null);
    if (row !== undefined) select(row.subject, cell?.event ?? null);
  };
  const roving = useRoving({ ids, columns, onMove: show });
  return (
    <div className="matrix-frame">
      <div className="matrix-scroll">
        <Grid label="TLSA records against the depths of the chain" className="record-grid" roving={roving}>
          <thead><tr>
            <th scope="col">Record</th>
            {grid.columns.map((title, index) => (
              <th key={title} scope="col" className={grid.certificates[index] !== null && grid.certificates[index] === certificate ? 'current-column' : undefined}>
                {title}<span className="column-name"><Plain text={certificates[grid.certificates[index] ?? '']?.commonName ?? ''} limit={40} /></span>
              </th>
            ))}
          </tr></thead>
          <tbody>
            {grid.rows.map((row) => (
              <tr key={rowId(row)} className={row.record.index === currentRecord ? 'current' : ''} aria-selected={row.record.index === currentRecord}>
                <RecordCell row={row} roving={roving} choose={() => show(rowId(row))} />
                {row.cells.map((cell, index) => <DepthCell key={cell.id} cell={cell} label={grid.columns[index] ?? ''} roving={roving} choose={() => show(cell.id)} hint={setReason} />)}
              </tr>
            ))}
          </tbody>
        </Grid>
      </div>
      <p className="matrix-reason">{reason === null ? <span className="quiet">Move through the cells for the reason of each.</span> : <Plain text={reason} limit={600} />}</p>
    </div>
  );
}

const rowId = (row: GridRow): string => `record ${String(row.record.index)}`;

function RecordCell({ row, roving, choose }: { readonly row: GridRow; readonly roving: Roving; readonly choose: () => void }): React.ReactNode {
  const { record } = row;
  return (
    <RowHeader id={rowId(row)} roving={roving} className={record.usable ? 'record' : 'record unusable'} choose={choose}>
      <span className="record-numbers mono"><span className="record-index">{record.index + 1}</span> <span className="record-code">{row.numbers} {shortHex(record.data)}</span></span>
      <span className="record-words">{row.words}</span>
      {record.usable ? null : <span className="record-why"><Mark status={{ sign: 'dash', tone: 'pending', word: 'unusable' }} /> <Plain text={record.reason?.text ?? ''} limit={200} /></span>}
    </RowHeader>
  );
}

interface DepthCellProps {
  readonly cell: MatchCell;
  /** title of its column */
  readonly label: string;
  readonly roving: Roving;
  readonly choose: () => void;
  readonly hint: (text: string | null) => void;
}

function DepthCell({ cell, label, roving, choose, hint }: DepthCellProps): React.ReactNode {
  return (
    <GridCell id={cell.id} roving={roving} label={label} says={cell.help} className={cell.authenticates ? 'match authenticates' : 'match'} choose={choose} hover={(inside) => hint(inside ? cell.help : null)}>
      <Mark status={cell.status} />
    </GridCell>
  );
}
