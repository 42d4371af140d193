/** The HTML report: valid, without script and without anything to load, whatever the inspected side sent. */
import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { graphvizLayout } from '../../core/graph/graphviz-layout.ts';
import { placeGraph, type LayoutFunction } from '../../core/graph/layout.ts';
import { trustGraph } from '../../core/graph/trust-graph.ts';
import { EMPTY_RUN } from '../../core/inspection/fold.ts';
import type { Run } from '../../core/inspection/run.ts';
import { htmlReport } from '../../core/report/html.ts';
import { jsonReport } from '../../core/report/json.ts';
import { markdownReport } from '../../core/report/markdown.ts';
import { textReport } from '../../core/report/text.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';
import { ATTACKS, hostileRun } from './hostile-run.ts';

let lab: Lab;
let layout: LayoutFunction;
let mismatch: Run;
beforeAll(async () => {
  lab = await startLab();
  layout = await graphvizLayout();
  mismatch = (await inspectInLab(lab, 'tlsa-mismatch.example')).run;
});
afterAll(() => lab.close());

const htmlOf = (run: Run): string => htmlReport(run, assess(run), placeGraph(trustGraph(run), layout));

/** Rules about taste are off: redundant roles serve scrolling by keyboard; names of tables repeat their captions. */
const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: { 'long-title': 'off', 'prefer-native-element': 'off', 'no-redundant-aria-label': 'off', 'valid-id': ['error', { relaxed: true }], 'no-inline-style': 'error' } });

async function complaints(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column }) => `${String(line)}:${String(column)} ${ruleId}: ${message}`));
}

test('the reference of a rule in a sentence stays whole; in what a server said and in the other formats a space is a space', async () => {
  const { run } = await inspectInLab(lab, 'domain-does-not-exist.example');
  const html = htmlOf(run);
  expect(html).toMatch(/\(RFC\u00A0\d+\u00A0§/);
  expect(html.replaceAll(/<style>.*?<\/style>|<pre.*?<\/pre>|<th.*?<\/th>|="[^"]*"/gs, '').match(/[^<>]*RFC \d[^<>]*/g) ?? []).toEqual([]);
  for (const text of [textReport(run, assess(run)), markdownReport(run, assess(run)), JSON.stringify(jsonReport(run, assess(run)))]) expect(text).not.toContain('\u00A0');
});

test('says of a record whose path does not hold that it fits, in grid, graph and words alike (RFC 7672 §3.1.2)', async () => {
  const html = htmlOf((await inspectInLab(lab, 'issuer-is-no-ca.example')).run);
  expect(html.match(/fits, but the path does not hold/g)?.length).toBeGreaterThan(1);
  expect(html).toMatch(/fits the certificate at depth 1 of [^<]*, but the path does not hold/);
  expect(html).not.toContain('does not match');
});

describe('the HTML report', () => {
  test.each(['good-311.example', 'tlsa-mismatch.example', 'two-mx-one-bad.example', 'signature-expired.example', 'null-mx.example', 'connection-failed.example'])('of %s is valid HTML', async (target) => {
    expect(await complaints(htmlOf((await inspectInLab(lab, target)).run))).toEqual([]);
  });

  test('of an empty run is valid HTML', async () => {
    expect(await complaints(htmlOf(EMPTY_RUN))).toEqual([]);
  });

  test('of a hostile run is valid HTML', async () => {
    expect(await complaints(htmlOf(hostileRun(mismatch)))).toEqual([]);
  });

  test('holds no script, handler, style attribute or address to load', () => {
    // Which text becomes which attack depends on how many messages the run took: each attack once for each.
    for (const html of [htmlOf(mismatch), ...ATTACKS.map((_, first) => htmlOf(hostileRun(mismatch, first)))]) {
      const tags = html.match(/<[a-z!/][^>]*>/g)?.join('\n') ?? '';
      expect(tags).not.toMatch(/<(script|iframe|object|embed|img|link|base|form|foreignObject)\b|\son[a-z]+="|\sstyle="|\ssrc="|\s[a-z:]*(?:href|action|data)="\s*javascript:/i);
      expect([...tags.matchAll(/\shref="([^"]*)"/g)].filter(([, target]) => target?.startsWith('#') !== true)).toEqual([]);
      expect(html).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;`);
    }
  });

  test('shows control and bidirectional characters, and does not obey them', () => {
    const html = htmlOf(hostileRun(mismatch));
    expect(html).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(html).toContain('\\u{202e}');
    expect(html.length).toBeLessThan(1_000_000);
  });

  test('every link leads to a place in it', () => {
    const html = htmlOf(mismatch);
    const ids = new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
    const links = [...html.matchAll(/\shref="#([^"]*)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
  });

  test('leaves nothing out without a word, and no link leads to what is left out', () => {
    const many = <Item>(items: readonly Item[], count: number, another: (item: Item, index: number) => Item): readonly Item[] => Array.from({ length: count }, (_, index) => another(items[index % items.length] as Item, index));
    const address = (index: number): string => `192.0.${String(Math.floor(index / 250))}.${String(index % 250)}`;
    const large: Run = {
      ...mismatch,
      endpoints: many(mismatch.endpoints, 401, (one, index) => ({ ...one, verdict: { ...one.verdict, address: address(index) } })),
      connections: many(mismatch.connections, 101, (one, index) => ({ ...one, subject: `connection:mx1/${address(index)}/1` })),
      lookups: many(mismatch.lookups, 301, (one, index) => ({ ...one, name: `n${String(index)}.example` })),
    };
    const html = htmlReport(large, assess(large), null);
    for (const words of ['the first 400 of 401', 'The first 400 of 401 endpoints', 'The first 100 of 101 connections', 'asked for, the first 300 of 301', 'more']) expect(html).toContain(words);
    const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
    expect([...html.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id).filter((id) => !ids.has(id))).toEqual([]);
  });

  test('a table of many rows comes as several of the same columns, each row once and in order', () => {
    const [endpoint] = mismatch.endpoints;
    if (endpoint === undefined) throw new Error('the scene has an endpoint');
    const endpoints = Array.from({ length: 45 }, (_, index) => ({ ...endpoint, verdict: { ...endpoint.verdict, address: `192.0.2.${String(index)}` } }));
    const matrix = htmlReport({ ...mismatch, endpoints }, [], null, { sections: new Set(['matrix'] as const) });
    expect([...matrix.matchAll(/<caption>[^<]*(rows \d+ to \d+)<\/caption>/g)].map(([, rows]) => rows)).toEqual(['rows 1 to 20', 'rows 21 to 40', 'rows 41 to 45']);
    expect(new Set([...matrix.matchAll(/<thead>.*?<\/thead>/g)].map(([columns]) => columns)).size).toBe(1);
    expect([...matrix.matchAll(/<bdi class="word">(192\.0\.2\.\d+)<\/bdi>/g)].map(([, address]) => address)).toEqual(endpoints.map(({ verdict }) => verdict.address));
  });

  test('states target, times, version, vantage, resolver, anchors, TLS library, options and what was not tested', () => {
    const html = htmlOf(mismatch);
    for (const term of ['Target', 'Started (UTC)', 'Ended (UTC)', 'Program', 'Seen from', 'Resolver', 'Trust anchors', 'TLS library', 'Probing', 'Limits (ms)']) expect(html).toContain(`<dt>${term}</dt>`);
    expect(html).toContain('Not tested');
    expect(html).toContain('EHLO visitor.example');
  });

  test('tells a run that is not whole as such', () => {
    expect(htmlOf({ ...mismatch, state: 'stopped' })).toContain('The run is not whole');
  });
});
