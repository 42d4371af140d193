/** Where the arrow keys lead: up to the signer, down to the signed, left and right among what the same signer signed. */
import type { EdgeKind, GraphNode } from '../../../core/graph/graph-facts.ts';
import type { Box, PlacedGraph } from '../../../core/graph/layout.ts';
import type { KeyPress } from '../../commands/key-match.ts';

/**
 * What a key means here: j, k and Space as in every list. A character does nothing where the person turned them off (WCAG 2.1.4).
 * @returns its name, or null where it means nothing
 */
export function graphKeyName({ key, ctrlKey, metaKey }: Pick<KeyPress, 'key' | 'ctrlKey' | 'metaKey'>, characters: boolean): string | null {
  if (key === ' ') return 'Enter';
  if (key.length === 1 && !characters && !ctrlKey && !metaKey) return null;
  return key === 'j' ? 'ArrowDown' : key === 'k' ? 'ArrowUp' : key;
}

/** Of several ways the one that carries more trust goes first. */
const ORDER: readonly EdgeKind[] = ['comparison', 'signature', 'digest', 'denial', 'alias', 'presented', 'issuer', 'address', 'mx', 'error', 'delegation'];

/** @returns the index of the node to go to, or null where the key leads nowhere */
export function walk(key: string, placed: PlacedGraph, current: number | null): number | null {
  const { nodes } = placed.graph;
  if (nodes.length === 0) return null;
  if (key === 'Home') return rootIndex(nodes);
  if (key === 'End') return tlsaRrset(nodes);
  if (!key.startsWith('Arrow')) return null;
  if (current === null) return rootIndex(nodes);
  switch (key) {
    case 'ArrowUp': return ways(placed, current, 'up')[0] ?? null;
    case 'ArrowDown': return ways(placed, current, 'down')[0] ?? null;
    case 'ArrowLeft': case 'ArrowRight': return sibling(placed, current, key === 'ArrowLeft' ? -1 : 1);
    default: return null;
  }
}

/** of the zone at the top, 0 where there is none */
export const rootIndex = (nodes: readonly GraphNode[]): number => Math.max(0, nodes.findIndex(({ kind }) => kind === 'zone'));

/** The last TLSA RRset, or what stands in its place: its absence, the failure to find it; else what was drawn last. */
function tlsaRrset(nodes: readonly GraphNode[]): number {
  const found = nodes.findLastIndex(({ kind, lines }) => kind === 'rrset' && lines.at(-1) === 'TLSA');
  const instead = found >= 0 ? found : nodes.findLastIndex(({ kind, lines }) => kind !== 'tlsa' && lines.some((line) => /\bTLSA\b/.test(line)));
  return instead >= 0 ? instead : nodes.length - 1;
}

/** Best first: rows and keys of a zone are reached without a line that is drawn. */
function ways({ graph, nodes: boxes }: PlacedGraph, from: number, direction: 'up' | 'down'): readonly number[] {
  const { nodes, edges } = graph;
  const here = nodes[from];
  if (here === undefined) return [];
  const indexOf = (id: string): number => nodes.findIndex((node) => node.id === id);
  const along = edges.filter((edge) => edge.from !== edge.to && (direction === 'up' ? edge.to : edge.from) === here.id)
    .toSorted((left, right) => ORDER.indexOf(left.kind) - ORDER.indexOf(right.kind)).map((edge) => indexOf(direction === 'up' ? edge.from : edge.to));
  const inside = direction === 'up' ? [here.within === null ? -1 : indexOf(here.within)] : nodes.flatMap(({ within }, index) => (within === here.id ? [index] : []));
  const zone = direction === 'up' ? topOfZone(nodes, here) : (here.kind === 'zone' ? entries(nodes, edges, here, boxes) : []);
  // From a zone its own keys go before the zones below it; to a zone, only from what nothing in it leads to.
  const all = here.kind === 'zone' ? [...zone, ...inside, ...along] : [...inside, ...along, ...zone];
  return [...new Set(all)].filter((index) => index >= 0 && index !== from);
}

const topOfZone = (nodes: readonly GraphNode[], { cluster, kind }: GraphNode): readonly number[] =>
  cluster === null || kind === 'zone' ? [] : [nodes.findIndex((node) => node.kind === 'zone' && node.cluster === cluster)];

function entries(nodes: readonly GraphNode[], edges: PlacedGraph['graph']['edges'], zone: GraphNode, boxes: readonly Box[]): readonly number[] {
  const own = new Set(nodes.filter(({ cluster }) => cluster === zone.cluster).map(({ id }) => id));
  const led = new Set(edges.filter(({ from, to }) => from !== to && own.has(from)).map(({ to }) => to));
  return nodes.flatMap(({ id, kind, within }, index) => (own.has(id) && kind !== 'zone' && within === null && !led.has(id) ? [index] : [])).toSorted((left, right) => byPlace(boxes, left, right));
}

/** What has the same signer, from left to right; where nothing signs, what stands at the same height. */
function sibling(placed: PlacedGraph, current: number, step: -1 | 1): number | null {
  const signer = ways(placed, current, 'up')[0];
  const family = signer === undefined ? [] : ways(placed, signer, 'down');
  const { nodes: boxes } = placed;
  const group = family.length > 1 && family.includes(current) ? family : level(boxes, current);
  const sorted = group.toSorted((left, right) => byPlace(boxes, left, right));
  return sorted[sorted.indexOf(current) + step] ?? null;
}

const level = (boxes: readonly Box[], current: number): readonly number[] =>
  boxes.flatMap((box, index) => (Math.abs(box.y + box.height / 2 - ((boxes[current]?.y ?? 0) + (boxes[current]?.height ?? 0) / 2)) < 24 ? [index] : []));

const byPlace = (boxes: readonly Box[], left: number, right: number): number =>
  (boxes[left]?.x ?? 0) - (boxes[right]?.x ?? 0) || (boxes[left]?.y ?? 0) - (boxes[right]?.y ?? 0);
