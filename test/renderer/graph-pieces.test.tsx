/** The trust graph while it comes piece by piece: what is said of a node is said of one that is in the document. */
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { NODE_STATUS } from '../../core/graph/graph-status.ts';
import type { PlacedGraph } from '../../core/graph/layout.ts';
import { drawnNodeId, drawnPieces, Piece, type NodeActs } from '../../renderer/views/trust/graph-picture.tsx';

const placed = (nodes: number, clusters = 0): PlacedGraph => {
  const box = { x: 0, y: 0, width: 20, height: 20 };
  const zones = Array.from({ length: clusters }, (_, index) => ({ id: `z${String(index)}`, subject: 'zone:.' as const, status: NODE_STATUS.secure, label: '.' }));
  return {
    width: 100, height: 100, edges: [], clusters: zones.map(() => box), nodes: Array.from({ length: nodes }, () => box),
    graph: { clusters: zones, folded: [], edges: [], nodes: Array.from({ length: nodes }, (_, index) => ({ id: `n${String(index)}`, kind: 'rrset', cluster: null, within: null, subject: 'zone:.', status: NODE_STATUS.secure, lines: ['x'], marks: [], detail: '' })) },
  };
};
const ACTS: NodeActs = { choose: () => {}, hover: () => {} };
const drawn = (newest: PlacedGraph, pieces: readonly PlacedGraph[]): string =>
  renderToStaticMarkup(<svg>{pieces.map((of, at) => <Piece key={`piece ${String(at)}`} placed={of} at={at} current={null} acts={of === newest ? ACTS : null} />)}</svg>);

test('the active node is named only where its element is in the document, and then it is the only one of that name', () => {
  const [older, newest] = [placed(60), placed(60, 1)];
  const whole = drawnPieces(newest);
  const states = [[newest], ...Array.from({ length: whole + 1 }, (_, fresh) => Array.from({ length: whole }, (_piece, at) => (at < fresh ? newest : older)))];
  const named = states.map((pieces) => {
    const markup = drawn(newest, pieces);
    return Array.from({ length: 60 }, (_, index) => drawnNodeId(newest, pieces, index)).filter((id) => {
      if (id !== null) expect(markup.split(`id="${id}"`)).toHaveLength(2);
      return id !== null;
    }).length;
  });
  expect(named).toEqual([0, 0, 0, 25, 50, 60]);
});

test('a piece of an older picture names no node: its indices mean others now', () => {
  const [older, newest] = [placed(30), placed(30)];
  expect(drawn(newest, [older, older])).not.toContain('id="graph-node');
});
