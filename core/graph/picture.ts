/** A laid-out graph as a tree of SVG elements, for whoever draws: markup for reports, elements on the screen. Colour is a class. */
import type { EdgeKind, GraphEdge, GraphNode } from './graph-facts.ts';
import { CELL_HEIGHT, LINE_HEIGHT, nodeLines, type Box, type PlacedGraph, type Point, type Route } from './layout.ts';

export interface SvgElement {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string | number };
  readonly children: readonly (SvgElement | string)[];
}

export const svgElement = (name: string, attributes: SvgElement['attributes'], ...children: readonly (SvgElement | string)[]): SvgElement => ({ name, attributes, children });

/** Boxes of zones, then edges, then nodes: what is later lies above. */
export const drawClusters = (placed: PlacedGraph): SvgElement[] => placed.graph.clusters.flatMap((_, index) => drawCluster(placed, index) ?? []);

export const drawEdges = (placed: PlacedGraph): SvgElement[] => placed.graph.edges.flatMap((_, index) => drawEdge(placed, index) ?? []);

/** @returns null where the zone has no box of its own */
export function drawCluster({ graph, clusters }: PlacedGraph, index: number): SvgElement | null {
  const [cluster, box] = [graph.clusters[index], clusters[index]];
  return cluster === undefined || box == null ? null : svgElement('rect', { class: `graph-zone is-${cluster.status.code}`, x: round(box.x), y: round(box.y), width: round(box.width), height: round(box.height), rx: 4 });
}

/** @returns null where it has no way through the picture */
export function drawEdge({ graph, edges }: PlacedGraph, index: number): SvgElement | null {
  const [edge, route] = [graph.edges[index], edges[index]];
  return edge === undefined || route === undefined || route.points.length < 2 ? null : drawRoute(edge, route);
}

/** The group of a node is the drawer's own, as it carries the focus on the screen and the anchor in a report. */
export function drawNode(node: GraphNode, box: Box): SvgElement[] {
  return [...outline(node, box), ...(node.kind === 'tlsa' ? [rowText(node, box)] : nodeText(node, box))];
}

/** Round shapes have no top left corner: there the status stands in the middle. */
const CENTRED: ReadonlySet<GraphNode['kind']> = new Set(['dnskey', 'ds', 'endpoint', 'zone', 'certificate']);

function nodeText(node: GraphNode, box: Box): SvgElement[] {
  const lines = nodeLines(node);
  const step = node.kind === 'denial' ? CELL_HEIGHT : LINE_HEIGHT;
  const room = node.kind === 'rrset' ? Math.min(box.height, lines.length * LINE_HEIGHT + 12) : box.height;
  const first = box.y + (room - lines.length * step) / 2 + step / 2 + LINE_HEIGHT * 0.25;
  const hasStatus = lines.length > node.lines.length;
  return lines.map((line, index) => {
    const isStatus = hasStatus && index === 0;
    const isError = node.kind === 'error';
    const aside = isError || (isStatus && !CENTRED.has(node.kind));
    const className = `${isStatus ? 'graph-status' : 'graph-text'}${aside ? ' at-left' : ''}`;
    const [x, y] = [aside ? box.x + (isError ? TRIANGLE + 8 : 11) : box.x + box.width / 2, first + index * step];
    return line.startsWith(`${HOURGLASS} `) ? drawnHourglass(line.slice(HOURGLASS.length + 1), className, { x, y, aside }) : svgElement('text', { class: className, x: round(x), y: round(y) }, line);
  });
}

/** Drawn: many fonts have no such sign, others a coloured picture. */
const HOURGLASS = '⌛';
const hourglass = (x: number, y: number): SvgElement =>
  svgElement('path', { class: 'graph-hourglass', d: `M${at(x - 4, y - 5.5)}h8m0,11h-8M${at(x - 3.2, y - 5.5)}c0,3 3.2,4 3.2,5.5s-3.2,2.5 -3.2,5.5M${at(x + 3.2, y - 5.5)}c0,3 -3.2,4 -3.2,5.5s3.2,2.5 3.2,5.5` });

/** with the gap beside it */
const HOURGLASS_WIDTH = 13;

function drawnHourglass(line: string, className: string, { x, y, aside }: { readonly x: number; readonly y: number; readonly aside: boolean }): SvgElement {
  const left = aside ? x : x - (line.length * STATUS_WIDTH) / 2 - HOURGLASS_WIDTH / 2;
  return svgElement('g', {}, hourglass(left + 4, y - 4), svgElement('text', { class: className, x: round(aside ? x + HOURGLASS_WIDTH : x + HOURGLASS_WIDTH / 2), y: round(y) }, line));
}

/** of a letter of the status, about */
const STATUS_WIDTH = 5.6;

/** A record of no use is struck; the word beside it is not. */
function rowText({ status, lines, marks }: GraphNode, box: Box): SvgElement {
  const record = svgElement('tspan', marks.includes('unusable') ? { class: 'is-struck' } : {}, lines.join(' '));
  return svgElement('text', { class: 'graph-text at-left', x: round(box.x + 11), y: round(box.y + box.height / 2 + 4) }, `${status.sign} `, record, status.word === '' ? '' : ` · ${status.word}`);
}

export const nodeClass = ({ kind, status, marks }: GraphNode): string =>
  ['graph-node', `kind-${kind}`, `is-${status.code}`, ...marks.map((mark) => `mark-${mark.replaceAll(' ', '-').toLowerCase()}`)].join(' ');

function outline({ kind, marks }: GraphNode, box: Box): SvgElement[] {
  switch (kind) {
    case 'dnskey': case 'ds': return marks.includes('trust anchor') ? [ellipse(box, 0), ellipse(box, 4)] : [ellipse(box, 0)];
    case 'rrset': case 'no-data': return [rectangle(box, 10)];
    case 'name-error': return [rectangle(box, 10), shape(corners(box))];
    case 'denial': return [rectangle(box, 0), shape(rules(box))];
    case 'error': return [svgElement('rect', { class: 'graph-hit', ...corner(box) }), shape(triangle(box))];
    case 'tlsa': return [rectangle(box, 0)];
    // What was not presented has no depth.
    case 'certificate': return [shape(foldedCorner(box)), ...(marks.includes('missing') ? [] : [badge(box)])];
    case 'endpoint': return [shape(hexagon(box))];
    case 'zone': return [svgElement('rect', { class: 'graph-hit', ...corner(box), rx: 2 })];
  }
}

const corner = ({ x, y, width, height }: Box): { x: number; y: number; width: number; height: number } => ({ x: round(x), y: round(y), width: round(width), height: round(height) });
const rectangle = (box: Box, rx: number): SvgElement => svgElement('rect', { class: 'graph-shape', ...corner(box), rx });
const ellipse = ({ x, y, width, height }: Box, inset: number): SvgElement =>
  svgElement('ellipse', { class: 'graph-shape', cx: round(x + width / 2), cy: round(y + height / 2), rx: round(width / 2 - inset), ry: round(height / 2 - inset) });
const shape = (d: string): SvgElement => svgElement('path', { class: 'graph-shape', d });

const FOLD = 12;
const foldedCorner = ({ x, y, width, height }: Box): string =>
  `M${at(x, y)}H${String(round(x + width - FOLD))}L${at(x + width, y + FOLD)}V${String(round(y + height))}H${String(round(x))}ZM${at(x + width - FOLD, y)}V${String(round(y + FOLD))}H${String(round(x + width))}`;
const hexagon = ({ x, y, width, height }: Box): string =>
  `M${at(x, y + height / 2)}L${at(x + 18, y)}L${at(x + width - 18, y)}L${at(x + width, y + height / 2)}L${at(x + width - 18, y + height)}L${at(x + 18, y + height)}Z`;
/** A rule below each cell but the last. */
const rules = ({ x, y, width, height }: Box): string =>
  Array.from({ length: Math.round(height / CELL_HEIGHT) - 1 }, (_, index) => `M${at(x, y + (index + 1) * CELL_HEIGHT)}h${String(round(width))}`).join('');
/** Behind the first line, which says the depth. */
const badge = ({ x, y, width }: Box): SvgElement => svgElement('rect', { class: 'graph-badge', x: round(x + width / 2 - 34), y: round(y + 6), width: 68, height: LINE_HEIGHT, rx: 8 });
/** Small, with its words beside it. */
const TRIANGLE = 26;
const triangle = ({ x, y, height }: Box): string => `M${at(x + TRIANGLE / 2 + 1, y + height / 2 - 12)}l${at(TRIANGLE / 2, 23)}h${String(-TRIANGLE)}Z`;
const corners = ({ x, y, width, height }: Box): string =>
  `M${at(x, y + 10)}l10,-10M${at(x + width - 10, y)}l10,10M${at(x, y + height - 10)}l10,10M${at(x + width - 10, y + height)}l10,-10`;

function drawRoute(edge: GraphEdge, route: Route): SvgElement {
  const { status, line, kind, label } = edge;
  const d = curve(route);
  const tip = route.tip ?? route.points.at(-1) ?? { x: 0, y: 0 };
  const middle = halfway(route);
  return svgElement('g', { class: `graph-edge edge-${kind} line-${line} is-${status.code}` },
    svgElement('title', {}, edge.sentence),
    svgElement('path', { class: 'graph-line', d }),
    ...(line === 'double' ? [svgElement('path', { class: 'graph-line-gap', d })] : []),
    svgElement('path', { class: OPEN_ARROWS.has(kind) ? 'graph-arrow is-open' : 'graph-arrow', d: arrow(route.points.at(-1) ?? tip, tip) }),
    ...(line === 'crossed' ? [svgElement('path', { class: 'graph-cross', d: `M${at(middle.x - 11, middle.y - 11)}l22,22m0,-22l-22,22` })] : []),
    ...(status.sign === '' || line === 'crossed' ? [] : [
      svgElement('circle', { class: 'graph-sign-ground', cx: round(middle.x), cy: round(middle.y), r: 8 }),
      status.sign === HOURGLASS ? hourglass(middle.x, middle.y) : svgElement('text', { class: 'graph-sign', x: round(middle.x), y: round(middle.y + 4) }, status.sign),
    ]),
    ...(label === '' ? [] : [svgElement('text', { class: 'graph-label', x: round(middle.x + 6), y: round(middle.y + 3) }, label)]));
}

const OPEN_ARROWS: ReadonlySet<EdgeKind> = new Set(['alias', 'mx', 'address', 'presented']);

function curve({ points, tip }: Route): string {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  const end = tip === null ? '' : `L${at(tip.x, tip.y)}`;
  return `M${at(start.x, start.y)}C${rest.map(({ x, y }) => at(x, y)).join(' ')}${end}`;
}

function arrow(from: Point, tip: Point): string {
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const [dx, dy] = [((tip.x - from.x) / length) * 9, ((tip.y - from.y) / length) * 9];
  return `M${at(tip.x - dx - dy * 0.45, tip.y - dy + dx * 0.45)}L${at(tip.x, tip.y)}L${at(tip.x - dx + dy * 0.45, tip.y - dy - dx * 0.45)}`;
}

/** On the middle of the middle curve, where a sign covers the line and not the arrow. */
function halfway({ points }: Route): Point {
  const segment = Math.floor((points.length - 1) / 3 / 2) * 3;
  const [a, b, c, d] = [0, 1, 2, 3].map((step) => points[segment + step] ?? points.at(-1) ?? { x: 0, y: 0 }) as [Point, Point, Point, Point];
  return { x: (a.x + 3 * b.x + 3 * c.x + d.x) / 8, y: (a.y + 3 * b.y + 3 * c.y + d.y) / 8 };
}

const round = (value: number): number => Math.round(value * 10) / 10;
const at = (x: number, y: number): string => `${String(round(x))},${String(round(y))}`;
