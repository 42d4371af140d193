/** Layout by Graphviz and the SVG drawn from it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../core/inspection/run.ts';
import { graphvizLayout } from '../../core/graph/graphviz-layout.ts';
import { placeGraph, type Box, type LayoutFunction } from '../../core/graph/layout.ts';
import { element, markupText, styleElement } from '../../core/graph/markup.ts';
import { svgFile } from '../../core/graph/svg.ts';
import { trustGraph } from '../../core/graph/trust-graph.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

let lab: Lab;
let run: Run;
let layout: LayoutFunction;
beforeAll(async () => {
  lab = await startLab();
  layout = await graphvizLayout();
  run = (await inspectInLab(lab, 'two-mx-one-bad.example')).run;
});
afterAll(() => lab.close());

const overlap = (one: Box, other: Box): boolean => one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;

describe('the layout', () => {
  test('no two nodes overlap, each stands in the box of its zone, and every edge is routed', () => {
    const placed = placeGraph(trustGraph(run), layout);
    const standing = placed.nodes.filter((_, index) => placed.graph.nodes[index]?.within === null);
    const pairs = standing.flatMap((one, index) => standing.slice(index + 1).map((other) => overlap(one, other)));
    expect(pairs).not.toContain(true);
    placed.graph.nodes.forEach(({ cluster }, index) => {
      const zone = placed.clusters[placed.graph.clusters.findIndex(({ id }) => id === cluster)];
      const box = placed.nodes[index];
      if (cluster !== null) expect(zone != null && box !== undefined && overlap(zone, box)).toBe(true);
    });
    expect(placed.edges.filter(({ points }) => points.length < 4)).toEqual([]);
    expect(placed.edges).toHaveLength(placed.graph.edges.length);
  });

  test('a TLSA record is a row inside of its RRset, and its line begins at that row', () => {
    const placed = placeGraph(trustGraph(run), layout);
    const rows = placed.graph.nodes.flatMap((node, index) => (node.within === null ? [] : [{ node, index, box: placed.nodes[index] as Box }]));
    expect(rows.length).toBeGreaterThan(1);
    for (const { node, box } of rows) {
      const whole = placed.nodes[placed.graph.nodes.findIndex(({ id }) => id === node.within)] as Box;
      expect([whole.x <= box.x, whole.x + whole.width >= box.x + box.width, whole.y < box.y, whole.y + whole.height + 0.5 >= box.y + box.height]).toEqual([true, true, true, true]);
      const from = placed.graph.edges.findIndex((edge) => edge.kind === 'comparison' && edge.from === node.id);
      const start = placed.edges[from]?.points[0];
      expect(start === undefined || (start.y >= box.y - 1 && start.y <= box.y + box.height + 1)).toBe(true);
    }
  });

  test('the root stands above what it signs', () => {
    const placed = placeGraph(trustGraph(run), layout);
    const tops = placed.clusters.map((box) => box?.y ?? -1);
    expect(tops.toSorted((left, right) => left - right)).toEqual(tops);
  });

  test('the name of a zone stands in the middle of its box, unless another node is there', () => {
    const placed = placeGraph(trustGraph(run), layout);
    placed.graph.nodes.forEach(({ kind, cluster }, index) => {
      const zone = placed.clusters[placed.graph.clusters.findIndex(({ id }) => id === cluster)];
      const box = placed.nodes[index];
      if (kind === 'zone' && zone != null && box !== undefined) expect(box.x + box.width / 2).toBeCloseTo(zone.x + zone.width / 2, 3);
    });
  });

  test('the sign of an expired signature is drawn, as many fonts do not have it', async () => {
    const { run: expired } = await inspectInLab(lab, 'signature-expired.example');
    const svg = svgFile(placeGraph(trustGraph(expired), layout), 'x');
    expect(svg).not.toContain('⌛');
    expect(svg.match(/class="graph-hourglass"/g)?.length).toBeGreaterThan(1);
  });

  test('an empty graph needs no layout', () => {
    expect(placeGraph({ clusters: [], nodes: [], edges: [], folded: [] }, layout)).toMatchObject({ width: 0, nodes: [] });
  });
});

describe('the SVG', () => {
  test('names no colour outside its style sheet and holds no script, link or handler', () => {
    const svg = svgFile(placeGraph(trustGraph(run), layout), 'summary');
    const drawn = svg.replace(/<style>.*?<\/style>/s, '');
    expect(drawn).not.toMatch(/#[0-9a-f]{3,6}\b|fill=|stroke=|style=|<script|href|\son\w+=|<foreignObject/);
    expect(drawn.match(/<g class="graph-node /g)).toHaveLength(trustGraph(run).nodes.length);
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).toContain('@media print');
  });

  test('hostile text stays text', () => {
    const hostile = JSON.parse(JSON.stringify(run).replaceAll('mx1.two-mx-one-bad.example', '<script>alert(1)</script>&\\"\'')) as Run;
    const svg = svgFile(placeGraph(trustGraph(hostile), layout), '"><script>');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
  });
});

describe('the markup builder', () => {
  test('escapes text and attributes, and shows what XML forbids as the replacement character', () => {
    expect(markupText(element('p', { title: `"'<&` }, '<b>\u0000\u001b\ud800&'))).toBe('<p title="&quot;&#39;&lt;&amp;">&lt;b&gt;\uFFFD\uFFFD\uFFFD&amp;</p>');
  });

  test('refuses names from outside and style sheets that end their element', () => {
    expect(() => element('p onclick=alert(1)')).toThrow('not the name');
    expect(() => element('p', { 'x"y': 1 })).toThrow('not the name');
    expect(() => styleElement('a{}</style><script>')).toThrow('end its element');
  });
});
