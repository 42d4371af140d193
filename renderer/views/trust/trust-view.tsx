/** The chain of trust from the root anchor to the records: as a graph, as a tree, in words. The three say the same. */
import { useMemo } from 'react';
import { create } from 'zustand';
import { graphSentences } from '../../../core/graph/sentences.ts';
import { trustGraph } from '../../../core/graph/trust-graph.ts';
import { useSession } from '../../session/session-store.ts';
import { copyText } from '../../commands/clipboard.ts';
import { Plain } from '../../text/plain.tsx';
import { TrustGraphView } from './trust-graph.tsx';
import { TrustTree } from './trust-tree.tsx';
import { trustTree } from './model.ts';

const MODES = ['Graph', 'Tree', 'Words'] as const;
type Mode = (typeof MODES)[number];

/** Of the window, so that the choice outlives a look at another view. */
const useMode = create<{ readonly mode: Mode }>()(() => ({ mode: 'Graph' }));

export function TrustView(): React.ReactNode {
  const run = useSession((state) => state.run);
  const nodes = useMemo(() => trustTree(run), [run]);
  const mode = useMode((state) => state.mode);
  if (nodes.length === 0) return <p className="view-empty">The chain of trust, from the root anchor to the TLSA records, stands here.</p>;
  return (
    <div className="trust-view">
      <div className="view-head"><h2>Chain of trust</h2></div>
      <fieldset className="trust-modes">
        <legend className="for-screen-reader">Shown as</legend>
        {MODES.map((one) => <label key={one}><input type="radio" name="trust-mode" checked={mode === one} onChange={() => useMode.setState({ mode: one })} /> {one}</label>)}
      </fieldset>
      {mode === 'Graph' ? <TrustGraphView key={run.context?.startedAt ?? ''} /> : null}
      {mode === 'Tree' ? <TrustTree key={run.context?.startedAt ?? ''} nodes={nodes} /> : null}
      {mode === 'Words' ? <Sentences /> : null}
    </div>
  );
}

const SHOWN = 400;

function Sentences(): React.ReactNode {
  const run = useSession((state) => state.run);
  const sentences = useMemo(() => graphSentences(trustGraph(run), run), [run]);
  return (
    <div className="sentences">
      <ul>{sentences.slice(0, SHOWN).map((sentence, index) => <li key={`${String(index)} ${sentence}`}><Plain text={sentence} limit={600} /></li>)}</ul>
      <button type="button" className="plain-button" onClick={() => void copyText(sentences.join('\n'), 'the sentences')}>Copy</button>
    </div>
  );
}
