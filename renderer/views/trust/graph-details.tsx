/** What the graph knows about a node, beside it: keys and digests in full, and each signature, digest and comparison that leads to it or from it. */
import { useMemo } from 'react';
import type { TrustGraph } from '../../../core/graph/graph-facts.ts';
import { copyText } from '../../commands/clipboard.ts';
import { focusOf } from '../../selection/focus.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { Plain } from '../../text/plain.tsx';
import { detailsOf } from '../details/model.ts';
import { FieldRow } from '../details/field-row.tsx';

const MOST = 12;

interface GraphDetailsProps {
  readonly graph: TrustGraph;
  readonly index: number;
  readonly close: () => void;
}

export function GraphDetails({ graph, index, close }: GraphDetailsProps): React.ReactNode {
  const run = useSession((state) => state.run);
  const endpoint = useSelection((state) => state.endpoint);
  const node = graph.nodes[index];
  const details = useMemo(() => (node === undefined ? null : detailsOf(run, node.subject, focusOf(run, { subject: node.subject, event: null }, endpoint))), [run, node, endpoint]);
  if (node === undefined || details === null) return null;
  const sentences = graph.edges.filter(({ from, to }) => from === node.id || to === node.id).map(({ sentence }) => sentence);
  const head = [...node.lines, node.status.word, ...node.marks].filter((word) => word !== '').join(' · ');
  const said = [...(node.detail === '' ? [] : [node.detail]), ...sentences];
  const fields = details.sections.flatMap((section) => section.fields).map(({ label, value }) => `${label}: ${value}`);
  return (
    <>
      <p className="graph-card-head">
        <strong><Plain text={head} /></strong>
        <button type="button" className="plain-button" onClick={() => void copyText([head, ...said, ...fields], 'the details')}>Copy</button>
        <button type="button" className="plain-button" onClick={close}>Close <kbd aria-hidden="true">Esc</kbd></button>
      </p>
      <ul>{said.slice(0, MOST).map((sentence, at) => <li key={`${String(at)} ${sentence}`}><Plain text={sentence} limit={600} /></li>)}</ul>
      {said.length > MOST ? <p className="quiet">and {said.length - MOST} more, which a copy has</p> : null}
      {details.sections.map(({ title, fields: own }) => own.length === 0 ? null : (
        <dl key={title} aria-label={title}>{own.map((field, at) => <FieldRow key={`${String(at)} ${field.label}`} field={field} />)}</dl>
      ))}
    </>
  );
}
