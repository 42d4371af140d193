/** The graph of a run, built once for the picture and for the words. */
import type { TrustGraph } from '../../../core/graph/graph-facts.ts';
import { trustGraph } from '../../../core/graph/trust-graph.ts';
import type { Run } from '../../../core/inspection/run.ts';

const built = new WeakMap<Run, Map<boolean, TrustGraph>>();

export function graphOfRun(run: Run, allKeys = false): TrustGraph {
  const graphs = built.get(run) ?? new Map<boolean, TrustGraph>();
  const graph = graphs.get(allKeys) ?? trustGraph(run, { allKeys });
  built.set(run, graphs.set(allKeys, graph));
  return graph;
}
