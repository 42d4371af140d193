/** The chain of trust of a run as a graph: from the trust anchor through zones, keys and signatures to the certificates that TLSA records vouch for. */
import type { Run } from '../inspection/run.ts';
import { GraphBuilder, MAXIMUM_NODES } from './graph-builder.ts';
import type { TrustGraph } from './graph-facts.ts';
import { addAnswers } from './answer-nodes.ts';
import { addServers } from './server-nodes.ts';
import { addSignatures } from './signature-edges.ts';
import { addZones } from './zone-nodes.ts';

export interface TrustGraphOptions {
  /** also keys, denials and answers on which no record of the path rests, and records that were not compared */
  readonly allKeys?: boolean;
}

/**
 * Bounded: at most 400 nodes. Where all keys do not fit, only the path is drawn; what is left out then is told in `folded`.
 * Any prefix of a run has a graph; an empty run an empty one.
 */
export function trustGraph(run: Run, { allKeys = false }: TrustGraphOptions = {}): TrustGraph {
  const graph = build(run, allKeys);
  if (!allKeys || graph.folded.length === 0) return graph;
  const path = build(run, false);
  return { ...path, folded: [`Only the path is drawn: with all keys there would be more than ${String(MAXIMUM_NODES)} nodes.`, ...path.folded] };
}

function build(run: Run, allKeys: boolean): TrustGraph {
  const builder = new GraphBuilder();
  addZones(builder, run, allKeys);
  addAnswers(builder, run, allKeys);
  addServers(builder, run, allKeys);
  addSignatures(builder, run);
  return builder.finish();
}
