/** The trust graph: zoom, pan, a walk by arrow keys from signer to signed, one selection with every other view. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { PlacedGraph } from '../../../core/graph/layout.ts';
import { graphSummary } from '../../../core/graph/sentences.ts';
import { MARGIN, svgSize } from '../../../core/graph/svg.ts';
import type { Run } from '../../../core/inspection/run.ts';
import { isIn } from '../../a11y/use-follow.ts';
import { useKeyBindings } from '../../commands/key-bindings.ts';
import { useSession } from '../../session/session-store.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { GraphCard, useCard, type CardState } from './graph-card.tsx';
import { graphOfRun } from './graph-of-run.ts';
import { drawnNodeId, GraphPicture, useGraphStyle } from './graph-picture.tsx';
import { GraphTools } from './graph-tools.tsx';
import { graphKeyName, walk } from './graph-walk.ts';
import { useDrawnParts } from './use-drawn-parts.ts';
import { STEP, usePanZoom, type PanZoom } from './use-pan-zoom.ts';
import { usePlacedGraph } from './use-placed-graph.ts';
import { useSight } from './use-sight.ts';
import { useStartInSight } from './use-start-in-sight.ts';

export function TrustGraphView({ run }: { readonly run: Run }): React.ReactNode {
  const [allKeys, setAllKeys] = useState(false);
  const graph = useMemo(() => graphOfRun(run, allKeys), [run, allKeys]);
  const placed = usePlacedGraph(graph, useSession((state) => state.running));
  useGraphStyle();
  if (placed === 'failed') return <div className="graph-area"><p className="view-empty">The graph could not be laid out here. Tree and words say the same.</p></div>;
  // In the place of the graph, so that nothing moves when it is there.
  if (placed === null) return <div className="graph-area"><p className="view-empty">Laying out the graph …</p></div>;
  return <Canvas placed={placed} allKeys={allKeys} setAllKeys={setAllKeys} />;
}

interface CanvasProps {
  readonly placed: PlacedGraph;
  readonly allKeys: boolean;
  readonly setAllKeys: (all: boolean) => void;
}

function Canvas({ placed, allKeys, setAllKeys }: CanvasProps): React.ReactNode {
  const { graph } = placed;
  const size = useMemo(() => svgSize(placed), [placed]);
  const { attach, ...view } = usePanZoom(size);
  const card = useCard();
  const { open, hover } = card;
  const svg = useRef<SVGSVGElement>(null);
  const { current, choose } = useCurrent(placed);
  const parts = useDrawnParts(placed, useSight(view.frame, placed, size, view.scale), current);
  useStartInSight(view, placed, current);
  const currentId = current === null ? null : drawnNodeId(placed, parts, current);
  const click = useCallback((index: number) => {
    choose(index);
    open(index);
  }, [choose, open]);
  const acts = useMemo(() => ({ choose: click, hover }), [click, hover]);
  useReveal(view.frame, currentId, current === null ? null : graph.nodes[current]?.id ?? null);
  return (
    <div className="graph-area">
      <GraphTools placed={placed} view={view} allKeys={allKeys} setAllKeys={setAllKeys} />
      {graph.folded.map((sentence) => <p key={sentence} className="section-note">{sentence}</p>)}
      <div className="graph-frame" ref={attach}>
        {/* A list of options is what it is; a select cannot hold a picture. */}
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
        <svg ref={svg} className="trust-graph" role="listbox" tabIndex={0} aria-label={graphSummary(graph)} aria-activedescendant={currentId ?? undefined}
          width={size.width * view.scale} height={size.height * view.scale} onKeyDown={(event) => graphKey(event, { placed, current, choose: click, view, card })}>
          {/* In place of a view box: a new size of that would have all text laid out anew. */}
          <g transform={`scale(${String(view.scale)}) translate(${String(MARGIN)} ${String(MARGIN)})`}><GraphPicture placed={placed} parts={parts} current={current} acts={acts} /></g>
        </svg>
        <GraphCard placed={placed} scale={view.scale} frame={view.frame} card={card} leave={() => svg.current?.focus()} />
      </div>
    </div>
  );
}

interface Keys {
  readonly placed: PlacedGraph;
  readonly current: number | null;
  readonly choose: (index: number) => void;
  readonly view: Omit<PanZoom, 'attach'>;
  readonly card: CardState;
}

const PANS: { readonly [key: string]: readonly [number, number] } = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Ctrl with +, − and 0 is the size of all text elsewhere; here it is the graph's. */
function graphKey(event: KeyboardEvent, keys: Keys): void {
  const isZoom = ['+', '=', '-', '0'].includes(event.key);
  if (event.altKey || ((event.ctrlKey || event.metaKey) && !isZoom)) return;
  if (!act(event, keys)) return;
  event.preventDefault();
  event.stopPropagation();
}

function act(event: KeyboardEvent, { placed, current, choose, view, card }: Keys): boolean {
  const key = graphKeyName(event, useKeyBindings.getState().characters);
  if (key === null) return false;
  const pan = event.shiftKey ? PANS[key] : undefined;
  const next = pan === undefined ? walk(key, placed, current) : null;
  if (pan !== undefined) view.pan(...pan);
  else if (next !== null) choose(next);
  else if (key === '+' || key === '=') view.zoom(STEP);
  else if (key === '-') view.zoom(1 / STEP);
  else if (key === '0') view.fit();
  else if (key === 'Enter' && current !== null) enterCard(current, card);
  // A first Esc takes the details away; one more is not ours.
  else if (key === 'Escape' && card.index !== null) card.close();
  // What leads nowhere is not to scroll instead.
  else return key.startsWith('Arrow') || event.key === ' ';
  return true;
}

/** The details get the focus once they are there, so that keys and digests can be copied from them. */
function enterCard(index: number, card: CardState): void {
  card.open(index);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.graph-card button')?.focus());
}

/** Several nodes may be about one subject; the one that was chosen here goes first. */
function useCurrent({ graph }: PlacedGraph): { readonly current: number | null; readonly choose: (index: number) => void } {
  const subject = useSelection((state) => state.selection?.subject ?? null);
  const select = useSelection((state) => state.select);
  const [chosen, setChosen] = useState<string | null>(null);
  const about = graph.nodes.flatMap((node, index) => (node.subject === subject ? [index] : []));
  const choose = useCallback((index: number) => {
    const node = graph.nodes[index];
    if (node === undefined) return;
    setChosen(node.id);
    select(node.subject);
  }, [graph, select]);
  return { choose, current: about.find((index) => graph.nodes[index]?.id === chosen) ?? about[0] ?? null };
}

/** Once for each node that becomes the current one: a newer picture of a run under way does not take the reader back to it. */
function useReveal(frame: HTMLElement | null, elementId: string | null, node: string | null): void {
  const reached = useRef<string | null>(null);
  useEffect(() => {
    if (node !== null && (elementId === null || reached.current === node)) return;
    reached.current = node;
    const element = elementId === null ? null : document.getElementById(elementId);
    if (element === null || frame === null) return;
    if (isIn('.trust-words')) scrollWithin(frame, element);
    else element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [elementId, node, frame]);
}

/** The tree and the words scroll together with the frame: as long as the reader is there, the frame alone moves. */
function scrollWithin(frame: HTMLElement, element: Element): void {
  const [seen, box] = [frame.getBoundingClientRect(), element.getBoundingClientRect()];
  const by = (from: number, to: number, first: number, last: number): number => (first < from ? first - from : Math.max(0, last - to));
  frame.scrollBy(by(seen.left, seen.right, box.left, box.right), by(seen.top, seen.bottom, box.top, box.bottom));
}
