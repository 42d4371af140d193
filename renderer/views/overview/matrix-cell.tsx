import { GridCell } from '../../a11y/grid.tsx';
import type { Roving } from '../../a11y/roving.ts';
import { Mark } from '../../status/mark.tsx';
import { Plain } from '../../text/plain.tsx';
import type { Cell } from './cell.ts';

interface MatrixCellProps {
  readonly id: string;
  readonly cell: Cell;
  readonly stage: string;
  readonly roving: Roving;
  readonly choose: () => void;
  readonly hint: (text: string | null) => void;
}

/** The word of the sign is for screen readers where a number or short text stands beside it. */
export function MatrixCell({ id, cell, stage, roving, choose, hint }: MatrixCellProps): React.ReactNode {
  const isOutcome = stage === 'Outcome';
  return (
    <GridCell id={id} label={stage} roving={roving} className={isOutcome ? 'stage outcome' : 'stage'} says={cell.help} choose={choose} hover={(inside) => hint(inside ? cell.help : null)}>
      <Mark status={cell.status} wordless={!isOutcome} />
      {isOutcome || cell.text === '' ? null : <Plain className="cell-text" text={cell.text} limit={20} />}
    </GridCell>
  );
}
