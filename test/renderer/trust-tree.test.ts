/** The tree of trust holds what the graph holds: the same run, the same subjects. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressSubject, certificateSubject, mxSubject } from '../../core/base/subject.ts';
import { chainTree } from '../../core/graph/chain-tree.ts';
import type { TreeNode } from '../../core/graph/chain-tree.ts';
import { trustGraph } from '../../core/graph/trust-graph.ts';
import type { Run } from '../../core/inspection/run.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { endpointId } from '../../renderer/selection/focus.ts';
import { trustTree } from '../../renderer/views/trust/model.ts';
import type { TrustNode } from '../../renderer/views/trust/trust-node.ts';
import { pathTo, visibleNodes } from '../../renderer/views/trust/visible.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab(); });
afterAll(() => lab.close());

const flat = (nodes: readonly TrustNode[]): readonly TrustNode[] => nodes.flatMap((node) => [node, ...flat(node.children)]);
const runOf = async (target: string): Promise<Run> => (await inspectInLab(lab, target)).run;
/** That nothing is at `_tcp` was asked on the way to a TLSA name (RFC 9156 §2.3): the tree tells it only where it went wrong. */
const isStep = (subject: string): boolean => subject.startsWith('rrset:_tcp.');
const SIGNS: { readonly [sign: string]: string } = { '✔': 'check', '✖': 'cross', '–': 'dash' };
const all = (nodes: readonly TreeNode[]): readonly TreeNode[] => nodes.flatMap((node) => [node, ...all(node.children)]);
const ENDS = new Set(['endpoint', 'certificate', 'tlsa', 'rrset', 'no-data', 'name-error', 'zone']);

describe.each([
  'good-311.example', 'tlsa-mismatch.example', 'good-211.example', 'good-ipv6.example', 'good-implicit-mx.example', 'domain-unsigned.example', 'tlsa-missing.example',
  'tlsa-lookup-failed.example', 'anchor-not-sent.example', 'certificate-expired.example', 'two-mx-one-bad.example', 'mx-is-alias.example',
])('%s', (target) => {
  test('each zone, answer, record, certificate and endpoint of the graph is in the tree, each line with an id of its own', async () => {
    const run = await runOf(target);
    const lines = flat(trustTree(run));
    const subjects = new Set<string>(lines.map(({ subject }) => subject));
    const missing = trustGraph(run, { allKeys: true }).nodes.filter(({ kind, subject }) => ENDS.has(kind) && !subjects.has(subject) && !isStep(subject));
    expect(missing.map(({ kind, lines: words }) => [kind, ...words].join(' '))).toEqual([]);
    expect(run.endpoints.length).toBeGreaterThan(0);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  });

  test('each mail host and address has its line', async () => {
    const run = await runOf(target);
    const subjects = new Set<string>(flat(trustTree(run)).map(({ subject }) => subject));
    // A domain without MX RRset is its own mail host (RFC 5321 §5.1): no record names it.
    const wanted = run.hosts.flatMap((host) => [...(run.destination?.domain === host.name ? [] : [mxSubject(host.name)]), ...host.addresses.map(({ address }) => addressSubject(host.name, address))]);
    expect(wanted.filter((subject) => !subjects.has(subject))).toEqual([]);
  });

  test('endpoints have the word and the certificates of the graph', async () => {
    const run = await runOf(target);
    const graph = trustGraph(run);
    const lines = flat(trustTree(run));
    for (const node of graph.nodes.filter(({ kind }) => kind === 'endpoint')) {
      const line = lines.find(({ subject, kind }) => kind === 'endpoint' && subject === node.subject);
      expect(line).toMatchObject({ title: node.lines.join(' '), status: { word: node.status.word } });
      const presented = graph.edges.filter(({ to, kind }) => kind === 'presented' && to === node.id).map(({ subject }) => subject);
      expect(line?.children.map(({ subject }) => subject)).toEqual(expect.arrayContaining(presented));
    }
  });

  test('the tree of reports has the same endpoints, below the same RRsets, with the same words of what they present', async () => {
    const run = await runOf(target);
    const ofWindow = flat(trustTree(run)).flatMap((line) => line.children.filter(({ kind }) => kind === 'endpoint').map((one) => [line.title, one.status.word, one.title, one.children.map(({ title, status: { word }, detail }) => [word, title, detail])]));
    const ofReports = all(chainTree(run)).flatMap((node) => node.children.filter(({ kind }) => kind === 'endpoint').map((one) => [node.label, one.word, one.label, one.children.map(({ word, label, detail }) => [word, label, detail])]));
    const inOrder = (lines: readonly unknown[]): readonly string[] => lines.map((line) => JSON.stringify(line)).toSorted((left, right) => left.localeCompare(right));
    expect(inOrder(ofReports)).toEqual(inOrder(ofWindow));
  });
});

test('what refused the mail is in sight at first: the endpoint, its certificate that does not match, the issuer that was not sent', async () => {
  const run = await runOf('tlsa-mismatch.example');
  const shown = visibleNodes(trustTree(run), new Set()).map(({ node }) => node);
  const endpoint = shown.find(({ kind }) => kind === 'endpoint');
  expect(endpoint).toMatchObject({ status: { word: 'refused', tone: 'bogus' } });
  expect(shown.filter(({ kind }) => kind === 'certificate').map(({ status }) => status.word)).toEqual(expect.arrayContaining(['does not match', 'not presented']));
});

test.each(['good-current-next.example', 'tlsa-mismatch.example', 'tlsa-usage-unusable.example', 'certificate-expired.example', 'starttls-not-offered.example'])('%s: a record has the sign and the word of the graph, whether it is at fault or not', async (target) => {
  const run = await runOf(target);
  const lines = flat(trustTree(run));
  const reports = all(chainTree(run));
  const records = trustGraph(run).nodes.filter(({ kind }) => kind === 'tlsa');
  expect(records.length).toBeGreaterThan(0);
  for (const { subject, status: { code, sign, word } } of records) {
    expect(lines.find((line) => line.kind === 'TLSA' && line.subject === subject)?.status).toMatchObject({ sign: SIGNS[sign], word });
    const inReports = reports.find((node) => node.kind === 'tlsa' && node.subject === subject);
    expect([inReports?.status === 'mismatch', inReports?.word]).toEqual([code === 'bogus', word]);
  }
});

test('RFC 6698 §2.1.1: a usable record without a certificate to hold it against is not compared, in graph, trees and words', async () => {
  const run = await runOf('starttls-not-offered.example');
  const ofGraph = trustGraph(run).nodes.filter(({ kind }) => kind === 'tlsa').map(({ status }) => status.word);
  const ofTree = flat(trustTree(run)).filter(({ kind }) => kind === 'TLSA').map(({ status }) => status.word);
  expect(new Set([...ofGraph, ...ofTree])).toEqual(new Set(['not compared']));
});

test('a certificate of several endpoints is found at the one that is looked at', async () => {
  const run = await runOf('tlsa-mismatch.example');
  const [one] = run.endpoints;
  if (one === undefined) throw new Error('no endpoint');
  const other = { ...one, verdict: { ...one.verdict, address: '192.0.2.250' } };
  const tree = trustTree({ ...run, endpoints: [one, other] });
  const subject = certificateSubject(one.verdict.chain[0] ?? '');
  for (const endpoint of [one, other]) expect(pathTo(tree, subject, endpointId(endpoint)).at(-2)?.subject).toBe(endpointId(endpoint));
});

test('more endpoints than a dozen begin closed', async () => {
  const run = await runOf('tlsa-mismatch.example');
  const endpoints = Array.from({ length: 13 }, (_, index) => run.endpoints.map((one) => ({ ...one, verdict: { ...one.verdict, address: `192.0.2.${String(100 + index)}` } }))).flat();
  const lines = flat(trustTree({ ...run, endpoints })).filter(({ kind }) => kind === 'endpoint');
  expect(lines.map(({ open }) => open)).toEqual(endpoints.map(() => false));
});
