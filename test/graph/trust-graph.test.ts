/** The trust graph of real runs against the practice lab: nodes carry whether trust arrived, edges their own validity. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fold } from '../../core/inspection/fold.ts';
import type { Run } from '../../core/inspection/run.ts';
import { GraphBuilder, MAXIMUM_NODES } from '../../core/graph/graph-builder.ts';
import type { GraphEdge, GraphNode, NodeKind, TrustGraph } from '../../core/graph/graph-facts.ts';
import { PLAIN } from '../../core/graph/graph-status.ts';
import { graphSentences, graphSummary } from '../../core/graph/sentences.ts';
import { trustGraph } from '../../core/graph/trust-graph.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab(); });
afterAll(() => lab.close());

const graphOf = async (target: string): Promise<TrustGraph> => trustGraph((await inspectInLab(lab, target)).run);
const nodes = (graph: TrustGraph, kind: GraphNode['kind'], line = ''): readonly GraphNode[] => graph.nodes.filter((node) => node.kind === kind && node.lines.join(' ').includes(line));
const edges = (graph: TrustGraph, kind: GraphEdge['kind']): readonly GraphEdge[] => graph.edges.filter((edge) => edge.kind === kind);
const codes = (all: readonly { readonly status: { readonly code: string } }[]): string[] => [...new Set(all.map(({ status }) => status.code))];

describe('a good domain', () => {
  test('leads from the trust anchor to the certificate, all secure', async () => {
    const graph = await graphOf('good-311.example');
    expect(graph.clusters.map(({ label }) => label)).toEqual(['. (root)', 'example', 'good-311.example']);
    expect(nodes(graph, 'dnskey').filter(({ marks }) => marks.includes('trust anchor')).map(({ cluster }) => cluster)).toEqual(['zone .']);
    expect(codes([...graph.clusters, ...nodes(graph, 'dnskey'), ...nodes(graph, 'ds'), ...nodes(graph, 'rrset'), ...edges(graph, 'signature'), ...edges(graph, 'digest'), ...edges(graph, 'delegation')])).toEqual(['secure']);
    expect(edges(graph, 'comparison')).toMatchObject([{ line: 'double', status: { code: 'secure' } }]);
    expect(nodes(graph, 'endpoint')).toMatchObject([{ status: { word: 'authenticated' } }]);
  });

  test('a key that signs its own set has a loop, and DS records stand in the box of the parent (RFC 4035 §2.4)', async () => {
    const graph = await graphOf('good-311.example');
    expect(edges(graph, 'signature').filter(({ from, to }) => from === to)).toHaveLength(3);
    expect(nodes(graph, 'ds').map(({ cluster }) => cluster)).toEqual(['zone .', 'zone example']);
  });

  test('the issuer that was not sent stands as a ghost', async () => {
    const graph = await graphOf('good-311.example');
    expect(nodes(graph, 'certificate').filter(({ marks }) => marks.includes('missing')).map(({ status }) => status.word)).toEqual(['not presented']);
  });

  test('without all keys an absent address family is not drawn; with them it is, with its NSEC', async () => {
    const { run } = await inspectInLab(lab, 'good-311.example');
    expect(nodes(trustGraph(run), 'no-data')).toEqual([]);
    const all = trustGraph(run, { allKeys: true });
    expect(nodes(all, 'no-data', 'AAAA')).toHaveLength(1);
    expect(edges(all, 'denial').length).toBeGreaterThan(0);
  });
});

test('an expired signature is a purple edge to an RRset that is bogus for that, by a key that is secure (RFC 4035 §5.3.1)', async () => {
  const graph = await graphOf('signature-expired.example');
  const [tlsa] = nodes(graph, 'rrset', 'TLSA');
  expect(tlsa?.status).toMatchObject({ code: 'expired', word: 'bogus, expired' });
  const over = edges(graph, 'signature').filter(({ to }) => to === tlsa?.id);
  expect(over).toMatchObject([{ status: { code: 'expired', sign: '⌛' }, line: 'solid' }]);
  expect(graph.nodes.find(({ id }) => id === over[0]?.from)?.status.code).toBe('secure');
});

test('a DS record that names no key leads dashed to a ghost, and the delegation is bogus (RFC 4035 §5.2)', async () => {
  const graph = await graphOf('ds-mismatch.example');
  const digest = edges(graph, 'digest').find(({ status }) => status.code === 'absent');
  expect(digest?.line).toBe('dashed');
  expect(graph.nodes.find(({ id }) => id === digest?.to)).toMatchObject({ kind: 'dnskey', marks: ['missing'], status: { word: 'not found' } });
  expect(edges(graph, 'delegation').at(-1)).toMatchObject({ status: { code: 'bogus' }, line: 'dashed' });
  expect(nodes(graph, 'dnskey').filter(({ cluster, marks }) => cluster === 'zone ds-mismatch.example' && !marks.includes('missing'))).toHaveLength(1);
});

test('an unsigned zone is black, and the proof that it has no DS record leads to it (RFC 4035 §5.2)', async () => {
  const graph = await graphOf('domain-unsigned.example');
  expect(edges(graph, 'delegation').at(-1)).toMatchObject({ status: { code: 'insecure', sign: '○' }, line: 'solid' });
  expect(edges(graph, 'denial')).toMatchObject([{ to: 'zone domain-unsigned.example', status: { code: 'secure' } }]);
  expect(nodes(graph, 'denial', 'NSEC')).toHaveLength(1);
  expect(codes(nodes(graph, 'rrset'))).toEqual(['insecure']);
});

test('opt-out is a mark of the NSEC3 node and leaves the delegation insecure (RFC 5155 §6)', async () => {
  const { run } = await inspectInLab(lab, 'good-nsec3.test');
  const graph = trustGraph(withOptOut(run));
  expect(nodes(graph, 'denial', 'NSEC3')).toMatchObject([{ marks: ['opt-out'] }]);
  expect(edges(graph, 'denial')).toMatchObject([{ status: { code: 'insecure', word: 'proved with opt-out' } }]);
});

test('a record that differs is crossed out only where the endpoint is refused (RFC 7671 §8.1)', async () => {
  const refused = await graphOf('tlsa-mismatch.example');
  expect(edges(refused, 'comparison').map(({ line, status }) => [line, status.code])).toContainEqual(['crossed', 'bogus']);
  const rollover = await graphOf('good-current-next.example');
  const lines = edges(rollover, 'comparison').map(({ line, status }) => [line, status.code]);
  expect(lines).toContainEqual(['double', 'secure']);
  expect(lines).toContainEqual(['solid', 'absent']);
});

test('a record whose anchor is sent but may issue nothing fits, and the path does not hold (RFC 5280 §4.2.1.9, RFC 7672 §3.1.2): line, row and sentence say so', async () => {
  const graph = await graphOf('issuer-is-no-ca.example');
  expect(edges(graph, 'comparison')).toMatchObject([{
    line: 'crossed', status: { code: 'bogus', sign: '✖', word: 'fits, but the path does not hold' },
    sentence: expect.stringMatching(/^TLSA record 1 of mx1\.issuer-is-no-ca\.example fits the certificate at depth 1 of 192\.0\.2\.\d+, ECDSA, but the path does not hold: /) as string,
  }]);
  expect(nodes(graph, 'tlsa')).toMatchObject([{ status: { code: 'bogus', word: 'fits, but the path does not hold' } }]);
});

test('a record that a stronger digest leaves out is not at fault (RFC 7671 §9)', async () => {
  const graph = await graphOf('old-stronger-digest.example');
  expect(nodes(graph, 'tlsa').map(({ status: { code, word } }) => [code, word])).toEqual([['bogus', 'matches nothing'], ['absent', 'not compared']]);
});

describe('a graph', () => {
  test('exists for every prefix of a run, and each edge has both its ends, and no two parts have one id', async () => {
    const { events } = await inspectInLab(lab, 'two-mx-one-bad.example');
    for (let length = 0; length <= events.length; length += 7) {
      const graph = trustGraph(fold(events.slice(0, length)), { allKeys: true });
      const ids = new Set(graph.nodes.map(({ id }) => id));
      expect(graph.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
      expect(ids.size).toBe(graph.nodes.length);
      expect(new Set(graph.edges.map(({ id }) => id)).size).toBe(graph.edges.length);
      expect(new Set(graph.clusters.map(({ id }) => id)).size).toBe(graph.clusters.length);
    }
    expect(trustGraph(fold([]))).toEqual({ clusters: [], nodes: [], edges: [], folded: [] });
  });

  test('has at most 400 nodes and says what it leaves out', async () => {
    const { run } = await inspectInLab(lab, 'good-311.example');
    const graph = trustGraph(manyKeys(run), { allKeys: true });
    expect(graph.nodes.length).toBeLessThanOrEqual(MAXIMUM_NODES);
    expect(graph.folded[0]).toContain('Only the path is drawn');
  });

  test('says in words what kind and how many it leaves out', () => {
    const builder = new GraphBuilder();
    const node = (kind: NodeKind, id: string): void => builder.node({ id, kind, cluster: null, within: null, subject: 'zone:.', status: PLAIN, lines: [], marks: [], detail: '' });
    for (let index = 0; index < MAXIMUM_NODES; index += 1) node('rrset', `rrset ${String(index)}`);
    node('certificate', 'one more');
    for (const id of ['one', 'two']) node('endpoint', id);
    expect(builder.finish().folded).toEqual(['1 more certificate is not drawn: a graph has at most 400 nodes.', '2 more endpoints are not drawn: a graph has at most 400 nodes.']);
  });

  test('escapes and shortens what comes from outside', async () => {
    const { run } = await inspectInLab(lab, 'good-311.example');
    const graph = trustGraph(JSON.parse(JSON.stringify(run).replaceAll('mx1.good-311.example', `\\u001b[2J\\u202e${'x'.repeat(10_000)}`)) as Run);
    const words = [...graph.nodes.flatMap(({ lines, detail }) => [...lines, detail]), ...graph.edges.map(({ sentence }) => sentence)];
    expect(words.some((word) => /[\u0000-\u001f\u202e]/.test(word))).toBe(false);
    expect(Math.max(...graph.nodes.flatMap(({ lines }) => lines.map(({ length }) => length)))).toBeLessThan(60);
  });

  test('is told from the root down, one zone after the other', async () => {
    const { run } = await inspectInLab(lab, 'good-311.example');
    const sentences = graphSentences(trustGraph(run), run);
    const place = (part: string): number => sentences.findIndex((one) => one.includes(part));
    const inOrder = [place('is a trust anchor'), place('over the DNSKEY RRset of the root'), place('delegation from the root to example'), place('over the DNSKEY RRset of example'), place('delegation from example to good-311.example'), place('_25._tcp.mx1.good-311.example TLSA is secure'), place('presents the certificate')];
    expect(inOrder).not.toContain(-1);
    const all = trustGraph(run, { allKeys: true });
    expect(graphSentences(all, run).filter((one) => /\(root\)| \.( |$)|^\. /.test(one))).toEqual([]);
    expect(inOrder.toSorted((a, b) => a - b)).toEqual(inOrder);
  });

  test('is told in sentences that name anchor, keys, records and endpoints', async () => {
    const { run } = await inspectInLab(lab, 'tlsa-mismatch.example');
    const graph = trustGraph(run);
    const text = graphSentences(graph, run).join('\n');
    expect(text).toMatch(/The root key \d+ is a trust anchor\./);
    expect(text).toMatch(/TLSA record 1 of mx1\.tlsa-mismatch\.example does not match the certificate at depth 0/);
    expect(text).toMatch(/The endpoint mx1\.tlsa-mismatch\.example, 192\.0\.2\.\d+, ECDSA: refused/);
    expect(graphSummary(graph)).toContain('3 zones');
  });
});

/** The lab's signed names under opt-out have DS records, so the proof of an unsigned one is put in by hand (RFC 5155 §8.6). */
function withOptOut(run: Run): Run {
  const record = { owner: 'a.test', next: 'b.test', types: [], optOut: true, role: 'covers-next-closer' as const };
  const denial = { zone: 'test', name: 'good-nsec3.test', rrtype: 'DS', claim: 'insecure-delegation' as const, method: 'NSEC3' as const, records: [record], result: 'proved-opt-out' as const, reason: null };
  return { ...run, zones: run.zones.map((state) => (state.zone.zone === 'test' ? { ...state, denials: [denial] } : state)) };
}

function manyKeys(run: Run): Run {
  return { ...run, zones: run.zones.map((state) => ({ ...state, zone: { ...state.zone, keys: state.zone.keys.flatMap((key) => Array.from({ length: 300 }, (_, index) => ({ ...key, keyTag: key.keyTag + index }))) } })) };
}
