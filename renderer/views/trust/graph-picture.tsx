/** The laid-out graph as SVG elements of the page: a list of nodes that is walked by arrow keys. */
import { createElement, memo, useEffect } from 'react';
import type { GraphNode } from '../../../core/graph/graph-facts.ts';
import { GRAPH_STYLE } from '../../../core/graph/graph-style.ts';
import type { Box, PlacedGraph } from '../../../core/graph/layout.ts';
import { drawClusters, drawEdges, drawNode, nodeClass, type SvgElement } from '../../../core/graph/picture.ts';

const nodeElementId = (index: number): string => `graph-node-${String(index)}`;

/** In the order of drawing, which is the only order that matters. */
function asReact({ name, attributes, children }: SvgElement, key: number): React.ReactNode {
  const { class: className, ...rest } = attributes;
  return createElement(name, { ...rest, className, key }, ...children.map((child, index) => (typeof child === 'string' ? child : asReact(child, index))));
}

/** nodes, or lines and grounds, of one piece */
const [NODES, LINES] = [25, 60];

interface PieceProps {
  readonly placed: PlacedGraph;
  readonly at: number;
  readonly current: number | null;
  /** null where the piece is of an older picture: its indices mean other nodes now */
  readonly acts: NodeActs | null;
}

export interface NodeActs {
  readonly choose: (index: number) => void;
  readonly hover: (index: number | null) => void;
}

/** The grounds and the lines come first: nodes lie over them. */
export const drawnPieces = (placed: PlacedGraph): number => linePieces(placed) + Math.ceil(placed.graph.nodes.length / NODES);

const surroundings = new WeakMap<PlacedGraph, readonly SvgElement[]>();

function surroundingsOf(placed: PlacedGraph): readonly SvgElement[] {
  const known = surroundings.get(placed) ?? [...drawClusters(placed), ...drawEdges(placed)];
  surroundings.set(placed, known);
  return known;
}

const linePieces = (placed: PlacedGraph): number => Math.ceil(surroundingsOf(placed).length / LINES);

/**
 * @param pieces for each piece that is drawn the picture it is of
 * @returns the id of the node's element, null as long as it is not in the document
 */
export function drawnNodeId(placed: PlacedGraph, pieces: readonly PlacedGraph[], index: number): string | null {
  return pieces[linePieces(placed) + Math.floor(index / NODES)] === placed ? nodeElementId(index) : null;
}

/** A piece of the picture is drawn again with another graph, or where the current node is in it. */
export const Piece = memo(function Piece({ placed, at, current, acts }: PieceProps): React.ReactNode {
  const before = linePieces(placed);
  if (at < before) return <Lines placed={placed} at={at} />;
  const from = (at - before) * NODES;
  return placed.graph.nodes.slice(from, from + NODES).map((node, offset) => {
    const index = from + offset;
    const box = placed.nodes[index];
    return box === undefined ? null : <NodePicture key={node.id} node={node} box={box} index={index} current={index === current} acts={acts} />;
  });
});

const Lines = memo(function Lines({ placed, at }: Pick<PieceProps, 'placed' | 'at'>): React.ReactNode {
  return <g aria-hidden="true">{surroundingsOf(placed).slice(at * LINES, (at + 1) * LINES).map(asReact)}</g>;
});

interface NodeProps {
  readonly node: GraphNode;
  readonly box: Box;
  readonly index: number;
  readonly current: boolean;
  readonly acts: NodeActs | null;
}

const NodePicture = memo(function NodePicture({ node, box, index, current, acts }: NodeProps): React.ReactNode {
  return (
    // The list has the keys: its active descendant is this.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <g id={acts === null ? undefined : nodeElementId(index)} role="option" tabIndex={-1} aria-selected={current} className={`${nodeClass(node)}${current ? ' is-current' : ''}`} onClick={() => acts?.choose(index)}
      onMouseEnter={() => acts?.hover(index)} onMouseLeave={() => acts?.hover(null)}>
      {drawNode(node, box).flatMap((part, at) => [asReact(part, at), ' '])}
      {current ? <rect className="graph-focus" x={box.x - 6} y={box.y - 6} width={box.width + 12} height={box.height + 12} rx={6} /> : null}
    </g>
  );
});

let sheet: CSSStyleSheet | null = null;

/** The look is the report's too; a sheet that a script of ours makes is within the page's policy. */
export function useGraphStyle(): void {
  useEffect(() => {
    if (sheet !== null) return;
    sheet = new CSSStyleSheet();
    sheet.replaceSync(GRAPH_STYLE);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, []);
}
