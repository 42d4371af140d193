/** A table whose cells can be walked, after the ARIA grid pattern: a real table, with one tab stop. */
/* oxlint-disable jsx-a11y/no-noninteractive-element-to-interactive-role, jsx-a11y/no-redundant-roles */
import type { ReactNode } from 'react';
import { plainText } from '../../core/base/plain-text.ts';
import { chooseKey } from './choose-key.ts';
import { itemKey } from './item-key.ts';
import type { Roving } from './roving.ts';

interface GridProps {
  readonly label: string;
  readonly roving: Roving;
  readonly className: string;
  /** all rows, that of the titles too, where only a part is drawn */
  readonly rows?: number;
  readonly children: ReactNode;
}

export function Grid({ label, roving: { attach, onKeyDown }, className, rows, children }: GridProps): ReactNode {
  return <table ref={attach} role="grid" aria-label={label} aria-rowcount={rows} className={className} onKeyDown={onKeyDown} data-pane-entry>{children}</table>;
}

/** characters of a reason */
const LONGEST = 600;

interface GridCellProps {
  readonly id: string;
  readonly roving: Roving;
  readonly className: string;
  /** title of the column, shown where a narrow window turns rows into cards */
  readonly label?: string;
  /** its reason, which stands elsewhere for those who look: heard with the cell that has the focus, as hundreds that are not read need no description */
  readonly says?: string | undefined;
  readonly choose: () => void;
  readonly hover?: (inside: boolean) => void;
  readonly children: ReactNode;
}

export function GridCell({ id, roving, className, label, says, choose, hover, children }: GridCellProps): ReactNode {
  const isCurrent = id === roving.current;
  return (
    <td
      role="gridcell" className={className} data-label={label} {...(isCurrent ? described(says) : {})} tabIndex={isCurrent ? 0 : -1} data-item={itemKey(id)} onFocus={() => roving.visit(id)}
      onClick={choose} onKeyDown={(event) => chooseKey(event, choose)} onMouseEnter={() => hover?.(true)} onMouseLeave={() => hover?.(false)}
    >
      {children}
    </td>
  );
}

/** Of every role in ARIA 1.3, as browsers have it. */
const described = (says: string | undefined): { readonly 'aria-description'?: string } => (says === undefined ? {} : { 'aria-description': plainText(says, LONGEST) });

/** The cell that names its row. */
export function RowHeader({ id, roving, className, choose, children }: GridCellProps): ReactNode {
  return (
    <th
      scope="row" role="rowheader" className={className} tabIndex={id === roving.current ? 0 : -1} data-item={itemKey(id)} onFocus={() => roving.visit(id)}
      onClick={choose} onKeyDown={(event) => chooseKey(event, choose)}
    >
      {children}
    </th>
  );
}
