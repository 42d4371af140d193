import { useEffect, useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { itemKey } from '../../a11y/item-key.ts';
import { Tree } from '../../a11y/tree.tsx';
import { useRoving } from '../../a11y/roving.ts';
import { useFollow } from '../../a11y/use-follow.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { WindowedItems } from '../windowed-items.tsx';
import { TrustRow } from './trust-row.tsx';
import { pathTo, visibleNodes } from './visible.ts';
import type { TrustNode } from './trust-node.ts';

export function TrustTree({ nodes }: { readonly nodes: readonly TrustNode[] }): React.ReactNode {
  const subject = useSelection((state) => state.selection?.subject ?? null);
  const endpoint = useSelection((state) => state.endpoint);
  const select = useSelection((state) => state.select);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const visible = useMemo(() => visibleNodes(nodes, toggled), [nodes, toggled]);
  const ids = useMemo(() => visible.map(({ node }) => node.id), [visible]);
  const [chosen, setChosen] = useState<string | null>(null);
  const path = useMemo(() => (subject === null ? [] : pathTo(nodes, subject, subject.startsWith('cert:') ? endpoint : null)), [nodes, subject, endpoint]);
  const current = currentId(visible.map(({ node }) => node), subject, [chosen, path.at(-1)?.id ?? null]);
  const toggle = (id: string): void => setToggled((before) => symmetric(before, id));
  const choose = (id: string): void => {
    setChosen(id);
    const node = visible.find((one) => one.node.id === id)?.node;
    if (node !== undefined) select(node.subject);
  };
  const roving = useRoving({ ids, entry: current, onMove: choose });
  useReveal(path, subject, current === null || ![chosen, path.at(-1)?.id].includes(current), setToggled);
  useFollow(roving.container, current, '.graph-area');
  const onKeyDown = (event: KeyboardEvent): void => {
    const here = visible.find(({ node }) => event.target instanceof HTMLElement && event.target.dataset['item'] === itemKey(node.id));
    if (here !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) branchKey(event, here, { toggle, moveTo: roving.moveTo, ids });
    if (!event.defaultPrevented) roving.onKeyDown(event);
  };
  return (
    <Tree label="Chain of trust" className="trust-tree" roving={roving} onKeyDown={onKeyDown}>
      {/* Whether the tree scrolls beside the graph, below it, or with the whole view. */}
      <WindowedItems ids={ids} current={current} roving={roving} scroller=".trust-words, .trust-parts, .view">
        {(id, place) => {
          const line = visible[place];
          return line === undefined ? null : <TrustRow line={line} index={place} current={id === current} roving={roving} choose={() => choose(id)} toggle={() => toggle(id)} />;
        }}
      </WindowedItems>
    </Tree>
  );
}

interface Moves {
  readonly toggle: (id: string) => void;
  readonly moveTo: (id: string) => void;
  readonly ids: readonly string[];
}

/** Right opens a branch, then enters it; left closes it, then goes to its parent. */
function branchKey(event: KeyboardEvent, here: ReturnType<typeof visibleNodes>[number], { toggle, moveTo, ids }: Moves): void {
  const { node, expanded, parent } = here;
  const next = ids[ids.indexOf(node.id) + 1];
  const actions: { readonly [key: string]: (() => void) | null } = {
    ArrowRight: expanded === false ? () => toggle(node.id) : (expanded === true && next !== undefined ? () => moveTo(next) : null),
    ArrowLeft: expanded === true ? () => toggle(node.id) : (parent === null ? null : () => moveTo(parent)),
  };
  const action = actions[event.key];
  if (action == null) return;
  event.preventDefault();
  action();
}

function symmetric(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}

/** Several lines may be about one subject. @param preferred ids, the first that is in sight and about it: what was chosen here, then what the path leads to */
function currentId(nodes: readonly TrustNode[], subject: string | null, preferred: readonly (string | null)[]): string | null {
  if (subject === null) return null;
  const about = nodes.filter((node) => node.subject === subject).map(({ id }) => id);
  return preferred.find((id) => id !== null && about.includes(id)) ?? about[0] ?? null;
}

/** A selection made elsewhere opens the branches that hide its line; one that was made here has its line already. */
function useReveal(path: readonly TrustNode[], subject: string | null, isHidden: boolean, setToggled: (update: (before: ReadonlySet<string>) => ReadonlySet<string>) => void): void {
  useEffect(() => {
    if (subject === null || !isHidden) return;
    const above = path.slice(0, -1);
    setToggled((before) => new Set([...before].filter((id) => !above.some((node) => node.id === id && node.open)).concat(above.filter((node) => !node.open).map((node) => node.id))));
    // Only a new selection opens branches; the reader may close them again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [subject]);
}
