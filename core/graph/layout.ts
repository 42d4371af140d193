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
}

export interface LayoutEdge {
  readonly from: number;
  readonly to: number;
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
  const request = layoutRequest(graph);
  const placed = layout(request);
  return {
    graph, width: placed.width, height: placed.height, clusters: placed.clusters, edges: placed.edges.slice(0, graph.edges.length),
    nodes: placed.nodes.map((centre, index) => {
      const { width, height } = request.nodes[index] ?? { width: 0, height: 0 };
      return { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
    }),
  };
}

/** Edges first as in the graph, then the invisible ones that keep each zone's name at its top. */
export function layoutRequest(graph: TrustGraph): LayoutRequest {
  const indexOf = new Map(graph.nodes.map(({ id }, index) => [id, index]));
  const clusterOf = new Map(graph.clusters.map(({ id }, index) => [id, index]));
  const at = (id: string): number => indexOf.get(id) ?? 0;
  const edges = graph.edges.map((edge) => {
    const whole = edge.kind === 'delegation';
    return {
      from: at(edge.from), to: at(edge.to), fromCluster: whole ? (clusterOf.get(edge.from) ?? null) : null, toCluster: whole ? (clusterOf.get(edge.to) ?? null) : null,
      invisible: false, labelled: edge.label !== '',
    };
  });
  const clusters = graph.clusters.map(({ id }) => ({ nodes: graph.nodes.flatMap((node, index) => (node.cluster === id ? [index] : [])) }));
  return { nodes: graph.nodes.map((node) => ({ ...nodeSize(node), round: node.kind === 'dnskey' || node.kind === 'ds' })), clusters, edges: [...edges, ...orderInZones(graph, at)] };
}

/** The name of a zone stands above what no other node of the zone leads to, and below the DS records that lead to the zone. */
function orderInZones(graph: TrustGraph, at: (id: string) => number): LayoutEdge[] {
  const clusterOf = new Map(graph.nodes.map(({ id, cluster }) => [id, cluster]));
  const inside = ({ from, to, kind }: GraphEdge): boolean => from !== to && kind !== 'delegation' && clusterOf.get(from) === clusterOf.get(to);
  const led = new Set(graph.edges.filter(inside).map(({ to }) => to));
  const order = (from: string, to: string): LayoutEdge => ({ from: at(from), to: at(to), fromCluster: null, toCluster: null, invisible: true, labelled: false });
  const first = graph.nodes.filter(({ id, cluster, kind }) => cluster !== null && kind !== 'zone' && !led.has(id) && clusterOf.has(cluster));
  const entries = graph.edges.filter(({ kind, to }) => kind === 'digest' && clusterOf.has(clusterOf.get(to) ?? ''));
  return [...first.map(({ id, cluster }) => order(cluster ?? id, id)), ...entries.map(({ from, to }) => ({ ...order(from, clusterOf.get(to) ?? to), labelled: true }))];
}

export const LINE_HEIGHT = 16;
/** Wide enough for the widest usual face at 12 px, so that text stays inside wherever it is drawn. */
const CHARACTER_WIDTH = 7;

/** The first line of a node is its status with its marks. */
export function nodeLines({ status, marks, lines }: GraphNode): readonly string[] {
  const head = [`${status.sign} ${status.word}`.trim(), ...marks.filter((mark) => mark !== 'missing')].filter((word) => word !== '').join(' · ');
  return head === '' ? lines : [head, ...lines];
}

function nodeSize(node: GraphNode): Size {
  const lines = nodeLines(node);
  const width = Math.max(...lines.map(({ length }) => length)) * CHARACTER_WIDTH;
  const height = lines.length * LINE_HEIGHT;
  switch (node.kind) {
    // Text fits a rectangle of 1/√2 of an ellipse's axes.
    case 'dnskey': case 'ds': return { width: width * 1.22 + 20, height: height * 1.25 + 14 };
    case 'endpoint': return { width: width + 52, height: height + 14 };
    case 'error': return { width: width + 40, height: height + 14 };
    case 'zone': return { width: width + 8, height: height + 4 };
    case 'rrset': case 'no-data': case 'name-error': case 'denial': case 'tlsa': case 'certificate': return { width: width + 22, height: height + 12 };
  }
}
