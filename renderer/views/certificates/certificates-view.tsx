/** The chain as the server presented it, leaf first. */
import { useMemo } from 'react';
import type { KeyboardEvent } from 'react';
import { Tree } from '../../a11y/tree.tsx';
import { nextItem, useRoving } from '../../a11y/roving.ts';
import { useFollow } from '../../a11y/use-follow.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useFocus } from '../../selection/use-focus.ts';
import { useSession } from '../../session/session-store.ts';
import { Mark } from '../../status/mark.tsx';
import { leftOut } from '../../text/counted.ts';
import { Plain } from '../../text/plain.tsx';
import { EndpointPicker } from '../endpoint-picker.tsx';
import { CertificateFacts } from './certificate-facts.tsx';
import { CertificateRow } from './certificate-row.tsx';
import { chainView } from './model.ts';
import { Paths } from './path-list.tsx';
import type { ChainView } from './model.ts';

export function CertificatesView(): React.ReactNode {
  const run = useSession((state) => state.run);
  const { connection, endpoint } = useFocus();
  const chain = useMemo(() => chainView(run, connection, endpoint), [run, connection, endpoint]);
  if (run.connections.length === 0) return <p className="view-empty">The certificates that servers present stand here.</p>;
  return (
    <div className="chain-view">
      <div className="view-head">
        <h2>Certificates as presented</h2>
        <EndpointPicker />
      </div>
      {chain.nodes.length === 0 ? <p className="view-empty">No certificate was presented on this connection.</p> : (
        <><Provenance chain={chain} /><Remarks remarks={chain.remarks} /><ChainTree chain={chain} /><Paths paths={chain.paths} /><CertificateFacts chain={chain} /></>
      )}
    </div>
  );
}

function Provenance({ chain }: { readonly chain: ChainView }): React.ReactNode {
  const proven = chain.proof === 'proven';
  return (
    <p className="provenance">
      {chain.proof === null ? null : <Mark status={{ sign: proven ? 'check' : 'question', tone: proven ? 'secure' : 'warning', word: chain.proof }} />}
      <span className="quiet">{chain.source}</span>
      {chain.note === null ? null : <span className="quiet"><Plain text={chain.note} limit={300} /></span>}
    </p>
  );
}

const MOST_REMARKS = 20;

function Remarks({ remarks }: { readonly remarks: readonly string[] }): React.ReactNode {
  const rest = leftOut(remarks.length, MOST_REMARKS);
  return remarks.length === 0 ? null : <ul className="chain-remarks">{remarks.slice(0, MOST_REMARKS).map((remark) => <li key={remark}><Mark status={ODD} wordless /> {remark}</li>)}{rest === null ? null : <li className="quiet">{rest}</li>}</ul>;
}

const ODD = { sign: 'info', tone: 'neutral', word: 'Note' } as const;

function ChainTree({ chain }: { readonly chain: ChainView }): React.ReactNode {
  const select = useSelection((state) => state.select);
  const { certificate } = useFocus();
  const ids = useMemo(() => chain.nodes.map((node) => node.id), [chain]);
  const choose = (id: string): void => {
    const subject = chain.nodes.find((node) => node.id === id)?.subject ?? null;
    if (subject !== null) select(subject);
  };
  const current = chain.nodes.find((node) => node.certificate !== null && node.certificate.sha256 === certificate)?.id ?? null;
  const roving = useRoving({ ids, entry: current, onMove: choose });
  useFollow(roving.container, current);
  // Each certificate has its issuer below it: as in every tree, right goes in and left goes out.
  const onKeyDown = (event: KeyboardEvent): void => {
    const way = event.ctrlKey || event.altKey || event.metaKey ? undefined : { ArrowRight: 'ArrowDown', ArrowLeft: 'ArrowUp' }[event.key];
    const next = way === undefined ? null : nextItem(ids.indexOf(roving.current ?? ''), way, { count: ids.length, columns: 1 });
    if (next === null) return roving.onKeyDown(event);
    event.preventDefault();
    roving.moveTo(ids[next] ?? '');
  };
  return (
    <Tree label="Chain, leaf first" className="chain" roving={roving} onKeyDown={onKeyDown}>
      {chain.nodes.map((node) => (
        <CertificateRow key={node.id} node={node} current={node.id === current} roving={roving} choose={() => choose(node.id)} />
      ))}
    </Tree>
  );
}
