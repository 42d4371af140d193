/**
 * A graph that nobody sees, for the worker's first layout. The browser compiles Graphviz again, for speed, while it first works: with that beside a run,
 * the window has no processor to draw with on a machine of two.
 */
import type { LayoutRequest } from '../../../core/graph/layout.ts';

const NODES = 60;
const IN_A_ZONE = 8;

/** Of all that a trust graph has: zones, ellipses, nodes with rows, edges with words. */
export function practiceGraph(): LayoutRequest {
  const nodes = Array.from({ length: NODES }, (_, index) => ({ width: 120, height: 40, round: index % 2 === 0, rows: index % 5 === 0 ? [20, 20] : [] }));
  const zones = Math.ceil(NODES / IN_A_ZONE);
  return {
    nodes,
    clusters: Array.from({ length: zones }, (_, zone) => ({ nodes: nodes.map((_node, index) => index).filter((index) => Math.floor(index / IN_A_ZONE) === zone) })),
    edges: nodes.slice(1).map((_, index) => ({
      from: Math.floor(index / 2), to: index + 1, fromRow: null, toRow: null, fromCluster: null, toCluster: null, invisible: false, labelled: index % 3 === 0,
    })),
  };
}
