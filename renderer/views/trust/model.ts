/** The chain of trust as a tree: anchor, zones, keys and signatures, down to the records a sender rests on. */
import { rrsetSubject, zoneSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
import type { TrustAnchorFact } from '../../../core/dnssec/facts.ts';
import { rrsetKey } from '../../../core/graph/endpoint-places.ts';
import type { LookupState, Run, ZoneState } from '../../../core/inspection/run.ts';
import { nameInBothForms } from '../../../core/target/name-words.ts';
import { SECURITY } from '../../status/vocabulary.ts';
import type { Status } from '../../status/vocabulary.ts';
import { counted, leftOut } from '../../text/counted.ts';
import { sameName } from '../../text/dns-name.ts';
import { algorithmName } from '../../text/dns-numbers.ts';
import { placedEndpoints, recordKey } from './endpoint-nodes.ts';
import type { PlacedEndpoints } from './endpoint-nodes.ts';
import { tlsaNodes } from './tlsa-nodes.ts';
import { denialNode, digestNode, keyNode, signatureNode } from './check-nodes.ts';
import type { TrustNode } from './trust-node.ts';

export function trustTree(run: Run): readonly TrustNode[] {
  const roots = run.zones.filter(({ zone }) => zone.parent === null || !run.zones.some((one) => one.zone.zone === zone.parent));
  const placed = placedEndpoints(run, told(run));
  const rest = placed.lookups.filter((state) => zoneOf(run, state) === null);
  const zones = roots.map((root) => zoneNode(run, placed, root, new Set()));
  const loose = [...rest.map((state) => lookupNode(run, placed, state, null)), ...placed.loose];
  return run.anchors.length === 0 ? [...zones, ...loose] : [anchorNode(run.anchors, [...zones, ...loose])];
}

function anchorNode(anchors: readonly TrustAnchorFact[], children: readonly TrustNode[]): TrustNode {
  const names = new Set(anchors.map((anchor) => `${anchor.label === null ? '' : `${anchor.label} `}${String(anchor.keyTag)} ${algorithmName(anchor.algorithm)}`));
  const dated = anchors.map((anchor) => anchor.since).filter((since) => since !== null);
  return {
    id: 'anchor', subject: zoneSubject('.'), status: { ...SECURITY.secure, word: 'trusted' }, kind: 'trust anchor', title: [...names].join(', '),
    detail: [anchors[0]?.source ?? '', dated.length === 0 ? '' : `since ${dated.join(', ')}`].filter((part) => part !== '').join(' · '),
    open: true, children,
  };
}

/** @param above zones on the way: a malformed run must not lead in a circle */
function zoneNode(run: Run, placed: PlacedEndpoints, state: ZoneState, above: ReadonlySet<string>): TrustNode {
  const { zone } = state;
  const inside = new Set([...above, zone.zone]);
  const below = run.zones.filter((one) => one.zone.parent === zone.zone && !inside.has(one.zone.zone));
  const lookups = placed.lookups.filter((one) => zoneOf(run, one) === zone.zone);
  const status = SECURITY[zone.status];
  return {
    id: `zone ${zone.zone}`, subject: zoneSubject(zone.zone), status, kind: 'zone', title: zone.zone === '.' ? '. (root)' : nameInBothForms(zone.zone.toLowerCase()),
    detail: zone.reason?.text ?? keySummary(state), open: true,
    children: [...trustMaterial(state), ...lookups.map((one) => lookupNode(run, placed, one, state)), ...below.map((one) => zoneNode(run, placed, one, inside))],
  };
}

/** Proofs that a name begins no signed zone; the many that went well stand in one closed branch. */
function delegationDenials({ zone, denials }: ZoneState): TrustNode[] {
  const about = denials.filter((check) => check.claim === 'no-ds' || check.claim === 'insecure-delegation');
  const proved = about.filter((check) => check.claim === 'no-ds' && check.result === 'proved');
  const rest = about.filter((check) => !proved.includes(check)).map((check) => denialNode(check));
  if (proved.length === 0) return rest;
  const title = proved.length === 1 ? '1 name begins no signed zone' : `${String(proved.length)} names begin no signed zone`;
  return [...rest, {
    id: `no-ds ${zone.zone}`, subject: zoneSubject(zone.zone), status: { ...SECURITY.secure, word: 'proved' }, kind: proved[0]?.method ?? 'NSEC', title, detail: '', open: false,
    children: proved.map((check) => denialNode(check)),
  }];
}

const keySummary = ({ zone }: ZoneState): string =>
  zone.keys.length === 0 ? '' : `${counted(zone.keys.length, 'key')} · ${[...new Set(zone.keys.map((key) => key.algorithmName))].join(', ')}`;

/** Keys, the DS records that lead to them, and the signature over the keys themselves. */
function trustMaterial(state: ZoneState): TrustNode[] {
  const { zone } = state;
  const digests = state.digests.map((check) => digestNode(check));
  const keys = zone.keys.map((key) => keyNode(zone.zone, key));
  const signatures = state.signatures.filter((check) => check.rrtype === 'DNSKEY' && sameName(check.owner, zone.zone)).map((check) => signatureNode(check));
  const denials = delegationDenials(state);
  const children = [...digests, ...keys, ...signatures];
  if (children.length === 0) return denials;
  const trusted = zone.status === 'secure';
  const delegation = zone.ds.map((ds) => String(ds.keyTag)).join(', ');
  const group: TrustNode = {
    id: `material ${zone.zone}`, subject: rrsetSubject(zone.zone, 'DNSKEY'), status: SECURITY[zone.status], kind: 'keys',
    title: `DNSKEY ${zone.keys.map((key) => String(key.keyTag)).join(', ')}`, detail: delegation === '' ? '' : `DS ${delegation}`,
    open: !trusted, children,
  };
  return [group, ...denials];
}

/** The last lookup of each name and type; steps on the way to a TLSA name are told only where they went wrong. */
function told(run: Run): readonly LookupState[] {
  const wanted = run.lookups.filter(({ name, lookup }) => !name.startsWith('_tcp.') || lookup?.status === 'bogus' || lookup?.status === 'indeterminate');
  return [...new Map(wanted.map((state) => [`${state.name} ${state.rrtype}`, state])).values()];
}

/** The zone that gave the answer, or denied it. */
function zoneOf(run: Run, { lookup }: LookupState): string | null {
  const zone = lookup?.zones.findLast((name) => run.zones.some((one) => one.zone.zone === name));
  return zone ?? null;
}

function lookupNode(run: Run, placed: PlacedEndpoints, state: LookupState, zone: ZoneState | null): TrustNode {
  const { lookup, name, rrtype } = state;
  const endpoints = placed.below.get(rrsetKey(name, rrtype)) ?? [];
  const base = { id: `lookup ${name} ${rrtype}`, subject: rrsetSubject(name, rrtype), kind: lookup?.noData === true || lookup?.rcode === 'NXDOMAIN' ? 'denial' : 'RRset', title: `${name} ${rrtype}` };
  if (lookup === null) return { ...base, status: SECURITY.pending, detail: '', open: false, children: endpoints };
  const owners = new Set([name, lookup.canonicalName, ...lookup.aliases.map((alias) => alias.owner)].map((owner) => owner.toLowerCase()));
  const states = zone === null ? run.zones : [zone, ...run.zones.filter((one) => one !== zone && lookup.zones.includes(one.zone.zone))];
  const signatures = states.flatMap((one) => one.signatures).filter((check) => owners.has(check.owner.toLowerCase()) && (check.rrtype === rrtype || check.rrtype === 'CNAME'));
  const denials = states.flatMap((one) => one.denials).filter((check) => owners.has(check.name.toLowerCase()) && check.rrtype === rrtype);
  return {
    ...base, status: statusOf(signatures.some((check) => check.result === 'expired' || check.result === 'not-yet-valid'), lookup.status),
    detail: lookupDetail(state), open: lookup.status !== 'secure' || rrtype === 'TLSA' || endpoints.some(({ open }) => open),
    children: [
      ...lookup.aliases.map((alias, index) => aliasNode(base.id, alias, index)),
      ...(tlsaNodes(run, name) ?? recordNodes(base.id, placed, lookup)),
      ...endpoints,
      ...once([...signatures.map((check) => signatureNode(check)), ...denials.map((check) => denialNode(check))]).map((node) => within(base.id, node)),
    ],
  };
}

/** What was checked for each type that was asked at an alias is one check. */
const once = (nodes: readonly TrustNode[]): readonly TrustNode[] => [...new Map(nodes.map((node) => [node.id, node])).values()];

/** The signature over an alias stands below each type that was asked at it: each time as a line of its own. */
const within = (place: string, node: TrustNode): TrustNode => ({ ...node, id: `${place} ${node.id}`, children: node.children.map((child) => within(place, child)) });

const statusOf = (expired: boolean, status: keyof typeof SECURITY): Status => (status === 'bogus' && expired ? { ...SECURITY.expired, word: 'bogus, expired' } : SECURITY[status]);

function lookupDetail({ lookup }: LookupState): string {
  if (lookup === null) return '';
  if (lookup.reason !== null) return lookup.reason.text;
  const count = lookup.records.length;
  if (lookup.rcode === 'NXDOMAIN') return 'does not exist';
  return lookup.noData ? 'no data' : `${counted(count, 'record')} · TTL ${String(lookup.ttl)}`;
}

function aliasNode(id: string, alias: { readonly owner: string; readonly target: string; readonly status: keyof typeof SECURITY }, index: number): TrustNode {
  return {
    id: `${id} alias ${String(index)}`, subject: rrsetSubject(alias.owner, 'CNAME'), status: SECURITY[alias.status], kind: 'alias',
    title: `${alias.owner} → ${alias.target}`, detail: '', open: false, children: [],
  };
}

const MOST_RECORDS = 100;

function recordNodes(id: string, placed: PlacedEndpoints, { records, status, canonicalName, rrtype }: NonNullable<LookupState['lookup']>): readonly TrustNode[] {
  const nodes = records.slice(0, MOST_RECORDS).map((record, index) => recordNode(`${id} ${String(index)}`, record, placed.subjects.get(recordKey(record)) ?? rrsetSubject(record.owner, record.type), status));
  const rest = leftOut(records.length, MOST_RECORDS);
  return rest === null ? nodes : [...nodes, recordNode(`${id} more`, { owner: canonicalName, type: rrtype, text: rest }, rrsetSubject(canonicalName, rrtype), status)];
}

function recordNode(id: string, record: { readonly owner: string; readonly type: string; readonly text: string }, subject: SubjectId, status: keyof typeof SECURITY): TrustNode {
  return { id: `${id} record`, subject, status: SECURITY[status], kind: record.type, title: record.text, detail: '', open: false, children: [] };
}
