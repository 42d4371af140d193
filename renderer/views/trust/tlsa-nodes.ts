/** The end of the chain of trust: TLSA records, and the certificates that they match. */
import { certificateSubject, tlsaSubject } from '../../../core/base/subject.ts';
import type { Comparison } from '../../../core/dane/facts.ts';
import type { DestinationHost, TlsaRecord } from '../../../core/destination/facts.ts';
import { recordLook } from '../../../core/graph/graph-status.ts';
import type { EndpointState, Run } from '../../../core/inspection/run.ts';
import type { Status } from '../../status/vocabulary.ts';
import { recordNumbers } from '../tlsa/model.ts';
import type { TrustNode } from './model.ts';

/** @returns null where the name is not the TLSA name that counts for a host */
export function tlsaNodes(run: Run, owner: string): readonly TrustNode[] | null {
  const host = run.hosts.find((one) => one.tlsaBaseDomain !== null && owner.startsWith('_') && owner.endsWith(`.${one.tlsaBaseDomain}`) && one.tlsaCandidates.includes(owner));
  return host === undefined ? null : host.records.map((record) => tlsaNode(run, host, record));
}

function tlsaNode(run: Run, host: DestinationHost, record: TlsaRecord): TrustNode {
  const endpoints = run.endpoints.filter(({ verdict, comparisons }) => verdict.host === host.name && comparisons.some((one) => one.record === record.index));
  const compared = endpoints.flatMap((endpoint) => endpoint.comparisons).filter((one) => one.record === record.index);
  const matched = new Map(compared.filter((one) => one.matched && one.certificate !== null).map((one) => [one.certificate ?? '', one.depth]));
  return {
    id: `tlsa ${host.name} ${String(record.index)}`, subject: tlsaSubject(host.name, record.index), status: statusOf(record, compared, endpoints),
    kind: 'TLSA', title: `${recordNumbers(record)} ${record.data}`, detail: record.reason?.text ?? '', open: true,
    children: [...matched].map(([sha256, depth]) => certificateNode(run, { host, record, sha256, depth })),
  };
}

/** One of current and next need not match: a record that matches nothing is red only where an endpoint is refused, by the graph’s own rule. */
function statusOf(record: TlsaRecord, compared: readonly Comparison[], endpoints: readonly EndpointState[]): Status {
  if (!record.usable) return { sign: 'dash', tone: 'pending', word: 'not usable' };
  if (compared.length === 0) return { sign: 'circle', tone: 'neutral', word: 'usable' };
  const { code, word } = recordLook(compared, endpoints.some(({ verdict }) => verdict.outcome === 'refused'));
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
