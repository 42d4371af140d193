/** The trust graph while it comes part by part, and where only what is in sight is drawn: what is said of a node is said of one that is in the document. */
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { NODE_STATUS } from '../../core/graph/graph-status.ts';
import type { Box, PlacedGraph } from '../../core/graph/layout.ts';
import { drawnNodeId, GraphPicture, type NodeActs } from '../../renderer/views/trust/graph-picture.tsx';
import { partsInSight } from '../../renderer/views/trust/graph-parts.ts';
import { nextDrawn, type DrawnParts } from '../../renderer/views/trust/use-drawn-parts.ts';
import { sightOf } from '../../renderer/views/trust/use-sight.ts';

/** Nodes in a row, each 100 units from the one before, with a line from each to the next. */
const placed = (nodes: number, clusters = 0): PlacedGraph => {
  const box = (index: number): Box => ({ x: index * 100, y: 0, width: 20, height: 20 });
  const zones = Array.from({ length: clusters }, (_, index) => ({ id: `z${String(index)}`, subject: 'zone:.' as const, status: NODE_STATUS.secure, label: '.' }));
  const route = (index: number): PlacedGraph['edges'][number] => ({ points: [20, 45, 75, 100].map((x) => ({ x: index * 100 + x, y: 10 })), tip: null });
  const edge = (index: number): PlacedGraph['graph']['edges'][number] =>
    ({ id: `e${String(index)}`, from: `n${String(index)}`, to: `n${String(index + 1)}`, kind: 'signature', subject: 'zone:.', status: NODE_STATUS.secure, line: 'solid', label: '', sentence: '' });
  const indices = Array.from({ length: nodes }, (_, index) => index);
  return {
    width: nodes * 100, height: 100, edges: indices.slice(1).map((_, index) => route(index)), clusters: zones.map(() => ({ ...box(0), width: nodes * 100 })), nodes: indices.map(box),
    graph: { clusters: zones, folded: [], edges: indices.slice(1).map((_, index) => edge(index)), nodes: indices.map((index) => ({ id: `n${String(index)}`, kind: 'rrset', cluster: null, within: null, subject: 'zone:.', status: NODE_STATUS.secure, lines: ['x'], marks: [], detail: '' })) },
  };
};
const NOTHING: DrawnParts = new Map();
const ACTS: NodeActs = { choose: () => {}, hover: () => {} };
const drawn = (newest: PlacedGraph, parts: DrawnParts): string => renderToStaticMarkup(<svg><GraphPicture placed={newest} parts={parts} current={null} acts={ACTS} /></svg>);

/** Every state from one picture to the next, until nothing changes. */
function states(from: DrawnParts, to: PlacedGraph, sight: Box | null = null, needed: number | null = null): readonly DrawnParts[] {
  const wanted = partsInSight(to, sight, needed);
  const all = [from];
  for (let now = nextDrawn(from, to, wanted); now !== all.at(-1) && all.length < 100; now = nextDrawn(now, to, wanted)) all.push(now);
  return all;
}

const nodesOf = (parts: DrawnParts): number[] => [...parts.values()].flatMap(({ kind, index }) => (kind === 'node' ? [index] : []));

test('the active node is named only where its element is in the document, and then it is the only one of that name', () => {
  const [older, newest] = [placed(90), placed(80, 1)];
  const named = states(states(NOTHING, older).at(-1) ?? NOTHING, newest).map((parts) => {
    const markup = drawn(newest, parts);
    return Array.from({ length: 80 }, (_, index) => drawnNodeId(newest, parts, index)).filter((id) => {
      if (id !== null) expect(markup.split(`id="${id}"`)).toHaveLength(2);
      return id !== null;
    }).length;
  });
  // 160 parts, 40 a frame: the ground and the lines first
  expect(named).toEqual([0, 0, 0, 0, 0, 20, 40, 60, 80]);
});

test('a part of an older picture names no node: its index means another now', () => {
  const older = states(NOTHING, placed(30)).at(-1) ?? NOTHING;
  expect(drawn(placed(30), older)).toContain('role="option"');
  expect(drawn(placed(30), older)).not.toContain('id="graph-node');
});

test('what a newer picture has no more goes when all of the newer one is there, and nothing before', () => {
  const [older, newest] = [placed(100), placed(50)];
  const counts = states(states(NOTHING, older).at(-1) ?? NOTHING, newest).map((parts) => nodesOf(parts).length);
  expect(counts).toEqual([100, 100, 100, 100, 100, 50]);
});

test('of a large graph what meets the sight is drawn, in the order of drawing, with the node that is needed', () => {
  const graph = placed(400, 1);
  const parts = states(NOTHING, graph, { x: 1000, y: 0, width: 450, height: 100 }, 399).at(-1) ?? NOTHING;
  expect(nodesOf(parts)).toEqual([10, 11, 12, 13, 14, 399]);
  expect([...parts.values()].map(({ key }) => key).filter((key) => !key.startsWith('node'))).toEqual(['ground z0', 'line e9', 'line e10', 'line e11', 'line e12', 'line e13', 'line e14']);
  expect(nodesOf(states(parts, graph, null).at(-1) ?? NOTHING)).toHaveLength(400);
});

test('a node says which of how many it is, as others may not be in the document', () => {
  const graph = placed(400);
  const parts = states(NOTHING, graph, { x: 1000, y: 0, width: 50, height: 100 }).at(-1) ?? NOTHING;
  expect(drawn(graph, parts)).toMatch(/aria-posinset="11" aria-setsize="400"/);
});

test('the sight is the frame in units of the graph, with room around it, and small steps of scrolling do not change it', () => {
  const frame = { scrollLeft: 1000, scrollTop: 500, clientWidth: 600, clientHeight: 400 };
  const sight = sightOf(frame, { width: 5000, height: 2000 }, 0.5);
  for (const [from, length, at, size] of [[sight.x, sight.width, 2000, 1200], [sight.y, sight.height, 1000, 800]] as const) {
    expect(from).toBeLessThanOrEqual(at - 200);
    expect(from + length).toBeGreaterThanOrEqual(at + size + 200);
    expect(length).toBeLessThan(size + 1000);
  }
  expect(sightOf({ ...frame, scrollLeft: 1010 }, { width: 5000, height: 2000 }, 0.5)).toEqual(sight);
});

test('a drawing narrower than its frame stands in the middle of it, and is all in sight', () => {
  const sight = sightOf({ scrollLeft: 0, scrollTop: 0, clientWidth: 1000, clientHeight: 400 }, { width: 200, height: 300 }, 1);
  expect(sight.x).toBeLessThanOrEqual(0);
  expect(sight.x + sight.width).toBeGreaterThanOrEqual(200);
});
