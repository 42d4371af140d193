import { useMemo, useState } from 'react';
import { plainText } from '../../../core/base/plain-text.ts';
import { Grid, GridCell, RowHeader } from '../../a11y/grid.tsx';
import { useRoving } from '../../a11y/roving.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { Mark } from '../../status/mark.tsx';
import { Plain } from '../../text/plain.tsx';
import type { ServerMatrix } from './server-matrix.ts';

/** What the cell with the focus, or under the pointer, says stands below the table. */
export function ServerMatrixTable({ matrix }: { readonly matrix: ServerMatrix }): React.ReactNode {
  const select = useSelection((state) => state.select);
  const subject = useSelection((state) => state.selection?.subject ?? null);
  const [said, setSaid] = useState<string | null>(null);
  const columns = matrix.servers.length + 1;
  const ids = useMemo(() => matrix.rows.flatMap((row) => Array.from({ length: columns }, (_, column) => `${row.id} ${String(column)}`)), [matrix, columns]);
  const show = (id: string): void => {
    const index = ids.indexOf(id);
    const row = matrix.rows[Math.floor(index / columns)];
    if (row === undefined) return;
    setSaid(row.cells[(index % columns) - 1]?.help ?? null);
    select(row.subject, row.event);
  };
  const roving = useRoving({ ids, columns, onMove: show });
  return (
    <section className="server-matrix">
      <h3>Servers of <Plain text={matrix.zone === '' ? 'an unknown zone' : matrix.zone} limit={253} /></h3>
      <Grid label={`Questions against the name servers of ${plainText(matrix.zone, 253)}`} className="answers" roving={roving}>
        <thead><tr><th scope="col">Question</th>{matrix.servers.map((server) => <th key={server} scope="col" className="mono"><Plain text={server} limit={80} /></th>)}</tr></thead>
        <tbody>{matrix.rows.map((row) => (
          <tr key={row.id} aria-selected={row.subject === subject} className={row.subject === subject ? 'answers-row current' : 'answers-row'}>
            <RowHeader id={`${row.id} 0`} roving={roving} className="row-name" choose={() => show(`${row.id} 0`)}><Plain text={row.title} limit={200} mono />{row.differs ? <span className="for-screen-reader"> differs</span> : null}</RowHeader>
            {row.cells.map((cell, index) => (
              <GridCell key={matrix.servers[index]} id={`${row.id} ${String(index + 1)}`} roving={roving} className="match" label={plainText(matrix.servers[index] ?? '', 80)} says={cell?.help} choose={() => show(`${row.id} ${String(index + 1)}`)} hover={(inside) => setSaid(inside ? cell?.help ?? null : null)}>
                {cell === null ? <span className="quiet">not asked</span> : <Mark status={cell.status} />}
              </GridCell>
            ))}
          </tr>
        ))}</tbody>
      </Grid>
      <p className="matrix-reason">{said === null ? <span className="quiet">Move through the cells for what each server said.</span> : <Plain text={said} limit={600} />}</p>
    </section>
  );
}
