/** The chain of trust as a tree of data: from the trust anchor down to the endpoints and what they present. No colour here. */
import { certificateSubject, dnskeySubject, dsSubject, endpointSubject, rrsetSubject, tlsaSubject, zoneSubject, type SubjectId } from '../base/subject.ts';
import type { DestinationHost, TlsaRecord } from '../destination/facts.ts';
import { hostOfTlsa } from '../destination/tlsa-owner.ts';
import type { Lookup } from '../dns/facts.ts';
import type { DigestCheck, DnskeyFact, SignatureCheck } from '../dnssec/facts.ts';
import type { SecurityStatus } from '../dnssec/status.ts';
import type { EndpointState, Run, ZoneState } from '../inspection/run.ts';
import { endpointPlaces, rrsetKey, type EndpointPlaces } from './endpoint-places.ts';
import type { GraphStatus } from './graph-facts.ts';
import { OUTCOME_STATUS } from './graph-status.ts';
import { presentedBy } from './presented.ts';
import { recordStanding } from './record-standing.ts';
import { endpointLines } from './server-nodes.ts';

export interface TreeNode {
  readonly subject: SubjectId;
  readonly kind: 'anchor' | 'zone' | 'ds' | 'dnskey' | 'signature' | 'rrset' | 'tlsa' | 'certificate' | 'endpoint';
  readonly label: string;
  readonly status: NodeStatus;
  /** what the status is called here; without it, as it is called everywhere */
  readonly word?: string;
  /** one line more; empty where the label says it all */
  readonly detail: string;
  readonly children: readonly TreeNode[];
}

/** A security status, or how a comparison ended. `unused`: neither good nor bad, it was not needed. */
export type NodeStatus = SecurityStatus | 'match' | 'mismatch' | 'unusable' | 'unused';

const TOLD_TYPES: ReadonlySet<string> = new Set(['MX', 'A', 'AAAA', 'TLSA']);

/** One root for each zone that no other zone delegates, usually the DNS root with its anchors, and for each endpoint that no RRset leads to. Empty before anything is known. */
export function chainTree(run: Run): TreeNode[] {
  const names = new Set(run.zones.map(({ zone }) => zone.zone));
  const told = run.zones.flatMap(({ zone }) => lookupsIn(run, zone.zone));
  const places = endpointPlaces(run, new Map(told.map(({ name, rrtype, records }) => [rrsetKey(name, rrtype), records.length])));
  const zones = run.zones.filter(({ zone }) => zone.parent === null || !names.has(zone.parent)).map((top) => topNode(run, top, places));
  return [...zones, ...places.loose.map((endpoint) => endpointNode(run, endpoint))];
}

function topNode(run: Run, top: ZoneState, places: EndpointPlaces): TreeNode {
  const zone = zoneNode(run, top, { places, above: new Set() });
  if (top.zone.parent !== null || run.anchors.length === 0) return zone;
  const labels = run.anchors.map(({ label, keyTag }) => label ?? `key tag ${keyTag}`);
  return {
    subject: zoneSubject(top.zone.zone), kind: 'anchor', label: `Trust anchor ${[...new Set(labels)].join(', ')}`, status: top.zone.status,
    detail: [...new Set(run.anchors.map(({ source }) => source))].join(', '), children: [zone],
  };
}

interface Way {
  readonly places: EndpointPlaces;
  /** guards against a saved run in which zones delegate each other in a circle */
  readonly above: ReadonlySet<string>;
}

function zoneNode(run: Run, state: ZoneState, { places, above }: Way): TreeNode {
  const { zone } = state;
  const path = new Set([...above, zone.zone]);
  const below = run.zones.filter((child) => child.zone.parent === zone.zone && !path.has(child.zone.zone));
  return {
    subject: zoneSubject(zone.zone), kind: 'zone', label: zone.zone === '.' ? 'Root zone' : `Zone ${zone.zone}`, status: zone.status, detail: zone.reason?.text ?? '',
    children: [
      ...state.digests.map(digestNode), ...zone.keys.map((key) => keyNode(state, key)),
      ...lookupsIn(run, zone.zone).map((lookup) => rrsetNode({ run, places }, state, lookup)), ...below.map((child) => zoneNode(run, child, { places, above: path })),
    ],
  };
}

const digestNode = ({ zone, keyTag, algorithm, digestType, result }: DigestCheck): TreeNode => ({
  subject: dsSubject(zone, algorithm, keyTag, digestType), kind: 'ds', label: zone === '.' ? `Trust anchor ${keyTag}, ${digestType === 0 ? 'DNSKEY' : `DS with digest type ${digestType}`}` : `DS ${keyTag}, digest type ${digestType}`, children: [],
  status: result === 'match' ? 'match' : result === 'unknown-digest' || result === 'unknown-algorithm' || result === 'not-allowed' ? 'unusable' : 'mismatch',
  detail: result === 'match' ? `matches DNSKEY ${keyTag}` : result.replaceAll('-', ' '),
});

function keyNode({ zone, signatures }: ZoneState, key: DnskeyFact): TreeNode {
  const over = signatures.filter(({ rrtype, keyTag, algorithm }) => rrtype === 'DNSKEY' && keyTag === key.keyTag && algorithm === key.algorithm);
  const traits = [key.sep ? 'KSK' : 'ZSK', key.revoked ? 'revoked' : '', key.trustAnchor ? 'trust anchor' : ''].filter((trait) => trait !== '');
  return {
    subject: dnskeySubject(zone.zone, key.algorithm, key.keyTag), kind: 'dnskey', label: `DNSKEY ${key.keyTag} ${key.algorithmName}`, status: keyStatus(zone.status, key),
    detail: traits.join(', '), children: over.map(signatureNode),
  };
}

const keyStatus = (zone: SecurityStatus, key: DnskeyFact): NodeStatus => (key.revoked || !key.zoneKey ? 'unused' : zone);

const signatureNode = (check: SignatureCheck): TreeNode => ({
  subject: rrsetSubject(check.owner, check.rrtype), kind: 'signature', label: `RRSIG ${check.rrtype} by ${check.keyTag}`, children: [],
  status: check.result === 'valid' ? 'match' : check.result === 'unknown-algorithm' || check.result === 'not-allowed' ? 'unusable' : 'mismatch',
  detail: `${check.result.replaceAll('-', ' ')}, ${day(check.inception)} to ${day(check.expiration)}`,
});

/** RRSIG times are 32 bits; what a saved run holds may be anything. */
function day(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '?' : date.toISOString().slice(0, 10);
}

/** The last lookup of each name and type, in the zone where its chain of trust ends. */
function lookupsIn(run: Run, zone: string): Lookup[] {
  const lookups = run.lookups.flatMap(({ lookup }) => (lookup === null ? [] : [lookup]))
    .filter(({ zones, rrtype, name }) => zones.at(-1) === zone && TOLD_TYPES.has(rrtype) && !name.startsWith('_tcp.'));
  return [...new Map(lookups.map((lookup) => [`${lookup.name}/${lookup.rrtype}`, lookup])).values()];
}

function rrsetNode({ run, places }: { readonly run: Run; readonly places: EndpointPlaces }, { signatures }: ZoneState, lookup: Lookup): TreeNode {
  const { name, rrtype, records, aliases } = lookup;
  const told = signatures.filter((check) => check.owner === lookup.canonicalName && check.rrtype === rrtype);
  const host = rrtype === 'TLSA' ? hostOfTlsa(run.hosts, name) : undefined;
  const alias = aliases.length === 0 ? '' : `alias for ${lookup.canonicalName}; `;
  return {
    subject: rrsetSubject(name, rrtype), kind: 'rrset', label: `${name} ${rrtype}`, status: lookup.status,
    detail: lookup.reason?.text ?? `${alias}${contents(lookup)}`,
    children: [
      ...told.map(signatureNode), ...(host === undefined ? [] : host.records.map((record) => tlsaNode(run, host, record))),
      ...(places.below.get(rrsetKey(name, rrtype)) ?? []).map((endpoint) => endpointNode(run, endpoint)),
    ],
  };

  function contents({ rcode }: Lookup): string {
    const own = records.filter(({ type }) => type === rrtype);
    if (own.length === 0) return rcode === 'NXDOMAIN' ? 'does not exist' : 'no records';
    return rrtype === 'TLSA' ? `${own.length} record${own.length === 1 ? '' : 's'}` : own.map(({ text }) => text).join(', ');
  }
}

function tlsaNode(run: Run, host: DestinationHost, record: TlsaRecord): TreeNode {
  const { status: { code, word }, matched } = recordStanding(run, host, record);
  return {
    subject: tlsaSubject(host.name, record.index), kind: 'tlsa', label: `TLSA ${record.usage} ${record.selector} ${record.matchingType} ${shortened(record.data)}`,
    status: code === 'secure' ? 'match' : code === 'bogus' ? 'mismatch' : record.usable ? 'unused' : 'unusable', word, detail: record.reason?.text ?? '',
    children: [...matched].map(([sha256, depth]) => certificateNode(run, sha256, depth)),
  };
}

function certificateNode(run: Run, sha256: string, depth: number | null): TreeNode {
  const certificate = run.certificates[sha256];
  return {
    subject: certificateSubject(sha256), kind: 'certificate', label: certificate?.subject ?? sha256, status: 'match', children: [],
    detail: `${depth === null ? '' : `depth ${depth}, `}${certificate?.keyDescription ?? ''}`,
  };
}

function endpointNode(run: Run, endpoint: EndpointState): TreeNode {
  const { host, address, keyType, outcome, reason } = endpoint.verdict;
  return {
    subject: endpointSubject(host, address, keyType), kind: 'endpoint', label: endpointLines(endpoint).join(' '), ...worded(OUTCOME_STATUS[outcome]), detail: reason.text,
    children: presentedBy(run, endpoint).map(({ subject, status, title, detail }) => ({ subject, kind: 'certificate', label: title, ...worded(status), detail, children: [] })),
  };
}

const STATUS_OF: { readonly [Code in GraphStatus['code']]: NodeStatus } = {
  secure: 'match', insecure: 'insecure', bogus: 'mismatch', indeterminate: 'indeterminate', expired: 'mismatch', pending: 'unused', plain: 'insecure', absent: 'unusable',
};

const worded = ({ code, word }: GraphStatus): Pick<TreeNode, 'status' | 'word'> => ({ status: STATUS_OF[code], word });

const shortened = (data: string): string => (data.length > 16 ? `${data.slice(0, 8)}…${data.slice(-4)}` : data);
