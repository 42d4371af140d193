/** A list of which one is selected, after the ARIA pattern; HTML's `select` cannot hold lines of several parts. */
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import type { ReactNode } from 'react';
import type { Roving } from './roving.ts';
import { chooseKey } from './choose-key.ts';
import { itemKey } from './item-key.ts';
import { tip } from './tip.ts';

interface ListBoxProps {
  readonly label: string;
  readonly roving: Roving;
  readonly className: string;
  readonly children: ReactNode;
}

export function ListBox({ label, roving: { attach, onKeyDown }, className, children }: ListBoxProps): ReactNode {
  return <div ref={attach} role="listbox" aria-label={label} className={className} tabIndex={-1} onKeyDown={onKeyDown} data-pane-entry>{children}</div>;
}

interface OptionProps {
  readonly id: string;
  readonly roving: Roving;
  readonly selected: boolean;
  readonly className: string;
  readonly choose: () => void;
  /** in the tooltip */
  readonly says?: string;
  /** place in a list of which only a part is drawn, from 1 */
  readonly position?: number;
  readonly count?: number;
  readonly children: ReactNode;
}

export function Option({ id, roving, selected, className, choose, says, position, count, children }: OptionProps): ReactNode {
  return (
    <div
      role="option" aria-selected={selected} aria-posinset={position} aria-setsize={count} data-place={position === undefined ? undefined : position - 1} className={className} {...tip(says)}
      tabIndex={id === roving.current ? 0 : -1} data-item={itemKey(id)} onFocus={() => roving.visit(id)} onClick={choose} onKeyDown={(event) => chooseKey(event, choose)}
    >
      {children}
    </div>
  );
}

export function OptionGroup({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return <div role="group" aria-label={label}>{children}</div>;
}
