/** The certificates of one endpoint as the server presented them, leaf first, and what each is to the next. */
import { certificateSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
import type { ConnectionState, EndpointState, Run } from '../../../core/inspection/run.ts';
import type { CertificateFact } from '../../../core/x509/facts.ts';
import { certificationPaths } from './paths.ts';
import type { CertificationPath } from './paths.ts';
import { counted } from '../../text/counted.ts';

export interface ChainNode {
  readonly id: string;
  readonly depth: number;
  readonly subject: SubjectId | null;
  /** null for the ghost of an issuer that was not presented */
  readonly certificate: CertificateFact | null;
  readonly title: string;
  readonly lines: readonly string[];
  /** how this certificate stands to the one before it; null for the leaf */
  readonly link: 'issuer' | 'not-the-issuer' | null;
  readonly dates: 'valid' | 'expired' | 'not-yet-valid' | 'unknown';
  /** `39 days left` when the run was made */
  readonly left: string;
  /** TLSA records that match it, from 0 */
  readonly records: readonly number[];
}

export interface ChainView {
  readonly proof: 'proven' | 'presented, not proven' | null;
  readonly source: string;
  readonly note: string | null;
  readonly nodes: readonly ChainNode[];
  /** what is odd about the order: sent twice, out of order, not needed */
  readonly remarks: readonly string[];
  readonly paths: readonly CertificationPath[];
}

/** @param now ISO time of the run: dates are judged as they were then */
export function chainView(run: Run, connection: ConnectionState | null, endpoint: EndpointState | null): ChainView {
  const presented = connection?.presented ?? null;
  const shas = presented?.certificates ?? endpoint?.verdict.chain ?? [];
  const now = run.context?.startedAt ?? '';
  const nodes = shas.flatMap((sha256, depth) => {
    const certificate = run.certificates[sha256];
    return certificate === undefined ? [] : [chainNode({ certificate, depth, before: run.certificates[shas[depth - 1] ?? ''], endpoint, now })];
  });
  return {
    proof: presented === null ? null : (presented.proven ? 'proven' : 'presented, not proven'),
    source: presented === null ? '' : SOURCES[presented.source],
    note: presented?.note ?? null,
    nodes: [...nodes, ...ghost(run, shas)], remarks: orderRemarks(run, shas), paths: certificationPaths(run, shas, endpoint),
  };
}

const SOURCES = { wire: 'read from the bytes on the wire', library: "as the TLS library tells it, not from the wire" };

interface NodeParts {
  readonly certificate: CertificateFact;
  readonly depth: number;
  readonly before: CertificateFact | undefined;
  readonly endpoint: EndpointState | null;
  readonly now: string;
}

function chainNode({ certificate, depth, before, endpoint, now }: NodeParts): ChainNode {
  const names = certificate.dnsNames.length === 0 ? '' : `DNS ${certificate.dnsNames.slice(0, 4).join(', ')}${certificate.dnsNames.length > 4 ? ` and ${String(certificate.dnsNames.length - 4)} more` : ''}`;
  const matched = endpoint?.comparisons.filter((one) => one.matched && one.certificate === certificate.sha256).map((one) => one.record) ?? [];
  return {
    id: `depth-${String(depth)}`, depth, subject: certificateSubject(certificate.sha256), certificate,
    title: certificate.malformed === null ? (certificate.commonName ?? certificate.dnsNames[0] ?? certificate.subject) : 'not decodable as a certificate',
    lines: certificate.malformed === null ? [names, `issued by ${certificate.issuer}`].filter((line) => line !== '') : [certificate.malformed],
    link: before === undefined ? null : (before.issuer === certificate.subject ? 'issuer' : 'not-the-issuer'),
    dates: datesOf(certificate, now), left: daysLeft(certificate, now), records: [...new Set(matched)],
  };
}

export function datesOf(certificate: CertificateFact, now: string): ChainNode['dates'] {
  const [at, from, until] = [now, certificate.notBefore, certificate.notAfter].map((text) => Date.parse(text)) as [number, number, number];
  if ([at, from, until].some((time) => Number.isNaN(time))) return 'unknown';
  if (at < from) return 'not-yet-valid';
  return at > until ? 'expired' : 'valid';
}

/** The issuer at the end of the path, where the server did not send it: its place is shown, nothing is claimed of it. */
function ghost(run: Run, shas: readonly string[]): ChainNode[] {
  const missing = shas.map((sha256) => run.certificates[sha256]).find((one) => one !== undefined && one.malformed === null && !one.selfIssued && issuerDepth(run, shas, one) < 0);
  if (missing === undefined) return [];
  return [{
    id: 'ghost', depth: shas.length, subject: null, certificate: null, title: missing.issuer,
    lines: [`issuer of depth ${String(shas.indexOf(missing.sha256))}, not presented by the server`], link: 'issuer', dates: 'unknown', left: '', records: [],
  }];
}

const issuerDepth = (run: Run, shas: readonly string[], { issuer }: CertificateFact): number => shas.findIndex((sha256) => run.certificates[sha256]?.subject === issuer);

/** RFC 5246 §7.4.2 wants each to certify the one before it; RFC 8446 §4.4.2 lets clients cope with any order. */
export function orderRemarks(run: Run, shas: readonly string[]): readonly string[] {
  return shas.flatMap((sha256, depth) => {
    const certificate = run.certificates[sha256];
    if (certificate === undefined || depth === 0) return [];
    const first = shas.indexOf(sha256);
    if (first < depth) return [`Depth ${String(depth)} is the same certificate as depth ${String(first)}: it was sent twice.`];
    if (run.certificates[shas[depth - 1] ?? '']?.issuer === certificate.subject) return [];
    const issued = shas.map((other) => run.certificates[other]).findIndex((other, index) => index !== depth && other !== undefined && !other.selfIssued && other.issuer === certificate.subject);
    return [issued < 0 ? `Depth ${String(depth)} issued none of the others: it is not needed.` : `Depth ${String(depth)} is out of order: it is the issuer of depth ${String(issued)}.`];
  });
}

/** `39 days left`, at the time of the run */
export function daysLeft({ notAfter }: CertificateFact, now: string): string {
  const days = Math.floor((Date.parse(notAfter) - Date.parse(now)) / 86_400_000);
  if (Number.isNaN(days)) return '';
  return days < 0 ? `over for ${counted(-days, 'day')}` : `${counted(days, 'day')} left`;
}
