/** The chain of trust from the root anchor to the records, as a tree and in sentences. */
import { useMemo } from 'react';
import { useSession } from '../../session/session-store.ts';
import { copyText } from '../../commands/clipboard.ts';
import { Plain } from '../../text/plain.tsx';
import { TrustTree } from './trust-tree.tsx';
import { trustSentences, trustTree } from './model.ts';

export function TrustView(): React.ReactNode {
  const run = useSession((state) => state.run);
  const nodes = useMemo(() => trustTree(run), [run]);
  if (nodes.length === 0) return <p className="view-empty">The chain of trust, from the root anchor to the TLSA records, stands here.</p>;
  return (
    <div className="trust-view">
      <div className="view-head"><h2>Chain of trust</h2></div>
      <TrustTree key={run.context?.startedAt ?? ''} nodes={nodes} />
      <Sentences />
    </div>
  );
}

const SHOWN = 120;

function Sentences(): React.ReactNode {
  const run = useSession((state) => state.run);
  const sentences = useMemo(() => trustSentences(run), [run]);
  return (
    <details className="sentences">
      <summary>The same in words</summary>
      <p>{sentences.slice(0, SHOWN).map((sentence, index) => <span key={`${String(index)} ${sentence}`}><Plain text={sentence} limit={600} /> </span>)}</p>
      <button type="button" className="plain-button" onClick={() => void copyText(sentences.join('\n'), 'the sentences')}>Copy</button>
    </details>
  );
}
