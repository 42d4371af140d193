/** What the graph knows about the current node: itself, and the signatures, digests and comparisons that lead to it and from it. */
import { copyText } from '../../commands/clipboard.ts';
import { Plain } from '../../text/plain.tsx';
import type { TrustGraph } from '../../../core/graph/graph-facts.ts';

const MOST = 12;

export function GraphDetails({ graph, index }: { readonly graph: TrustGraph; readonly index: number | null }): React.ReactNode {
  const node = index === null ? undefined : graph.nodes[index];
  if (node === undefined) return <p className="graph-details quiet">Arrow keys walk through the graph; + and − zoom.</p>;
  const sentences = graph.edges.filter(({ from, to }) => from === node.id || to === node.id).map(({ sentence }) => sentence);
  const head = [...node.lines, node.status.word, ...node.marks].filter((word) => word !== '').join(' · ');
  const all = [head, ...(node.detail === '' ? [] : [node.detail]), ...sentences];
  return (
    <div className="graph-details">
      <p><strong><Plain text={head} /></strong> <button type="button" className="quiet-button" onClick={() => void copyText(all.join('\n'), 'the details')}>Copy</button></p>
      <ul>{all.slice(1, MOST + 1).map((sentence, at) => <li key={`${String(at)} ${sentence}`}><Plain text={sentence} limit={600} /></li>)}</ul>
      {all.length > MOST + 1 ? <p className="quiet">and {all.length - MOST - 1} more</p> : null}
    </div>
  );
}
