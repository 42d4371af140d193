/** The chain of trust from the root anchor to the records: as a graph, beside it as a tree and in words. The three say the same. */
import { useEffect, useMemo, useState } from 'react';
import { create } from 'zustand';
import { graphSentences } from '../../../core/graph/sentences.ts';
import type { Run } from '../../../core/inspection/run.ts';
import { useCalmRun } from '../../session/use-calm-run.ts';
import { copyText } from '../../commands/clipboard.ts';
import { Plain } from '../../text/plain.tsx';
import { graphOfRun } from './graph-of-run.ts';
import { TrustGraphView } from './trust-graph.tsx';
import { TrustTree } from './trust-tree.tsx';
import { trustTree } from './model.ts';

const PARTS = ['Graph', 'Tree', 'Words'] as const;
type Part = (typeof PARTS)[number];

/** Of the window, so that the choice outlives a look at another view. All three at first: none hides another. */
const useParts = create<{ readonly [Name in Part]: boolean }>()(() => ({ Graph: true, Tree: true, Words: true }));

/** The last part that is shown stays. */
const toggle = (part: Part): void => useParts.setState((parts) => (PARTS.some((one) => one !== part && parts[one]) ? { [part]: !parts[part] } : {}));

export function TrustView(): React.ReactNode {
  const run = useCalmRun();
  const nodes = useMemo(() => trustTree(run), [run]);
  const shown = useParts();
  if (nodes.length === 0) return <p className="view-empty">The chain of trust, from the root anchor to the TLSA records, stands here.</p>;
  return (
    <div className="trust-view">
      <div className="view-head">
        <h2>Chain of trust</h2>
        <fieldset className="trust-shown">
          <legend className="for-screen-reader">Shown</legend>
          {PARTS.map((part) => <label key={part} className="check"><input type="checkbox" checked={shown[part]} onChange={() => toggle(part)} /> {part}</label>)}
        </fieldset>
      </div>
      <div className="trust-parts">
        {shown.Graph ? <TrustGraphView key={run.context?.startedAt ?? ''} run={run} /> : null}
        {shown.Tree || shown.Words ? (
          <div className="trust-words">
            {shown.Tree ? <TrustTree key={run.context?.startedAt ?? ''} nodes={nodes} /> : null}
            {shown.Words ? <Sentences run={run} /> : null}
          </div>
        ) : null}
      </div>
    </div>
  );
}

const SHOWN = 400;
/** sentences that come with a frame: hundreds laid out at once are felt */
const A_FRAME = 30;

function Sentences({ run }: { readonly run: Run }): React.ReactNode {
  const sentences = useMemo(() => graphSentences(graphOfRun(run), run), [run]);
  const shown = useGrowing(Math.min(SHOWN, sentences.length));
  return (
    <section className="sentences" aria-labelledby="sentences-title">
      <div className="sentences-head">
        <h3 id="sentences-title">In words</h3>
        <button type="button" className="plain-button" aria-label="Copy the sentences" onClick={() => void copyText(sentences, 'the sentences')}>Copy</button>
      </div>
      <ul>{keyed(sentences.slice(0, shown)).map(([key, sentence]) => <li key={key}><Plain text={sentence} limit={600} /></li>)}</ul>
    </section>
  );
}

/** @returns some more with each frame, up to so many */
function useGrowing(count: number): number {
  const [most, setMost] = useState(A_FRAME);
  useEffect(() => {
    if (most >= count) return;
    const frame = requestAnimationFrame(() => setMost(most + A_FRAME));
    return () => cancelAnimationFrame(frame);
  }, [most, count]);
  return Math.min(most, count);
}

/** By what they say, not by their place: one that comes in the midst of a run leaves those after it as they are. */
function keyed(sentences: readonly string[]): readonly (readonly [key: string, sentence: string])[] {
  const counts = new Map<string, number>();
  return sentences.map((sentence) => {
    const count = counts.get(sentence) ?? 0;
    counts.set(sentence, count + 1);
    return [`${String(count)} ${sentence}`, sentence];
  });
}
