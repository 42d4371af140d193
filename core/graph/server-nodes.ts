/** TLSA records, the certificates that they are held against, and the endpoints that present them. */
import { certificateSubject, endpointSubject, rrsetSubject, tlsaSubject } from '../base/subject.ts';
import { comparisonEnding } from '../dane/comparison-words.ts';
import type { Comparison, ComparisonCode } from '../dane/facts.ts';
import type { DestinationHost, TlsaRecord } from '../destination/facts.ts';
import { tlsaName } from '../destination/tlsa-owner.ts';
import type { EndpointState, Run } from '../inspection/run.ts';
import type { CertificateFact } from '../x509/facts.ts';
import { rrsetId } from './answer-nodes.ts';
import { sameName, short, type GraphBuilder } from './graph-builder.ts';
import type { GraphNode } from './graph-facts.ts';
import { ABSENT_LINE, comparisonLook, DOTTED_LINE, NODE_STATUS, NOT_PRESENTED, OUTCOME_STATUS, PLAIN, PLAIN_LINE } from './graph-status.ts';
import { recordStanding } from './record-standing.ts';
import { clusterId } from './zone-nodes.ts';

/** of the certificates that are told, as presented */
export const MAXIMUM_DEPTH = 10;
const certificateId = (sha256: string): string => `cert ${sha256}`;
const tlsaId = (host: string, index: number): string => `tlsa ${host.toLowerCase()} ${String(index)}`;
const endpointId = ({ verdict }: EndpointState): string => `endpoint ${verdict.host.toLowerCase()} ${verdict.address} ${String(verdict.port)} ${verdict.keyType ?? 'any'}`;

export function addServers(builder: GraphBuilder, run: Run, allKeys: boolean): void {
  for (const host of run.hosts) addHost(builder, run, host);
  for (const endpoint of run.endpoints) addEndpoint(builder, run, endpoint);
  for (const endpoint of run.endpoints) addComparisons(builder, endpoint, allKeys);
}

function addHost(builder: GraphBuilder, run: Run, host: DestinationHost): void {
  const domain = run.destination?.domain ?? '';
  const label = host.preference === null ? 'MX' : `MX ${String(host.preference)}`;
  for (const type of ['A', 'AAAA']) {
    builder.edge({
      ...DOTTED_LINE, from: rrsetId(domain, 'MX'), to: rrsetId(host.canonicalName, type), kind: 'mx', label, subject: rrsetSubject(domain, 'MX'),
      sentence: `${short(host.name)} is a mail host of ${short(domain)}${host.preference === null ? '' : ` with preference ${String(host.preference)}`}.`,
    });
  }
  const base = tlsaName(host);
  if (base === undefined) return;
  const lookup = run.lookups.findLast(({ name, rrtype }) => rrtype === 'TLSA' && sameName(name, base))?.lookup;
  const owner = lookup?.canonicalName ?? base;
  const zone = run.zones.map((state) => state.zone.zone).filter((name) => encloses(name, owner)).toSorted((left, right) => right.length - left.length)[0];
  const whole = rrsetId(owner, 'TLSA');
  const place = { cluster: zone === undefined ? null : clusterId(zone), within: builder.has(whole) ? whole : null };
  for (const record of host.records) builder.node({ ...recordNode(run, host, record), ...place });
}

const encloses = (zone: string, name: string): boolean => zone === '.' || sameName(name, zone) || name.toLowerCase().endsWith(`.${zone.toLowerCase()}`);

function recordNode(run: Run, host: DestinationHost, record: TlsaRecord): Omit<GraphNode, 'cluster' | 'within'> {
  const words = `${String(record.usage)} ${String(record.selector)} ${String(record.matchingType)}`;
  return {
    id: tlsaId(host.name, record.index), kind: 'tlsa', subject: tlsaSubject(host.name, record.index),
    status: recordStanding(run, host, record).status, lines: [`${words}  ${shortHex(record.data)}`],
    marks: record.usable ? [] : ['unusable'], detail: short(record.reason?.text ?? '', 400),
  };
}

const shortHex = (data: string): string => short(data.length > 16 ? `${data.slice(0, 8)}…${data.slice(-4)}` : data, 20);

function addEndpoint(builder: GraphBuilder, run: Run, endpoint: EndpointState): void {
  const { verdict } = endpoint;
  addChain(builder, run, verdict.chain);
  builder.node({
    id: endpointId(endpoint), cluster: null, kind: 'endpoint', within: null, subject: endpointSubject(verdict.host, verdict.address, verdict.keyType), status: OUTCOME_STATUS[verdict.outcome],
    lines: endpointLines(endpoint), marks: [], detail: short(verdict.reason.text, 400),
  });
  const leaf = verdict.chain[0];
  if (leaf !== undefined) {
    builder.edge({ ...PLAIN_LINE, from: certificateId(leaf), to: endpointId(endpoint), kind: 'presented', label: '', subject: certificateSubject(leaf), sentence: `${short(verdict.host)} at ${short(verdict.address)} presents the certificate.` });
  }
  const type = verdict.address.includes(':') ? 'AAAA' : 'A';
  const owner = run.hosts.find(({ name }) => sameName(name, verdict.host))?.canonicalName ?? verdict.host;
  builder.edge({ ...DOTTED_LINE, from: rrsetId(owner, type), to: endpointId(endpoint), kind: 'address', label: type, subject: rrsetSubject(owner, type), sentence: `${short(owner)} has the address ${short(verdict.address)}.` });
}

/** host, address, key type */
export const endpointLines = ({ verdict }: Pick<EndpointState, 'verdict'>): readonly string[] => [short(verdict.host, 34), short(verdict.address, 40), verdict.keyType ?? 'no certificate seen'];

/** As presented, leaf first; above the last one the issuer that was not sent stands as a ghost. */
function addChain(builder: GraphBuilder, run: Run, chain: readonly string[]): void {
  const told = chain.slice(0, MAXIMUM_DEPTH);
  told.forEach((sha256, depth) => addCertificate(builder, run, sha256, depth));
  told.forEach((sha256, depth) => {
    const issuer = chain[depth + 1];
    const certificate = run.certificates[sha256];
    if (issuer !== undefined && certificate?.malformed === null && run.certificates[issuer]?.subject === certificate.issuer) addIssuer(builder, certificateId(issuer), certificate, 'fits');
    const missing = missingIssuerOf(run, chain, depth);
    if (missing !== null) addMissingIssuer(builder, missing);
  });
}

/** @returns the certificate at that depth where its issuer should have been presented next and was not; by name */
export function missingIssuerOf(run: Run, chain: readonly string[], depth: number): CertificateFact | null {
  const certificate = run.certificates[chain[depth] ?? ''];
  if (certificate === undefined || certificate.malformed !== null || certificate.selfIssued) return null;
  const next = chain[depth + 1];
  return next !== undefined && run.certificates[next]?.subject === certificate.issuer ? null : certificate;
}

function addCertificate(builder: GraphBuilder, run: Run, sha256: string, depth: number): void {
  const certificate = run.certificates[sha256];
  builder.node({
    id: certificateId(sha256), cluster: null, kind: 'certificate', within: null, subject: certificateSubject(sha256), status: PLAIN, marks: [],
    lines: certificateLines(certificate, sha256, depth), detail: short(certificate?.subject ?? '', 400),
  });
}

/** depth, name, key, end */
export function certificateLines(certificate: CertificateFact | undefined, sha256: string, depth: number): readonly [depth: string, name: string, ...rest: readonly string[]] {
  const name = certificate?.commonName ?? certificate?.dnsNames[0] ?? certificate?.subject ?? sha256;
  const rest = certificate === undefined || certificate.malformed !== null ? ['not readable'] : [short(certificate.keyDescription, 24), `until ${short(certificate.notAfter.slice(0, 10), 12)}`];
  return [`depth ${String(depth)}`, short(name, 34), ...rest];
}

const missingId = (certificate: CertificateFact): string => `issuer ${certificate.issuer}`;

function addMissingIssuer(builder: GraphBuilder, certificate: CertificateFact): void {
  builder.node({
    id: missingId(certificate), cluster: null, kind: 'certificate', within: null, subject: certificateSubject(certificate.sha256), status: NOT_PRESENTED, marks: ['missing'],
    lines: ['issuer', short(certificate.issuer, 34)], detail: '',
  });
  addIssuer(builder, missingId(certificate), certificate, 'missing');
}

/** By name: whether the signature holds is for the certificate view, which has the keys. */
function addIssuer(builder: GraphBuilder, from: string, certificate: CertificateFact, state: 'fits' | 'missing'): void {
  builder.edge({
    ...(state === 'fits' ? PLAIN_LINE : ABSENT_LINE), from, to: certificateId(certificate.sha256), kind: 'issuer', label: '', subject: certificateSubject(certificate.sha256),
    sentence: state === 'fits' ? `${short(certificate.issuer)} is named as issuer of ${short(certificate.subject)}.` : `The issuer ${short(certificate.issuer)} of ${short(certificate.subject)} was not presented.`,
  });
}

/** A record that is of no use at one depth but was compared at another says so only where all is wanted. */
function addComparisons(builder: GraphBuilder, endpoint: EndpointState, allKeys: boolean): void {
  const { verdict, comparisons } = endpoint;
  for (const comparison of comparisons) {
    const look = comparisonLook(comparison, verdict.outcome);
    const isSaid = look.line !== 'dotted' || !comparisons.some((other) => other.record === comparison.record && comparisonLook(other, verdict.outcome).line !== 'dotted');
    if (!allKeys && !isSaid) continue;
    const to = comparedId(builder, endpoint, comparison);
    builder.edge({
      ...look, from: tlsaId(verdict.host, comparison.record), to, kind: 'comparison', label: look.line === 'dotted' ? NOT_COMPARED[comparison.reason.code] ?? '' : '', subject: tlsaSubject(verdict.host, comparison.record),
      sentence: comparisonSentence(endpoint, comparison),
    });
  }
}

/** `fits the certificate at depth 1 of 192.0.2.1, ECDSA, but expired: …` */
function comparisonSentence({ verdict }: EndpointState, comparison: Comparison): string {
  const { record, depth, reason } = comparison;
  const { kind, words } = comparisonEnding(comparison);
  const [verb = '', ...but] = kind === 'not-compared' ? ['is not compared with'] : reason.code === 'anchor-signed-nothing' ? ['names an anchor that signed nothing of'] : words.split(', ');
  const certificate = `${depth === null ? 'the chain' : `the certificate at depth ${String(depth)}`} of ${[short(verdict.address), verdict.keyType ?? 'no key type', ...but].join(', ')}`;
  return `TLSA record ${String(record + 1)} of ${short(verdict.host)} ${verb} ${certificate}: ${short(reason.text, 300)}`;
}

/** Beside a dotted line: why, in a few words. */
const NOT_COMPARED: { readonly [Code in ComparisonCode]?: string } = {
  'not-usable': 'unusable', 'usage-not-usable': 'usage not for mail', 'not-this-depth': 'not this depth', 'ignored-by-agility': 'a stronger digest counts', 'anchor-not-sent': 'not sent', 'certificate-malformed': 'malformed',
};

/** An anchor that was looked for and not sent has no certificate: its ghost stands for it. */
function comparedId(builder: GraphBuilder, endpoint: EndpointState, { certificate, record, reason }: Comparison): string {
  if (certificate !== null) return certificateId(certificate);
  const id = `anchor ${endpointId(endpoint)} ${String(record)}`;
  builder.node({
    id, cluster: null, kind: 'certificate', within: null, subject: tlsaSubject(endpoint.verdict.host, record), status: reason.code === 'anchor-not-sent' ? NOT_PRESENTED : NODE_STATUS.indeterminate,
    lines: ['trust anchor'], marks: ['missing'], detail: short(reason.text, 400),
  });
  builder.edge({ ...ABSENT_LINE, from: id, to: endpointId(endpoint), kind: 'presented', label: '', subject: tlsaSubject(endpoint.verdict.host, record), sentence: `${short(endpoint.verdict.host)} does not present the certificate that record ${String(record + 1)} names.` });
  return id;
}
