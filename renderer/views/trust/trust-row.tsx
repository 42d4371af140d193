import type { Roving } from '../../a11y/roving.ts';
import { TreeItem } from '../../a11y/tree.tsx';
import { Mark } from '../../status/mark.tsx';
import { Plain } from '../../text/plain.tsx';
import type { VisibleNode } from './visible.ts';

interface TrustRowProps {
  readonly line: VisibleNode;
  readonly index: number;
  readonly current: boolean;
  readonly roving: Roving;
  readonly choose: () => void;
  readonly toggle: () => void;
}

export function TrustRow({ line, index, current, roving, choose, toggle }: TrustRowProps): React.ReactNode {
  const { node, level, expanded } = line;
  return (
    <TreeItem
      id={node.id} roving={roving} place={line} index={index} selected={current}
      className={`trust-row kind-${node.kind.replaceAll(' ', '-')}`} style={{ paddingInlineStart: `${String((level - 1) * 1.15 + 0.35)}rem` }} choose={choose}
    >
      <span className="twist" aria-hidden="true" onClick={(event) => {
        event.stopPropagation();
        toggle();
      }}>{expanded === null ? null : <Twist open={expanded} />}</span>
      <Mark status={node.status} />
      <span className="trust-kind">{node.kind}</span>
      <span className={node.kind === 'zone' ? 'trust-title' : 'trust-title mono'}><Plain text={node.title} limit={600} /></span>
      {node.detail === '' ? null : <span className="trust-detail"><Plain text={node.detail} limit={400} /></span>}
    </TreeItem>
  );
}

function Twist({ open }: { readonly open: boolean }): React.ReactNode {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
      <path d={open ? 'M2.5 4.2 6 7.8 9.5 4.2' : 'M4.2 2.5 7.8 6 4.2 9.5'} />
    </svg>
  );
}
