/** The trust graph: zoom by buttons and keys, pan by scrolling, walk by arrow keys, one selection with every other view. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { PlacedGraph } from '../../../core/graph/layout.ts';
import { graphSummary } from '../../../core/graph/sentences.ts';
import { svgFile, viewBox } from '../../../core/graph/svg.ts';
import { trustGraph } from '../../../core/graph/trust-graph.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { GraphDetails } from './graph-details.tsx';
import { nodeElementId, NodePicture, Surroundings, useGraphStyle } from './graph-picture.tsx';
import { walk } from './graph-walk.ts';
import { usePlacedGraph } from './use-placed-graph.ts';

export function TrustGraphView(): React.ReactNode {
  const run = useSession((state) => state.run);
  const [allKeys, setAllKeys] = useState(false);
  const graph = useMemo(() => trustGraph(run, { allKeys }), [run, allKeys]);
  const placed = usePlacedGraph(graph);
  useGraphStyle();
  if (placed === 'failed') return <p className="view-empty">The graph could not be laid out here. Tree and words show the same.</p>;
  if (placed === null) return <p className="view-empty">Laying out the graph …</p>;
  return <Canvas placed={placed} allKeys={allKeys} setAllKeys={setAllKeys} />;
}

interface CanvasProps {
  readonly placed: PlacedGraph;
  readonly allKeys: boolean;
  readonly setAllKeys: (all: boolean) => void;
}

const [SMALLEST, LARGEST, STEP] = [0.2, 4, 1.25];

function Canvas({ placed, allKeys, setAllKeys }: CanvasProps): React.ReactNode {
  const { graph } = placed;
  const frame = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(0.85);
  const { current, choose } = useCurrent(placed);
  const zoom = useCallback((factor: number) => setScale((before) => Math.min(LARGEST, Math.max(SMALLEST, before * factor))), []);
  const fit = (): void => setScale(Math.min(1.5, Math.max(SMALLEST, ((frame.current?.clientWidth ?? 600) - 24) / (placed.width + 24))));
  useWheelZoom(frame, zoom);
  useEffect(() => {
    if (current !== null) document.getElementById(nodeElementId(current))?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = walk(event.key, placed.nodes, current);
    if (next !== null) choose(next);
    else if (event.key === '+' || event.key === '=') zoom(STEP);
    else if (event.key === '-') zoom(1 / STEP);
    else if (event.key === '0') fit();
    else if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
  };
  return (
    <>
      <div className="graph-tools" role="toolbar" aria-label="Graph">
        <button type="button" className="plain-button" onClick={() => zoom(1 / STEP)}>Zoom out</button>
        <button type="button" className="plain-button" onClick={() => zoom(STEP)}>Zoom in</button>
        <button type="button" className="plain-button" onClick={fit}>Fit width</button>
        <label><input type="checkbox" checked={allKeys} onChange={(event) => setAllKeys(event.target.checked)} /> All keys</label>
        <button type="button" className="plain-button" onClick={() => saveSvg(placed)}>Save as SVG</button>
      </div>
      {graph.folded.map((sentence) => <p key={sentence} className="section-note">{sentence}</p>)}
      <div className="graph-frame" ref={frame}>
        {/* A list of options is what it is; a select cannot hold a picture. */}
        {/* eslint-disable-next-line jsx-a11y/prefer-tag-over-role */}
        <svg className="trust-graph" role="listbox" tabIndex={0} aria-label={graphSummary(graph)} aria-activedescendant={current === null ? undefined : nodeElementId(current)}
          viewBox={viewBox(placed)} width={(placed.width + 24) * scale} height={(placed.height + 24) * scale} onKeyDown={onKeyDown}>
          <Surroundings placed={placed} />
          {graph.nodes.map((node, index) => {
            const box = placed.nodes[index];
            return box === undefined ? null : <NodePicture key={node.id} node={node} box={box} index={index} current={index === current} choose={choose} />;
          })}
        </svg>
      </div>
      <GraphDetails graph={graph} index={current} />
    </>
  );
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

/** Ctrl and wheel zoom, as in browsers and maps; the wheel alone scrolls. The listener may not be passive. */
function useWheelZoom(frame: React.RefObject<HTMLDivElement | null>, zoom: (factor: number) => void): void {
  useEffect(() => {
    const element = frame.current;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? STEP : 1 / STEP);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [frame, zoom]);
}

function saveSvg(placed: PlacedGraph): void {
  const address = URL.createObjectURL(new Blob([svgFile(placed, graphSummary(placed.graph))], { type: 'image/svg+xml' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'trust-graph.svg';
  link.click();
  // The browser has taken hold of the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
