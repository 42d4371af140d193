/** Collects nodes and edges, each once, up to a bound; what did not fit is counted by kind. */
import { plainText } from '../base/plain-text.ts';
import type { GraphCluster, GraphEdge, GraphNode, NodeKind, TrustGraph } from './graph-facts.ts';

/** A person finds nothing among more, and layout takes its time. */
export const MAXIMUM_NODES = 400;
const MAXIMUM_EDGES = 2000;

export class GraphBuilder {
  readonly #clusters = new Map<string, GraphCluster>();
  readonly #nodes = new Map<string, GraphNode>();
  readonly #edges = new Map<string, GraphEdge>();
  readonly #leftOut = new Map<NodeKind | 'edge', number>();

  cluster(cluster: GraphCluster): void {
    this.#clusters.set(cluster.id, cluster);
  }

  node(node: GraphNode): void {
    if (this.#nodes.has(node.id)) return;
    if (this.#nodes.size >= MAXIMUM_NODES) this.#count(node.kind);
    else this.#nodes.set(node.id, { ...node, cluster: node.cluster !== null && this.#clusters.has(node.cluster) ? node.cluster : null });
  }

  /** Left out where one of its ends is. */
  edge(edge: Omit<GraphEdge, 'id'>): void {
    const id = `${edge.kind} ${edge.from} → ${edge.to} ${edge.status.word}`;
    if (!this.#nodes.has(edge.from) || !this.#nodes.has(edge.to) || this.#edges.has(id)) return;
    if (this.#edges.size >= MAXIMUM_EDGES) this.#count('edge');
    else this.#edges.set(id, { ...edge, id });
  }

  has(id: string): boolean {
    return this.#nodes.has(id);
  }

  finish(): TrustGraph {
    const nodes = [...this.#nodes.values()];
    const inhabited = new Set(nodes.map(({ cluster }) => cluster));
    return {
      clusters: [...this.#clusters.values()].filter(({ id }) => inhabited.has(id)), nodes, edges: [...this.#edges.values()],
      folded: [...this.#leftOut].map(([kind, count]) => leftOut(kind, count)),
    };
  }

  #count(kind: NodeKind | 'edge'): void {
    this.#leftOut.set(kind, (this.#leftOut.get(kind) ?? 0) + 1);
  }
}

/** of one, of several */
const WORDS: { readonly [Kind in NodeKind | 'edge']: readonly [string, string] } = {
  zone: ['zone', 'zones'], dnskey: ['DNSKEY record', 'DNSKEY records'], ds: ['DS record', 'DS records'], rrset: ['RRset', 'RRsets'],
  'no-data': ['type that does not exist', 'types that do not exist'], 'name-error': ['name that does not exist', 'names that do not exist'],
  denial: ['NSEC or NSEC3 record', 'NSEC or NSEC3 records'], error: ['answer with an error', 'answers with an error'], tlsa: ['TLSA record', 'TLSA records'],
  certificate: ['certificate', 'certificates'], endpoint: ['endpoint', 'endpoints'], edge: ['line', 'lines'],
};

function leftOut(kind: NodeKind | 'edge', count: number): string {
  const most = kind === 'edge' ? `${String(MAXIMUM_EDGES)} lines` : `${String(MAXIMUM_NODES)} nodes`;
  return count === 1 ? `1 more ${WORDS[kind][0]} is not drawn: a graph has at most ${most}.` : `${String(count)} more ${WORDS[kind][1]} are not drawn: a graph has at most ${most}.`;
}

const LONGEST = 44;

/** Escaped, and cut in the middle: both ends of a name tell something. */
export function short(text: string, longest = LONGEST): string {
  const plain = plainText(text, 1024);
  return plain.length <= longest ? plain : `${plain.slice(0, Math.ceil(longest * 0.55))}…${plain.slice(-Math.floor(longest * 0.4))}`;
}

export const sameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** In a sentence; the root has no name that reads. */
export const zoneWords = (zone: string): string => (zone === '.' ? 'the root' : short(zone));
