/** What the picture is made of: grounds of zones, lines, nodes; and which of them are in sight. */
import { drawCluster, drawEdge, type SvgElement } from '../../../core/graph/picture.ts';
import type { Box, PlacedGraph, Route } from '../../../core/graph/layout.ts';
import type { Sight } from './use-sight.ts';

export interface Part {
  /** the same in an older and a newer picture of one run */
  readonly key: string;
  readonly kind: 'line' | 'node';
  /** of a node among the nodes, of a line among grounds and lines */
  readonly index: number;
  readonly box: Box;
  /** of a line */
  readonly drawn: SvgElement | null;
}

/** @param needed index of a node that is drawn wherever it is @returns in the order of drawing: nodes lie over all else */
export const partsInSight = (placed: PlacedGraph, sight: Sight, needed: number | null): readonly Part[] =>
  sight === null ? partsOf(placed) : partsOf(placed).filter(({ box, kind, index }) => meets(box, sight) || (kind === 'node' && index === needed));

const meets = (box: Box, sight: Box): boolean =>
  box.x <= sight.x + sight.width && box.x + box.width >= sight.x && box.y <= sight.y + sight.height && box.y + box.height >= sight.y;

const known = new WeakMap<PlacedGraph, readonly Part[]>();

function partsOf(placed: PlacedGraph): readonly Part[] {
  const parts = known.get(placed) ?? [...lines(placed), ...placed.graph.nodes.flatMap(({ id }, index): Part[] => {
    const box = placed.nodes[index];
    return box === undefined ? [] : [{ key: `node ${id}`, kind: 'node', index, box, drawn: null }];
  })];
  known.set(placed, parts);
  return parts;
}

function lines(placed: PlacedGraph): readonly Part[] {
  const { graph, clusters, edges } = placed;
  const grounds = graph.clusters.map(({ id }, index) => ({ key: `ground ${id}`, box: clusters[index] ?? null, drawn: drawCluster(placed, index) }));
  const ways = graph.edges.map(({ id, label }, index) => ({ key: `line ${id}`, box: around(edges[index], label), drawn: drawEdge(placed, index) }));
  return [...grounds, ...ways].flatMap(({ key, box, drawn }, index) => (box === null || drawn === null ? [] : [{ key, kind: 'line', index, box, drawn }]));
}

/** units: a sign or an arrow beside the line; a letter of its label, which begins at its middle */
const [BESIDE, LETTER] = [14, 8];

function around(route: Route | undefined, label: string): Box | null {
  const points = [...(route?.points ?? []), ...(route?.tip == null ? [] : [route.tip])];
  if (points.length === 0) return null;
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs) - BESIDE, Math.min(...ys) - BESIDE];
  return { x, y, width: Math.max(...xs) + BESIDE + label.length * LETTER - x, height: Math.max(...ys) + BESIDE - y };
}
