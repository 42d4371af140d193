/** Each kind of node and each kind and state of line in the trust graph's language is in the graph of a real run; what no scene reaches is listed with its reason. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphEdge, GraphNode, TrustGraph } from '../../core/graph/graph-facts.ts';
import { DENIAL_LOOK, DELEGATION_LOOK, DIGEST_LOOK, NODE_STATUS, OUTCOME_STATUS, SIGNATURE_LOOK } from '../../core/graph/graph-status.ts';
import { graphvizLayout } from '../../core/graph/graphviz-layout.ts';
import { placeGraph, type LayoutFunction } from '../../core/graph/layout.ts';
import { svgFile } from '../../core/graph/svg.ts';
import { trustGraph } from '../../core/graph/trust-graph.ts';
import { fold } from '../../core/inspection/fold.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

/** Chosen so that all together reach every sign; one more is one more run. */
const SCENES = [
  'good-311', 'good-current-next', 'good-ipv6', 'good-wildcard', 'good-strange-signatures', 'tlsa-mismatch', 'tlsa-missing', 'tlsa-usage-unusable', 'issuer-is-no-ca', 'anchor-not-sent', 'ds-mismatch',
  'domain-unsigned', 'mx-host-unsigned', 'signature-expired', 'denial-altered', 'nsec3-iterations', 'dnssec-work-limit', 'keys-not-to-be-had', 'tlsa-lookup-failed', 'one-server-fails', 'mx-is-alias',
  'starttls-not-offered', 'connection-failed', 'domain-does-not-exist',
] as const;

let lab: Lab;
let layout: LayoutFunction;
const graphs = new Map<string, TrustGraph>();
beforeAll(async () => {
  lab = await startLab({ only: [...SCENES, 'domain-not-there-unproved'] });
  layout = await graphvizLayout();
  for (const scene of SCENES) {
    const { run, events } = await inspectInLab(lab, lab.scenes.find(({ name }) => name === scene)?.domain ?? scene);
    graphs.set(scene, trustGraph(run, { allKeys: true }));
    if (scene === 'good-311') graphs.set('good-311, not over', trustGraph(fold(events.slice(0, events.findIndex(({ type }) => type === 'dns.lookup.started') + 1)), { allKeys: true }));
  }
});
afterAll(() => lab.close());

const of = (scene: string): TrustGraph => graphs.get(scene) ?? { clusters: [], nodes: [], edges: [], folded: [] };
const nodeIn = (scene: string, wanted: (node: GraphNode) => boolean): GraphNode | undefined => of(scene).nodes.find(wanted);
const edgeIn = (scene: string, wanted: (edge: GraphEdge) => boolean): GraphEdge | undefined => of(scene).edges.find(wanted);

describe('a node', () => {
  test.each<[string, string, (node: GraphNode) => boolean]>([
    ['zone, when it was checked', 'good-311', ({ kind, lines }) => kind === 'zone' && /^checked \d\d:\d\d:\d\dZ$/.test(lines[1] ?? '')],
    ['trust anchor', 'good-311', ({ kind, marks }) => kind === 'dnskey' && marks.includes('trust anchor') && marks.includes('SEP')],
    ['DNSKEY without SEP', 'good-311', ({ kind, marks }) => kind === 'dnskey' && marks.length === 0],
    ['DNSKEY, revoked', 'good-strange-signatures', ({ kind, marks }) => kind === 'dnskey' && marks.includes('revoked')],
    ['ghost of a DNSKEY', 'ds-mismatch', ({ kind, marks, status }) => kind === 'dnskey' && marks.includes('missing') && status.word === 'not found'],
    ['DS, several digests of one key', 'good-strange-signatures', ({ kind, lines }) => kind === 'ds' && lines[1] === 'digest alg 1, 250, 4, 2'],
    ['RRset', 'good-311', ({ kind, lines }) => kind === 'rrset' && lines.at(-1) === 'TLSA'],
    ['NODATA', 'good-311', ({ kind, status }) => kind === 'no-data' && status.code === 'secure'],
    ['NODATA, insecure', 'domain-unsigned', ({ kind, status }) => kind === 'no-data' && status.code === 'insecure'],
    ['NODATA, bogus', 'denial-altered', ({ kind, status, lines }) => kind === 'no-data' && status.code === 'bogus' && lines.at(-1) === 'AAAA — no data'],
    ['NXDOMAIN', 'tlsa-missing', ({ kind, lines }) => kind === 'name-error' && lines.at(-1) === 'does not exist'],
    ['NSEC', 'good-311', ({ kind, lines }) => kind === 'denial' && lines.at(-1) === 'NSEC'],
    ['NSEC3 with opt-out', 'mx-host-unsigned', ({ kind, lines, marks }) => kind === 'denial' && lines.at(-1) === 'NSEC3' && marks.includes('opt-out')],
    ['wildcard over the expanded name', 'good-wildcard', ({ kind, lines, marks }) => kind === 'rrset' && marks.includes('wildcard') && lines[0]?.startsWith('*.') === true && lines[1]?.startsWith('_25.') === true],
    ['answer with an error, beside one without', 'one-server-fails', ({ kind, lines }) => kind === 'error' && lines[0]?.startsWith('SERVFAIL at ns2.') === true],
    ['answer with an error alone', 'tlsa-lookup-failed', ({ kind, status }) => kind === 'error' && status.code === 'indeterminate'],
    ['TLSA record that matches', 'good-311', ({ kind, status, within }) => kind === 'tlsa' && status.word === 'matches' && within !== null],
    ['TLSA record that does not', 'tlsa-mismatch', ({ kind, status }) => kind === 'tlsa' && status.code === 'bogus'],
    ['TLSA record not compared', 'starttls-not-offered', ({ kind, status }) => kind === 'tlsa' && status.word === 'not compared'],
    ['TLSA record of no use', 'tlsa-usage-unusable', ({ kind, marks }) => kind === 'tlsa' && marks.includes('unusable')],
    ['certificate', 'good-311', ({ kind, lines }) => kind === 'certificate' && lines[0] === 'depth 0' && /^until \d{4}-\d\d-\d\d$/.test(lines[3] ?? '')],
    ['ghost of a certificate', 'good-311', ({ kind, marks }) => kind === 'certificate' && marks.includes('missing')],
  ])('%s: %s', (_, scene, wanted) => expect(nodeIn(scene, wanted)).toBeDefined());

  test('has each status, as word and glyph', () => {
    const words = new Set([...graphs.values()].flatMap(({ nodes }) => nodes.map(({ status }) => `${status.sign} ${status.word}`)));
    expect(Object.values(NODE_STATUS).map(({ sign, word }) => `${sign} ${word}`).filter((one) => !words.has(one))).toEqual([]);
  });

  test('endpoint: each outcome but those that no lookup and no handshake is behind', () => {
    const words = new Set([...graphs.values()].flatMap(({ nodes }) => nodes.filter(({ kind }) => kind === 'endpoint').map(({ status }) => status.word)));
    // `pending`: an endpoint is told with its outcome, never before.
    expect(Object.entries(OUTCOME_STATUS).filter(([, { word }]) => !words.has(word)).map(([code]) => code)).toEqual(['pending']);
  });
});

/** Looks that no scene reaches, and why. */
const UNREACHED: { readonly [look: string]: string } = {
  'signature malformed': 'no name server of the lab puts an RRSIG beside an RRset that cannot be read or covers another type: it would not be found with it',
  'digest work-limit': 'keys of one tag that would use up the digests: the limit of signatures is met before it',
};

describe('a line', () => {
  const seen = (kind: GraphEdge['kind']): ReadonlySet<string> => new Set([...graphs.values()].flatMap(({ edges }) => edges.filter((edge) => edge.kind === kind).map(({ status, line }) => `${line} ${status.code} ${status.sign} ${status.word}`)));
  test.each([['signature', SIGNATURE_LOOK], ['digest', DIGEST_LOOK], ['denial', DENIAL_LOOK], ['delegation', DELEGATION_LOOK]] as const)('%s: each state but those listed', (kind, looks) => {
    const all = seen(kind);
    const missing = Object.entries(looks).filter(([, { line, status }]) => !all.has(`${line} ${status.code} ${status.sign} ${status.word}`)).map(([state]) => `${kind} ${state}`);
    expect(missing.filter((state) => UNREACHED[state] === undefined)).toEqual([]);
    expect(Object.keys(UNREACHED).filter((state) => state.startsWith(`${kind} `) && !missing.includes(state))).toEqual([]);
  });

  test.each<[string, string, (edge: GraphEdge) => boolean]>([
    ['alias', 'mx-is-alias', ({ kind, label }) => kind === 'alias' && label === 'alias'],
    ['MX', 'good-311', ({ kind, label, line }) => kind === 'mx' && label === 'MX 10' && line === 'dotted'],
    ['A', 'good-ipv6', ({ kind, label, line }) => kind === 'address' && label === 'A' && line === 'dotted'],
    ['AAAA', 'good-ipv6', ({ kind, label }) => kind === 'address' && label === 'AAAA'],
    ['key that signs itself', 'good-311', ({ kind, from, to }) => kind === 'signature' && from === to],
    ['signature by a ghost', 'good-strange-signatures', ({ kind, line, status }) => kind === 'signature' && line === 'dashed' && status.code === 'absent'],
    ['proof of no DS', 'domain-unsigned', ({ kind, to }) => kind === 'denial' && to === 'zone domain-unsigned.example'],
    ['proof of a wildcard', 'good-wildcard', ({ kind, sentence }) => kind === 'denial' && sentence.includes('so that the wildcard answers')],
    ['proof that does not hold, to what it claims', 'denial-altered', ({ kind, line, status, sentence }) => kind === 'denial' && line === 'dashed' && status.code === 'bogus' && sentence.endsWith('is not proved.')],
    ['record matches', 'good-311', ({ kind, line, status }) => kind === 'comparison' && line === 'double' && status.sign === '✔'],
    ['record differs, refused', 'tlsa-mismatch', ({ kind, line, status }) => kind === 'comparison' && line === 'crossed' && status.code === 'bogus'],
    ['record fits, refused', 'issuer-is-no-ca', ({ kind, line, status }) => kind === 'comparison' && line === 'crossed' && status.word.startsWith('fits, but')],
    ['record differs, in a rollover', 'good-current-next', ({ kind, line, status }) => kind === 'comparison' && line === 'solid' && status.code === 'absent'],
    ['record not compared, with its reason', 'tlsa-usage-unusable', ({ kind, line, label }) => kind === 'comparison' && line === 'dotted' && label === 'usage not for mail'],
    ['issuer named', 'good-311', ({ kind, line, status }) => kind === 'issuer' && line === 'solid' && status.code === 'plain'],
    ['issuer missing', 'good-311', ({ kind, line, status }) => kind === 'issuer' && line === 'dashed' && status.code === 'absent'],
    ['anchor not sent', 'anchor-not-sent', ({ kind, line }) => kind === 'presented' && line === 'dashed'],
    ['presented', 'good-311', ({ kind, line }) => kind === 'presented' && line === 'solid'],
  ])('%s: %s', (_, scene, wanted) => expect(edgeIn(scene, wanted)).toBeDefined());
});

describe('the picture of a real run', () => {
  const svg = (scene: string): string => svgFile(placeGraph(of(scene), layout), scene);
  /** the group of a node, without what follows it */
  const groups = (scene: string, part: string): string[] => svg(scene).split('<g class="graph-node ').slice(1).filter((group) => (group.split('"')[0] ?? '').split(' ').includes(part)).map((group) => group.split('</g>')[0] ?? '');

  test('a trust anchor has a double outline and the words', () => {
    const [anchor = ''] = groups('good-311', 'mark-trust-anchor');
    expect(anchor.match(/<ellipse class="graph-shape"/g)).toHaveLength(2);
    expect(anchor).toMatch(/✔ secure · trust anchor · SEP</);
  });

  test.each([
    ['good-strange-signatures', 'mark-revoked', /· SEP · revoked</], ['mx-host-unsigned', 'mark-opt-out', /· opt-out</], ['ds-mismatch', 'mark-missing', /– not found</],
    ['tlsa-missing', 'kind-name-error', /<rect [^>]*rx="10"[^>]*>.*<path [^>]*d="M[^"]*l10,-10M[^"]*l10,10M[^"]*l10,10M[^"]*l10,-10"/], ['tlsa-usage-unusable', 'mark-unusable', /<tspan class="is-struck">0 1 1 /],
    ['good-311', 'kind-certificate', /graph-badge.*>depth 0</], ['good-311', 'kind-endpoint', /d="M(?:[^L"]*L){5}[^L"]*Z".*✔ authenticated</], ['one-server-fails', 'kind-error', /h-26Z.*SERVFAIL at ns2/],
    ['good-wildcard', 'mark-wildcard', />✔ secure · wildcard<.*>\*\._tcp\./],
  ])('%s draws %s', (scene, part, drawn) => expect(groups(scene, part).some((group) => drawn.test(group))).toBe(true));

  test('the status stands at the top left, or in the middle where a shape has no such corner', () => {
    for (const kind of ['kind-rrset', 'kind-no-data', 'kind-denial']) expect(groups('good-311', kind)[0]).toMatch(/class="graph-status at-left"[^>]*>✔ secure</);
    for (const kind of ['kind-dnskey', 'kind-ds', 'kind-endpoint']) expect(groups('good-311', kind)[0]).toMatch(/class="graph-status"[^>]*>✔ /);
  });
});
