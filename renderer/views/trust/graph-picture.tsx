/** The laid-out graph as SVG elements of the page: a list of nodes that is walked by arrow keys. */
import { createElement, memo, useEffect } from 'react';
import { GRAPH_STYLE } from '../../../core/graph/graph-style.ts';
import type { PlacedGraph } from '../../../core/graph/layout.ts';
import { drawNode, nodeClass, type SvgElement } from '../../../core/graph/picture.ts';
import type { DrawnParts } from './use-drawn-parts.ts';

export interface NodeActs {
  readonly choose: (index: number) => void;
  readonly hover: (index: number | null) => void;
}

interface PictureProps {
  readonly placed: PlacedGraph;
  /** of it or of an older picture */
  readonly parts: DrawnParts;
  readonly current: number | null;
  readonly acts: NodeActs;
}

/** The grounds and the lines come first: nodes lie over them. */
export function GraphPicture({ placed, parts, current, acts }: PictureProps): React.ReactNode {
  const all = [...parts.values()];
  return (
    <>
      <g aria-hidden="true">{all.map(({ key, drawn }) => drawn === null ? null : <Line key={key} drawn={drawn} />)}</g>
      {all.map(({ key, kind, index, of }) => kind === 'line' ? null
        : <NodePicture key={key} placed={of} index={index} current={of === placed && index === current} acts={of === placed ? acts : null} />)}
    </>
  );
}

/** @returns the id of the node's element, null as long as it is not in the document */
export function drawnNodeId(placed: PlacedGraph, parts: DrawnParts, index: number): string | null {
  const id = placed.graph.nodes[index]?.id;
  return id !== undefined && parts.get(`node ${id}`)?.of === placed ? nodeElementId(index) : null;
}

const nodeElementId = (index: number): string => `graph-node-${String(index)}`;

const Line = memo(function Line({ drawn }: { readonly drawn: SvgElement }): React.ReactNode {
  return asReact(drawn, 0);
});

interface NodeProps {
  readonly placed: PlacedGraph;
  readonly index: number;
  readonly current: boolean;
  /** null where it is of an older picture: its index means another node now */
  readonly acts: NodeActs | null;
}

const NodePicture = memo(function NodePicture({ placed, index, current, acts }: NodeProps): React.ReactNode {
  const [node, box] = [placed.graph.nodes[index], placed.nodes[index]];
  if (node === undefined || box === undefined) return null;
  return (
    // The list has the keys: its active descendant is this. Others of the list may not be in the document.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <g id={acts === null ? undefined : nodeElementId(index)} role="option" tabIndex={-1} aria-selected={current} aria-posinset={index + 1} aria-setsize={placed.graph.nodes.length}
      className={`${nodeClass(node)}${current ? ' is-current' : ''}`} onClick={() => acts?.choose(index)} onMouseEnter={() => acts?.hover(index)} onMouseLeave={() => acts?.hover(null)}>
      {drawNode(node, box).flatMap((part, at) => [asReact(part, at), ' '])}
      {current ? <rect className="graph-focus" x={box.x - 6} y={box.y - 6} width={box.width + 12} height={box.height + 12} rx={6} /> : null}
    </g>
  );
});

/** In the order of drawing, which is the only order that matters. */
function asReact({ name, attributes, children }: SvgElement, key: number): React.ReactNode {
  const { class: className, ...rest } = attributes;
  return createElement(name, { ...rest, className, key }, ...children.map((child, index) => (typeof child === 'string' ? child : asReact(child, index))));
}

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
