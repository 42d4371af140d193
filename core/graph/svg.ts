/** A laid-out trust graph as an SVG image: inside a report, or as a file of its own. */
import { element, markupText, styleElement, together, type Markup } from './markup.ts';
import type { PlacedGraph, Size } from './layout.ts';
import { drawClusters, drawEdges, drawNode, nodeClass, type SvgElement } from './picture.ts';
import { GRAPH_PALETTE, GRAPH_STYLE } from './graph-style.ts';

/** around the graph, in its own units */
export const MARGIN = 12;

export const svgSize = ({ width, height }: PlacedGraph): Size => ({ width: Math.ceil(width) + 2 * MARGIN, height: Math.ceil(height) + 2 * MARGIN });

export function viewBox(placed: PlacedGraph): string {
  const { width, height } = svgSize(placed);
  return [-MARGIN, -MARGIN, width, height].join(' ');
}

/** For inside a page that has the style sheet. @param summary what the image shows, for who does not see it */
export function svgImage(placed: PlacedGraph, summary: string, style: Markup | null = null): Markup {
  const { graph } = placed;
  return element('svg', {
    xmlns: 'http://www.w3.org/2000/svg', class: 'trust-graph', role: 'img', 'aria-label': summary, viewBox: viewBox(placed),
    ...svgSize(placed),
  }, style, ...drawClusters(placed).map(markupOf), ...drawEdges(placed).map(markupOf), ...graph.nodes.map((node, index) => {
    const box = placed.nodes[index];
    return box === undefined ? null : element('g', { class: nodeClass(node) }, element('title', {}, node.detail === '' ? node.lines.join(' ') : node.detail), ...drawNode(node, box).map(markupOf));
  }));
}

/** A file of its own, light or dark as its reader is, unless the palette says otherwise. @param palette a style sheet of our own */
export const svgFile = (placed: PlacedGraph, summary: string, palette = GRAPH_PALETTE): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${markupText(svgImage(placed, summary, styleElement(`${palette}${GRAPH_STYLE}`)))}\n`;

const markupOf = ({ name, attributes, children }: SvgElement): Markup =>
  element(name, attributes, together(...children.map((child) => (typeof child === 'string' ? child : markupOf(child)))));
