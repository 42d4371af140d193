/** Layout by Graphviz `dot`, compiled to WebAssembly: the picture that readers of DNSViz know. Runs wherever WebAssembly may. */
import { instance, type Viz } from '@viz-js/viz';
import type { Box, Layout, LayoutFunction, LayoutNode, LayoutRequest, Point, Route } from './layout.ts';

/** Loads the module once; the function it gives is synchronous and needs 0.2 to 0.5 s for 300 nodes. */
export async function graphvizLayout(): Promise<LayoutFunction> {
  const viz = await instance();
  return (request) => layOut(viz, request);
}

const PIXELS_PER_INCH = 72;

function layOut(viz: Viz, request: LayoutRequest): Layout {
  if (request.nodes.length === 0) return { width: 0, height: 0, nodes: [], clusters: request.clusters.map(() => null), edges: request.edges.map(() => ({ points: [], tip: null })) };
  return readLayout(viz.renderJSON(graphvizInput(request)), request);
}

function graphvizInput({ nodes, clusters, edges }: LayoutRequest): Parameters<Viz['renderJSON']>[0] {
  return {
    directed: true,
    graphAttributes: { rankdir: 'TB', compound: true, nodesep: 0.28, ranksep: 0.42, margin: 0, pad: 0 },
    nodeAttributes: { fixedsize: true, label: '' },
    nodes: nodes.map((node, index) => ({ name: `n${String(index)}`, attributes: nodeAttributes(node) })),
    edges: edges.map(({ from, to, fromRow, toRow, fromCluster, toCluster, invisible, labelled }, index) => ({
      tail: `n${String(from)}`, head: `n${String(to)}`,
      attributes: {
        class: String(index), ...(fromRow === null ? {} : { tailport: `r${String(fromRow)}:_` }), ...(toRow === null ? {} : { headport: `r${String(toRow)}:_` }), ...(invisible ? { style: 'invis' } : {}), ...(fromCluster === null ? {} : { ltail: `cluster_${String(fromCluster)}`, minlen: 2 }),
        ...(toCluster === null ? {} : { lhead: `cluster_${String(toCluster)}` }), ...(labelled ? { minlen: 2 } : {}),
      },
    })),
    subgraphs: clusters.map((cluster, index) => ({ name: `cluster_${String(index)}`, graphAttributes: { margin: 14 }, nodes: cluster.nodes.map((node) => ({ name: `n${String(node)}` })) })),
  };
}

/** A node with rows is a table of empty cells of fixed size, whose names are the ports of its edges. */
function nodeAttributes({ width, height, round, rows }: LayoutNode): { [name: string]: string | number | boolean | { html: string } } {
  if (rows.length === 0) return { shape: round ? 'ellipse' : 'box', width: width / PIXELS_PER_INCH, height: height / PIXELS_PER_INCH };
  const cell = (size: number, port: string): string => `<TR><TD FIXEDSIZE="TRUE" WIDTH="${String(Math.round(width))}" HEIGHT="${String(Math.round(size))}"${port}></TD></TR>`;
  const head = height - rows.reduce((sum, row) => sum + row, 0);
  return { shape: 'plain', fixedsize: false, label: { html: `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">${cell(head, '')}${rows.map((row, index) => cell(row, ` PORT="r${String(index)}"`)).join('')}</TABLE>` } };
}

type Fields = { readonly [field: string]: unknown };
const fieldsOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as readonly unknown[]).filter((one): one is Fields => typeof one === 'object' && one !== null) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Graphviz counts y upwards; a picture counts it downwards. */
function readLayout(output: object, request: LayoutRequest): Layout {
  const root = output as Fields;
  const [, , width = 0, height = 0] = numbers(textOf(root['bb']));
  const objects = new Map(fieldsOf(root['objects']).map((object) => [textOf(object['name']), object]));
  const edges = new Map(fieldsOf(root['edges']).map((edge) => [textOf(edge['class']), edge]));
  return {
    width, height,
    nodes: request.nodes.map((_, index) => point(numbers(textOf(objects.get(`n${String(index)}`)?.['pos'])), height)),
    clusters: request.clusters.map((_, index) => box(numbers(textOf(objects.get(`cluster_${String(index)}`)?.['bb'])), height)),
    edges: request.edges.map((_, index) => route(textOf(edges.get(String(index))?.['pos']), height)),
  };
}

const numbers = (text: string): readonly number[] => text.split(',').map(Number).filter((value) => Number.isFinite(value));
const point = ([x = 0, y = 0]: readonly number[], height: number): Point => ({ x, y: height - y });

function box([left, bottom, right, top]: readonly number[], height: number): Box | null {
  if (left === undefined || bottom === undefined || right === undefined || top === undefined) return null;
  return { x: left, y: height - top, width: right - left, height: top - bottom };
}

/** `e,x,y` names the arrow's tip; the rest is a B-spline. */
function route(text: string, height: number): Route {
  const parts = (text.split(';')[0] ?? '').split(' ').filter((part) => part !== '');
  const tip = parts.find((part) => part.startsWith('e,'));
  const points = parts.filter((part) => !/^[es],/.test(part)).map((part) => point(numbers(part), height));
  return { points, tip: tip === undefined ? null : point(numbers(tip.slice(2)), height) };
}
