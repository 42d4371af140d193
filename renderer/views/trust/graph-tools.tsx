/** One row: what is shown, how large, which part, and the picture as a file. */
import type { PlacedGraph } from '../../../core/graph/layout.ts';
import { seenTip, tip } from '../../a11y/tip.ts';
import { say } from '../../workbench/ui-store.ts';
import { useSave } from '../use-save.ts';
import { graphAsPng, graphAsSvg } from './graph-export.ts';
import { STEP, type PanZoom } from './use-pan-zoom.ts';

interface GraphToolsProps {
  readonly placed: PlacedGraph;
  readonly view: Omit<PanZoom, 'attach'>;
  readonly allKeys: boolean;
  readonly setAllKeys: (all: boolean) => void;
}

const PANS = [['←', 'Pan left', -1, 0], ['↑', 'Pan up', 0, -1], ['↓', 'Pan down', 0, 1], ['→', 'Pan right', 1, 0]] as const;

export function GraphTools({ placed, view, allKeys, setAllKeys }: GraphToolsProps): React.ReactNode {
  const save = useSave();
  const savePng = async (): Promise<void> => {
    const file = await graphAsPng(placed);
    if (file === null) say('The picture could not be made: it is too large for this browser');
    else await save(file);
  };
  return (
    <div className="graph-tools" role="toolbar" aria-label="Graph">
      <span className="tool-group">
        <Tool sign="−" label="Zoom out" says="Zoom out (−)" act={() => view.zoom(1 / STEP)} />
        <button type="button" className="quiet-button graph-scale" aria-label={`Readable size; now ${String(Math.round(view.scale * 100))} %`} {...tip('Back to a size that can be read')} onClick={view.readable}>{Math.round(view.scale * 100)} %</button>
        <Tool sign="+" label="Zoom in" says="Zoom in (+)" act={() => view.zoom(STEP)} />
        <button type="button" className="plain-button" {...tip('Show the whole graph (0)')} onClick={view.fit}>Fit</button>
      </span>
      <span className="tool-group">{PANS.map(([sign, label, x, y]) => <Tool key={label} sign={sign} label={label} says={`${label} (Shift and arrow key, or drag)`} act={() => view.pan(x, y)} />)}</span>
      <label className="check"><input type="checkbox" checked={allKeys} onChange={(event) => setAllKeys(event.target.checked)} /> All keys</label>
      <span className="tool-group">
        <button type="button" className="plain-button" aria-label="Save as SVG" {...seenTip('Save as SVG')} onClick={() => void save(graphAsSvg(placed))}>SVG</button>
        <button type="button" className="plain-button" aria-label="Save as PNG" {...seenTip('Save as PNG')} onClick={() => void savePng()}>PNG</button>
      </span>
    </div>
  );
}

function Tool({ sign, label, says, act }: { readonly sign: string; readonly label: string; readonly says: string; readonly act: () => void }): React.ReactNode {
  return <button type="button" className="plain-button tool" aria-label={label} {...tip(says)} onClick={act}><span aria-hidden="true">{sign}</span></button>;
}
