/** Where everything in a graph stands. The algorithm is a port: it sees numbers only, never text from outside. */
import type { GraphEdge, GraphNode, TrustGraph } from './graph-facts.ts';

export interface Point { readonly x: number; readonly y: number }
export interface Size { readonly width: number; readonly height: number }
export interface Box extends Point, Size {}

/** Sizes and lengths in CSS pixels; nodes and clusters by their index. */
export interface LayoutRequest {
  readonly nodes: readonly LayoutNode[];
  readonly clusters: readonly { readonly nodes: readonly number[] }[];
  readonly edges: readonly LayoutEdge[];
}

/** `round`: edges end at an ellipse instead of a rectangle */
export interface LayoutNode extends Size {
  readonly round: boolean;
  /** heights of rows at the bottom of the node, from the top down, at which edges may begin and end; mostly empty */
  readonly rows: readonly number[];
}

export interface LayoutEdge {
  readonly from: number;
  readonly to: number;
  /** rows of the two nodes; null for the node as a whole */
  readonly fromRow: number | null;
  readonly toRow: number | null;
  /** clusters at whose border the edge ends instead of at the node */
  readonly fromCluster: number | null;
  readonly toCluster: number | null;
  /** keeps an order and is not drawn */
  readonly invisible: boolean;
  /** leaves room for a word or an arrow */
  readonly labelled: boolean;
}

/** In the order of the request; y grows downwards. An edge without points was not routed. */
export interface Layout extends Size {
  /** centres */
  readonly nodes: readonly Point[];
  /** top left corner and size; null for an empty cluster */
  readonly clusters: readonly (Box | null)[];
  readonly edges: readonly Route[];
}

export interface Route {
  /** one start, then three points for each cubic Bézier curve */
  readonly points: readonly Point[];
  /** tip of the arrow; null where the curve ends without one */
  readonly tip: Point | null;
}

export type LayoutFunction = (request: LayoutRequest) => Layout;

export interface PlacedGraph extends Size {
  readonly graph: TrustGraph;
  readonly clusters: readonly (Box | null)[];
  readonly nodes: readonly Box[];
  readonly edges: readonly Route[];
}

export function placeGraph(graph: TrustGraph, layout: LayoutFunction): PlacedGraph {
  const { request, places } = plan(graph);
  const placed = layout(request);
  return {
    graph, width: placed.width, height: placed.height, clusters: placed.clusters, edges: placed.edges.slice(0, graph.edges.length),
    nodes: namesInTheMiddle(graph, placed.clusters, places.map(({ index, row }) => boxOf(request.nodes[index], placed.nodes[index], row))),
  };
}

/** Edges first as in the graph, then the invisible ones that keep each zone's name at its top. */
export const layoutRequest = (graph: TrustGraph): LayoutRequest => plan(graph).request;

function boxOf(node: LayoutNode | undefined, centre: Point | undefined, row: number | null): Box {
  if (node === undefined || centre === undefined) return { x: 0, y: 0, width: 0, height: 0 };
  const { width, height, rows } = node;
  const whole = { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
  if (row === null) return whole;
  return { ...whole, y: whole.y + height - rows.slice(row).reduce((sum, one) => sum + one, 0), height: rows[row] ?? 0 };
}

/** The layout places the name of a zone like any node; where nothing is in the way it stands in the middle of its box. */
function namesInTheMiddle(graph: TrustGraph, clusters: readonly (Box | null)[], boxes: readonly Box[]): readonly Box[] {
  return boxes.map((box, index) => {
    const node = graph.nodes[index];
    const around = node?.kind === 'zone' ? clusters[graph.clusters.findIndex(({ id }) => id === node.cluster)] : null;
    if (around == null) return box;
    const middle = { ...box, x: around.x + (around.width - box.width) / 2 };
    return boxes.some((other, place) => place !== index && overlap(middle, other)) ? box : middle;
  });
}

const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Where a node of the graph stands: as a node of its own, or as a row of one. */
interface Place {
  readonly index: number;
  readonly row: number | null;
}

function plan(graph: TrustGraph): { readonly request: LayoutRequest; readonly places: readonly Place[] } {
  const standing = graph.nodes.filter(({ within }) => within === null);
  const indexOf = new Map(standing.map(({ id }, index) => [id, index]));
  const rowsOf = new Map(standing.map(({ id }) => [id, graph.nodes.filter(({ within }) => within === id)]));
  const placeOf = new Map(graph.nodes.map((node): [string, Place] => [node.id, node.within === null
    ? { index: indexOf.get(node.id) ?? 0, row: null }
    : { index: indexOf.get(node.within) ?? 0, row: rowsOf.get(node.within)?.indexOf(node) ?? 0 }]));
  const at = (id: string): Place => placeOf.get(id) ?? { index: 0, row: null };
  const clusters = graph.clusters.map(({ id }) => ({ nodes: standing.flatMap((node, index) => (node.cluster === id ? [index] : [])) }));
  return {
    places: graph.nodes.map(({ id }) => at(id)),
    request: { nodes: standing.map((node) => layoutNode(node, rowsOf.get(node.id) ?? [])), clusters, edges: [...drawnEdges(graph, at), ...orderInZones(graph, (id) => at(id).index)] },
  };
}

function layoutNode(node: GraphNode, within: readonly GraphNode[]): LayoutNode {
  const own = nodeSize(node);
  const sizes = within.map(nodeSize);
  return {
    width: Math.max(own.width, ...sizes.map(({ width }) => width)), height: own.height + sizes.reduce((sum, { height }) => sum + height, 0),
    rows: sizes.map(({ height }) => height), round: node.kind === 'dnskey' || node.kind === 'ds',
  };
}

function drawnEdges(graph: TrustGraph, at: (id: string) => Place): LayoutEdge[] {
  const clusterOf = new Map(graph.clusters.map(({ id }, index) => [id, index]));
  return graph.edges.map((edge) => {
    const whole = edge.kind === 'delegation';
    const [from, to] = [at(edge.from), at(edge.to)];
    return {
      from: from.index, to: to.index, fromRow: from.row, toRow: to.row,
      fromCluster: whole ? (clusterOf.get(edge.from) ?? null) : null, toCluster: whole ? (clusterOf.get(edge.to) ?? null) : null,
      invisible: false, labelled: edge.label !== '',
    };
  });
}

/** The name of a zone stands above what no other node of the zone leads to, and below the DS records that lead to the zone. */
function orderInZones(graph: TrustGraph, at: (id: string) => number): LayoutEdge[] {
  const clusterOf = new Map(graph.nodes.map(({ id, cluster }) => [id, cluster]));
  const inside = ({ from, to, kind }: GraphEdge): boolean => from !== to && kind !== 'delegation' && clusterOf.get(from) === clusterOf.get(to);
  const led = new Set(graph.edges.filter(inside).map(({ to }) => to));
  const order = (from: string, to: string): LayoutEdge => ({ from: at(from), to: at(to), fromRow: null, toRow: null, fromCluster: null, toCluster: null, invisible: true, labelled: false });
  const first = graph.nodes.filter(({ id, cluster, kind, within }) => cluster !== null && within === null && kind !== 'zone' && !led.has(id) && clusterOf.has(cluster));
  const entries = graph.edges.filter(({ kind, to }) => kind === 'digest' && clusterOf.has(clusterOf.get(to) ?? ''));
  return [...first.map(({ id, cluster }) => order(cluster ?? id, id)), ...entries.map(({ from, to }) => ({ ...order(from, clusterOf.get(to) ?? to), labelled: true }))];
}

export const LINE_HEIGHT = 16;
/** Wide enough for the widest usual face at 12 px, so that text stays inside wherever it is drawn. */
const CHARACTER_WIDTH = 7;

/** The first line of a node is its status with its marks; of a row, all of it is one line. */
export function nodeLines({ kind, status, marks, lines }: GraphNode): readonly string[] {
  const head = [`${status.sign} ${status.word}`.trim(), ...marks.filter((mark) => mark !== 'missing' && mark !== status.word)].filter((word) => word !== '').join(' · ');
  if (kind === 'tlsa') return [[`${status.sign} ${lines.join(' ')}`.trim(), status.word].filter((word) => word !== '').join(' · ')];
  return head === '' ? lines : [head, ...lines];
}

/** of a bold letter of 13 px against one of 12 */
const BOLD = 1.25;

function nodeSize(node: GraphNode): Size {
  const lines = nodeLines(node);
  const width = Math.max(...lines.map(({ length }) => length)) * CHARACTER_WIDTH;
  const height = lines.length * LINE_HEIGHT;
  switch (node.kind) {
    // Text fits a rectangle of 1/√2 of an ellipse's axes.
    case 'dnskey': case 'ds': return { width: width * 1.22 + 20, height: height * 1.25 + 14 };
    case 'endpoint': return { width: width + 52, height: height + 14 };
    case 'error': return { width: width + 40, height: Math.max(height, 26) + 4 };
    case 'zone': return { width: width * BOLD + 8, height: height + 4 };
    case 'tlsa': return { width: width + 22, height: height + 8 };
    case 'denial': return { width: width + 22, height: lines.length * CELL_HEIGHT };
    case 'rrset': case 'no-data': case 'name-error': case 'certificate': return { width: width + 22, height: height + 12 };
  }
}

/** of a record of a proof */
export const CELL_HEIGHT = LINE_HEIGHT + 6;
