/** A tree after the ARIA pattern; its lines are flat in the document and tell their level. */
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import { chooseKey } from './choose-key.ts';
import { itemKey } from './item-key.ts';
import type { Roving } from './roving.ts';

interface TreeProps {
  readonly label: string;
  readonly roving: Roving;
  readonly className: string;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
}

export function Tree({ label, roving: { attach, onKeyDown: move }, className, onKeyDown, children }: TreeProps): ReactNode {
  return <div ref={attach} role="tree" aria-label={label} className={className} tabIndex={-1} onKeyDown={onKeyDown ?? move} data-pane-entry>{children}</div>;
}

export interface TreePlace {
  readonly level: number;
  readonly position: number;
  readonly count: number;
  /** null for a line with nothing below it */
  readonly expanded: boolean | null;
}

interface TreeItemProps {
  readonly id: string;
  readonly roving: Roving;
  readonly place: TreePlace;
  /** among the lines that are not folded away, from 0: where not all of them are in the document */
  readonly index?: number;
  readonly selected: boolean;
  readonly className: string;
  readonly style: CSSProperties;
  readonly choose: () => void;
  readonly children: ReactNode;
}

export function TreeItem({ id, roving, place, index, selected, className, style, choose, children }: TreeItemProps): ReactNode {
  return (
    <div
      role="treeitem" aria-level={place.level} aria-posinset={place.position} aria-setsize={place.count} aria-expanded={place.expanded ?? undefined} aria-selected={selected}
      className={className} style={style} tabIndex={id === roving.current ? 0 : -1} data-item={itemKey(id)} data-place={index} onFocus={() => roving.visit(id)} onClick={choose} onKeyDown={(event) => chooseKey(event, choose)}
    >
      {children}
    </div>
  );
}
