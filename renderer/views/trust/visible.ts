/** The lines of a tree that are in sight, given which branches the reader opened or closed. */
import type { TrustNode } from './trust-node.ts';

export interface VisibleNode {
  readonly node: TrustNode;
  readonly level: number;
  readonly position: number;
  readonly count: number;
  readonly parent: string | null;
  readonly expanded: boolean | null;
}

/** @param toggled ids of branches that are the other way than they were at first */
export function visibleNodes(nodes: readonly TrustNode[], toggled: ReadonlySet<string>, level = 1, parent: string | null = null): readonly VisibleNode[] {
  return nodes.flatMap((node, index) => {
    const expanded = node.children.length === 0 ? null : node.open !== toggled.has(node.id);
    const own: VisibleNode = { node, level, position: index + 1, count: nodes.length, parent, expanded };
    return expanded === true ? [own, ...visibleNodes(node.children, toggled, level + 1, node.id)] : [own];
  });
}

/**
 * The way to the line about a subject, itself last; empty where there is none.
 * @param within of several lines, the one below the line about this goes first: a certificate at the endpoint that is looked at
 */
export function pathTo(nodes: readonly TrustNode[], subject: string, within: string | null = null): readonly TrustNode[] {
  const outer = within === null || within === subject ? [] : firstPath(nodes, within);
  const inner = firstPath(outer.at(-1)?.children ?? [], subject);
  return inner.length > 0 ? [...outer, ...inner] : firstPath(nodes, subject);
}

function firstPath(nodes: readonly TrustNode[], subject: string): readonly TrustNode[] {
  for (const node of nodes) {
    if (node.subject === subject) return [node];
    const below = firstPath(node.children, subject);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}
