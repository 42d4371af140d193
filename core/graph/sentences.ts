/** The graph in words, in the order of trust: what is drawn is said, what is said is drawn. */
import type { Run } from '../inspection/run.ts';
import type { GraphEdge, GraphNode, TrustGraph } from './graph-facts.ts';

/** One sentence: what the image shows. */
export function graphSummary({ clusters, nodes }: TrustGraph): string {
  const endpoints = nodes.filter(({ kind }) => kind === 'endpoint');
  const zones = clusters.map(({ label, status }) => `${label} ${status.word}`).join(', ');
  const ends = endpoints.map(({ lines, status }) => `${lines.join(' ')} ${status.word}`).join('; ');
  return `Chain of trust through ${String(clusters.length)} ${clusters.length === 1 ? 'zone' : 'zones'}: ${zones === '' ? 'none' : zones}.${ends === '' ? '' : ` Endpoints: ${ends}.`}`;
}

/** Sentences that can be read aloud and copied; each ends with a full stop. Zone by zone from the root down, then the mail hosts. Escaped. */
export function graphSentences(graph: TrustGraph, run: Run): readonly string[] {
  const anchors = run.anchors.map(({ keyTag }) => `The root key ${String(keyTag)} is a trust anchor.`);
  const clusterOf = new Map(graph.nodes.map(({ id, cluster }) => [id, cluster]));
  const places = [...graph.clusters.map(({ id }) => id), null];
  const said = (place: string | null, kinds: readonly GraphEdge['kind'][]): string[] =>
    graph.edges.filter(({ to, kind }) => kinds.includes(kind) && (clusterOf.get(to) ?? null) === place).map(({ sentence }) => sentence);
  const answers = (place: string | null): string[] => graph.nodes.filter(({ kind, cluster }) => ANSWERS.has(kind) && cluster === place).map(answerSentence);
  const zones = places.flatMap((place) => [...CHAIN.flatMap((kind) => said(place, [kind])), ...answers(place)]);
  return [...new Set([
    ...anchors, ...zones, ...places.flatMap((place) => said(place, MAIL)), ...graph.nodes.filter(({ kind }) => kind === 'endpoint').map(endpointSentence), ...graph.folded,
  ])];
}

/** within a zone, as trust goes */
const CHAIN: readonly GraphEdge['kind'][] = ['delegation', 'digest', 'signature', 'denial', 'alias', 'error'];
const MAIL: readonly GraphEdge['kind'][] = ['mx', 'address', 'presented', 'issuer', 'comparison'];
const ANSWERS: ReadonlySet<GraphNode['kind']> = new Set(['rrset', 'no-data', 'name-error', 'error']);
const answerSentence = ({ lines, status, detail }: GraphNode): string => sentence(`${lines[0] === '.' ? `The ${lines.slice(1).join(' ')} RRset of the root` : lines.join(' ')} is ${status.word}`, detail);
const endpointSentence = ({ lines, status, detail }: GraphNode): string => sentence(`The endpoint ${lines.join(', ')}: ${status.word}`, detail);
const sentence = (text: string, detail: string): string => (detail === '' ? `${text}.` : `${text}: ${detail}${/[.!?…]$/.test(detail) ? '' : '.'}`);
