/** The end of the chain of trust: TLSA records, and the certificates that they match. */
import { certificateSubject, tlsaSubject } from '../../../core/base/subject.ts';
import type { DestinationHost, TlsaRecord } from '../../../core/destination/facts.ts';
import { hostOfTlsa } from '../../../core/destination/tlsa-owner.ts';
import type { GraphStatus } from '../../../core/graph/graph-facts.ts';
import { recordStanding } from '../../../core/graph/record-standing.ts';
import type { Run } from '../../../core/inspection/run.ts';
import type { Status } from '../../status/vocabulary.ts';
import { recordNumbers } from '../tlsa/model.ts';
import type { TrustNode } from './trust-node.ts';

/** @returns null where the name is not the TLSA name that counts for a host */
export function tlsaNodes(run: Run, owner: string): readonly TrustNode[] | null {
  const host = hostOfTlsa(run.hosts, owner);
  return host === undefined ? null : host.records.map((record) => tlsaNode(run, host, record));
}

function tlsaNode(run: Run, host: DestinationHost, record: TlsaRecord): TrustNode {
  const { status, matched } = recordStanding(run, host, record);
  return {
    id: `tlsa ${host.name} ${String(record.index)}`, subject: tlsaSubject(host.name, record.index), status: shown(status),
    kind: 'TLSA', title: `${recordNumbers(record)} ${record.data}`, detail: record.reason?.text ?? '', open: true,
    children: [...matched].map(([sha256, depth]) => certificateNode(run, { host, record, sha256, depth })),
  };
}

function shown({ code, word }: GraphStatus): Status {
  if (code === 'secure') return { sign: 'check', tone: 'secure', word };
  return code === 'bogus' ? { sign: 'cross', tone: 'bogus', word } : { sign: 'dash', tone: 'pending', word };
}

interface MatchedCertificate {
  readonly host: DestinationHost;
  readonly record: TlsaRecord;
  readonly sha256: string;
  readonly depth: number | null;
}

function certificateNode(run: Run, { host, record, sha256, depth }: MatchedCertificate): TrustNode {
  const certificate = run.certificates[sha256];
  return {
    id: `cert ${host.name} ${String(record.index)} ${sha256}`, subject: certificateSubject(sha256), status: { sign: 'check', tone: 'secure', word: 'matched' }, kind: 'certificate',
    title: certificate?.commonName ?? certificate?.subject ?? sha256, detail: [depth === null ? '' : `depth ${String(depth)}`, certificate?.keyDescription ?? ''].filter((part) => part !== '').join(' · '),
    open: false, children: [],
  };
}
