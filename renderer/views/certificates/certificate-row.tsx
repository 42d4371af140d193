import type { Roving } from '../../a11y/roving.ts';
import { TreeItem } from '../../a11y/tree.tsx';
import { Mark } from '../../status/mark.tsx';
import type { Status } from '../../status/vocabulary.ts';
import { Plain } from '../../text/plain.tsx';
import { isoMinute } from '../../text/time.ts';
import type { ChainNode } from './model.ts';

interface CertificateRowProps {
  readonly node: ChainNode;
  readonly current: boolean;
  readonly roving: Roving;
  readonly choose: () => void;
}

const DATES: { readonly [Dates in ChainNode['dates']]: Status | null } = {
  valid: null, unknown: null,
  expired: { sign: 'hourglass', tone: 'expired', word: 'expired' },
  'not-yet-valid': { sign: 'hourglass', tone: 'expired', word: 'not yet valid' },
};

/** Depth 0 is the leaf; each further certificate stands one step in, as the issuer of the one above. Nothing folds: no line claims to be open. */
export function CertificateRow({ node, current, roving, choose }: CertificateRowProps): React.ReactNode {
  const ghost = node.certificate === null;
  return (
    <TreeItem
      id={node.id} roving={roving} place={{ level: node.depth + 1, position: 1, count: 1, expanded: null }} selected={current}
      className={ghost ? 'certificate ghost' : 'certificate'} style={{ marginInlineStart: `${String(node.depth * 1.75)}rem` }} choose={choose}
    >
      <span className="depth"><span className="for-screen-reader">{ghost ? 'issuer, not presented ' : 'depth '}</span>{ghost ? '–' : node.depth}</span>
      <div className="certificate-body">
        <p className="certificate-title"><Plain text={node.title} limit={200} /></p>
        {node.lines.map((line) => <p key={line} className="certificate-line"><Plain text={line} limit={300} /></p>)}
        {node.certificate === null ? null : <Facts node={node} />}
      </div>
      <Marks node={node} />
    </TreeItem>
  );
}

function Facts({ node }: { readonly node: ChainNode }): React.ReactNode {
  const certificate = node.certificate;
  if (certificate === null) return null;
  const dates = DATES[node.dates];
  return (
    <p className="certificate-line">
      <Plain text={certificate.keyDescription} limit={80} /> · {isoMinute(certificate.notBefore)} – {isoMinute(certificate.notAfter)}, {node.left}
      {dates === null ? null : <> <Mark status={dates} /></>}
      {certificate.isCa ? ' · CA' : ''}{certificate.selfIssued ? ' · self-issued' : ''}
    </p>
  );
}

function Marks({ node }: { readonly node: ChainNode }): React.ReactNode {
  return (
    <div className="certificate-marks">
      {node.records.map((record) => <Mark key={record} status={{ sign: 'check', tone: 'secure', word: `TLSA record ${String(record + 1)}` }} />)}
      {node.link === 'not-the-issuer' ? <Mark status={{ sign: 'warning', tone: 'warning', word: 'not the issuer of the one above' }} /> : null}
    </div>
  );
}
