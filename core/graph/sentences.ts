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

/** Sentences that can be read aloud and copied; each ends with a full stop. Escaped. */
export function graphSentences(graph: TrustGraph, run: Run): readonly string[] {
  const anchors = new Set(run.anchors.map(({ keyTag }) => `The root key ${String(keyTag)} is a trust anchor.`));
  const ofKind = (...kinds: readonly GraphEdge['kind'][]): string[] => graph.edges.filter(({ kind }) => kinds.includes(kind)).map(({ sentence }) => sentence);
  const answers = graph.nodes.filter(({ kind }) => ANSWERS.has(kind)).map(answerSentence);
  return [...new Set([
    ...anchors, ...ofKind('digest', 'delegation'), ...ofKind('signature'), ...ofKind('denial', 'alias', 'error'), ...answers,
    ...ofKind('mx', 'address', 'presented', 'issuer', 'comparison'), ...graph.nodes.filter(({ kind }) => kind === 'endpoint').map(endpointSentence), ...graph.folded,
  ])];
}

const ANSWERS: ReadonlySet<GraphNode['kind']> = new Set(['rrset', 'no-data', 'name-error', 'error']);
const answerSentence = ({ lines, status, detail }: GraphNode): string => sentence(`${lines.join(' ')} is ${status.word}`, detail);
const endpointSentence = ({ lines, status, detail }: GraphNode): string => sentence(`The endpoint ${lines.join(', ')}: ${status.word}`, detail);
const sentence = (text: string, detail: string): string => (detail === '' ? `${text}.` : `${text}: ${detail}${/[.!?…]$/.test(detail) ? '' : '.'}`);
