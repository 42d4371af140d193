/** The keyboard's way through the trust graph: signer above, signed below, what has the same signer beside. */
import { expect, test } from 'vitest';
import type { GraphEdge, GraphNode, NodeKind } from '../../core/graph/graph-facts.ts';
import { NODE_STATUS, PLAIN_LINE } from '../../core/graph/graph-status.ts';
import type { PlacedGraph } from '../../core/graph/layout.ts';
import { graphKeyName, walk } from '../../renderer/views/trust/graph-walk.ts';
import { pngScale } from '../../renderer/views/trust/graph-export.ts';

const node = (id: string, kind: NodeKind, over: Partial<GraphNode> = {}): GraphNode => ({ id, kind, cluster: 'z', within: null, subject: 'zone:.', status: NODE_STATUS.secure, lines: [id], marks: [], detail: '', ...over });
const edge = (from: string, to: string, kind: GraphEdge['kind'] = 'signature'): GraphEdge => ({ ...PLAIN_LINE, id: `${from}${to}`, from, to, kind, label: '', subject: 'zone:.', sentence: '' });
const NODES = [node('zone', 'zone'), node('ksk', 'dnskey'), node('zsk', 'dnskey'), node('mx', 'rrset', { lines: ['example.com', 'MX'] }), node('tlsa', 'rrset', { lines: ['_25._tcp.mx', 'TLSA'] }), node('row', 'tlsa', { within: 'tlsa' }), node('cert', 'certificate', { cluster: null }), node('end', 'endpoint', { cluster: null })];
const PLACED: PlacedGraph = {
  width: 100, height: 100, clusters: [], edges: [],
  nodes: NODES.map((_, index) => ({ x: index * 30, y: index * 40, width: 20, height: 20 })),
  graph: { clusters: [], folded: [], nodes: NODES, edges: [edge('ksk', 'ksk'), edge('ksk', 'zsk'), edge('zsk', 'mx'), edge('zsk', 'tlsa'), edge('row', 'cert', 'comparison'), edge('cert', 'end', 'presented')] },
};
const go = (from: string | null, ...keys: readonly string[]): string | null => {
  const end = keys.reduce<number | null>((at, key) => walk(key, PLACED, at), from === null ? null : NODES.findIndex(({ id }) => id === from));
  return end === null ? null : NODES[end]?.id ?? null;
};

test('down from the root along what is signed, to the record, the certificate and the endpoint', () => {
  expect(go(null, 'Home')).toBe('zone');
  expect(go('zone', 'ArrowDown')).toBe('ksk');
  expect(go('ksk', 'ArrowDown', 'ArrowDown')).toBe('mx');
  expect(go('tlsa', 'ArrowDown', 'ArrowDown', 'ArrowDown')).toBe('end');
});

test('up to the signer, never round the loop of a key that signs itself', () => {
  expect(go('end', 'ArrowUp', 'ArrowUp', 'ArrowUp')).toBe('tlsa');
  expect(go('tlsa', 'ArrowUp', 'ArrowUp')).toBe('ksk');
  expect(go('ksk', 'ArrowUp')).toBe('zone');
  expect(go('zone', 'ArrowUp')).toBeNull();
});

test('sideways among what has the same signer; End is the TLSA RRset', () => {
  expect(go('mx', 'ArrowRight')).toBe('tlsa');
  expect(go('tlsa', 'ArrowLeft')).toBe('mx');
  expect(go('tlsa', 'ArrowRight')).toBeNull();
  expect(go('zone', 'End')).toBe('tlsa');
});

test('a PNG is twice as large, and bounded in side and pixels', () => {
  expect(pngScale(900, 1800)).toBe(2);
  expect(pngScale(40_000, 100)).toBeCloseTo(0.4);
  expect(pngScale(10_000, 10_000) ** 2 * 1e8).toBeLessThanOrEqual(64_000_001);
});

test('WCAG 2.1.4: j, k and Space as in every list; characters can be turned off, and Ctrl with them stays', () => {
  const held = { ctrlKey: false, metaKey: false };
  const names = (characters: boolean) => ['j', 'k', ' ', '+', '0', 'ArrowUp', 'Enter'].map((key) => graphKeyName({ key, ...held }, characters));
  expect(names(true)).toEqual(['ArrowDown', 'ArrowUp', 'Enter', '+', '0', 'ArrowUp', 'Enter']);
  expect(names(false)).toEqual([null, null, 'Enter', null, null, 'ArrowUp', 'Enter']);
  expect(graphKeyName({ key: '+', ...held, ctrlKey: true }, false)).toBe('+');
});
