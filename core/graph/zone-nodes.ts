/** Zones with their keys, the DS records that lead to them, and the delegations between them. */
import { dnskeySubject, dsSubject, zoneSubject } from '../base/subject.ts';
import type { DigestCheck, DnskeyFact, DsFact } from '../dnssec/facts.ts';
import type { SecurityStatus } from '../dnssec/status.ts';
import type { Run, ZoneState } from '../inspection/run.ts';
import { addDenial } from './denial-nodes.ts';
import { sameName, short, zoneWords, type GraphBuilder } from './graph-builder.ts';
import type { GraphStatus, NodeMark } from './graph-facts.ts';
import { DELEGATION_LOOK, DIGEST_LOOK, NODE_STATUS, NOT_FOUND } from './graph-status.ts';

export const clusterId = (zone: string): string => `zone ${zone.toLowerCase()}`;
export const keyId = (zone: string, algorithm: number, keyTag: number): string => `dnskey ${zone.toLowerCase()} ${String(algorithm)} ${String(keyTag)}`;
export const dsId = (zone: string, algorithm: number, keyTag: number): string => `ds ${zone.toLowerCase()} ${String(algorithm)} ${String(keyTag)}`;
const zoneName = (zone: string): string => (zone === '.' ? '. (root)' : short(zone));

export function addZones(builder: GraphBuilder, run: Run, allKeys: boolean): void {
  for (const { zone } of run.zones) builder.cluster({ id: clusterId(zone.zone), subject: zoneSubject(zone.zone), status: NODE_STATUS[zone.status], label: zoneName(zone.zone) });
  for (const state of run.zones) addZone(builder, run, state, allKeys);
  for (const state of run.zones) addDelegation(builder, run, state);
}

function addZone(builder: GraphBuilder, run: Run, state: ZoneState, allKeys: boolean): void {
  const { zone } = state;
  const cluster = clusterId(zone.zone);
  const detail = short(zone.reason?.text ?? '', 400);
  builder.node({ id: cluster, cluster, kind: 'zone', within: null, subject: zoneSubject(zone.zone), status: NODE_STATUS[zone.status], lines: [zone.zone === '.' ? '. (root)' : `${short(zone.zone)}.`, ...checkedAt(run, state)], marks: [], detail });
  const used = keysInUse(run, state);
  const all = allKeys || zone.status !== 'secure';
  for (const key of zone.keys) if (all || used.has(`${String(key.algorithm)} ${String(key.keyTag)}`)) addKey(builder, state, key);
  for (const ds of zone.ds) addDs(builder, run, state, ds);
  for (const check of state.digests) addDigest(builder, state, check);
}

/** `checked 14:02:07Z`: when the last answer on which the zone's status rests had come. */
function checkedAt(run: Run, { seq }: ZoneState): string[] {
  const last = run.exchanges.findLast((exchange) => exchange.answer !== null && exchange.answer.seq <= seq);
  const began = Date.parse(run.context?.startedAt ?? '');
  const time = new Date(began + (last?.at ?? 0) + (last?.answer?.rttMs ?? 0));
  return last === undefined || Number.isNaN(time.getTime()) ? [] : [`checked ${time.toISOString().slice(11, 19)}Z`];
}

/** Keys that a DS record or trust anchor names, or that signed something. */
function keysInUse(run: Run, { zone, digests }: ZoneState): ReadonlySet<string> {
  const signatures = run.zones.flatMap((state) => state.signatures).filter(({ signer }) => sameName(signer, zone.zone));
  return new Set([...digests, ...signatures].map(({ algorithm, keyTag }) => `${String(algorithm)} ${String(keyTag)}`));
}

function addKey(builder: GraphBuilder, { zone }: ZoneState, key: DnskeyFact): void {
  const marks: NodeMark[] = [...(key.trustAnchor ? ['trust anchor' as const] : []), ...(key.sep ? ['SEP' as const] : []), ...(key.revoked ? ['revoked' as const] : [])];
  builder.node({
    id: keyId(zone.zone, key.algorithm, key.keyTag), cluster: clusterId(zone.zone), kind: 'dnskey', within: null, subject: dnskeySubject(zone.zone, key.algorithm, key.keyTag),
    status: NODE_STATUS[zone.status], marks, detail: short(key.algorithmName, 40),
    lines: ['DNSKEY', `alg ${String(key.algorithm)}, id ${String(key.keyTag)}`, ...(key.bits === null ? [] : [`${String(key.bits)} bits`])],
  });
}

/** A key that is named but was not found. */
export function addGhostKey(builder: GraphBuilder, zone: string, { algorithm, keyTag }: Pick<DsFact, 'algorithm' | 'keyTag'>, marks: readonly NodeMark[] = []): void {
  builder.node({
    id: keyId(zone, algorithm, keyTag), cluster: clusterId(zone), kind: 'dnskey', within: null, subject: dnskeySubject(zone, algorithm, keyTag), status: NOT_FOUND,
    lines: ['DNSKEY', `alg ${String(algorithm)}, id ${String(keyTag)}`], marks: ['missing', ...marks], detail: `No DNSKEY of ${zoneWords(zone)} has key tag ${String(keyTag)} and algorithm ${String(algorithm)}.`,
  });
}

/** The DS RRset is data of the parent (RFC 4035 §2.4): it stands in the parent's box. One node for each key it names. */
function addDs(builder: GraphBuilder, run: Run, { zone }: ZoneState, { algorithm, keyTag }: DsFact): void {
  if (zone.parent === null) return;
  const types = zone.ds.filter((ds) => ds.algorithm === algorithm && ds.keyTag === keyTag).map(({ digestType }) => String(digestType));
  builder.node({
    id: dsId(zone.zone, algorithm, keyTag), cluster: clusterId(zone.parent), kind: 'ds', within: null, subject: dsSubject(zone.zone, algorithm, keyTag, Number(types[0] ?? 0)),
    status: dsStatus(run, zone.zone, zone.parent), lines: ['DS', `digest alg ${[...new Set(types)].join(', ')}`, `id ${String(keyTag)}`], marks: [], detail: `of ${zoneWords(zone.zone)}`,
  });
}

function dsStatus(run: Run, zone: string, parent: string): GraphStatus {
  const above: SecurityStatus = run.zones.find((state) => sameName(state.zone.zone, parent))?.zone.status ?? 'indeterminate';
  const results = run.zones.flatMap(({ signatures }) => signatures).filter(({ owner, rrtype }) => rrtype === 'DS' && sameName(owner, zone)).map(({ result }) => result);
  if (above !== 'secure' || results.includes('valid') || results.length === 0) return NODE_STATUS[above];
  return results.some((result) => result === 'expired' || result === 'not-yet-valid') ? NODE_STATUS.expired : NODE_STATUS.bogus;
}

function addDigest(builder: GraphBuilder, { zone }: ZoneState, check: DigestCheck): void {
  const to = keyId(zone.zone, check.algorithm, check.keyTag);
  // A zone without parent is entered by its trust anchors; an anchor is a mark of the key, not a DS node.
  if (!builder.has(to)) addGhostKey(builder, zone.zone, check, zone.parent === null ? ['trust anchor'] : []);
  if (zone.parent === null) return;
  const look = DIGEST_LOOK[check.result];
  builder.edge({
    ...look, from: dsId(zone.zone, check.algorithm, check.keyTag), to, kind: 'digest', label: '', subject: dsSubject(zone.zone, check.algorithm, check.keyTag, check.digestType),
    sentence: `The DS record of ${zoneWords(zone.zone)} with digest type ${String(check.digestType)} ${look.status.word} key ${String(check.keyTag)}.`,
  });
}

function addDelegation(builder: GraphBuilder, run: Run, { zone }: ZoneState): void {
  if (zone.parent === null) return;
  const look = DELEGATION_LOOK[zone.status];
  builder.edge({
    ...look, from: clusterId(zone.parent), to: clusterId(zone.zone), kind: 'delegation', label: '', subject: zoneSubject(zone.zone),
    sentence: `The delegation from ${zoneWords(zone.parent)} to ${zoneWords(zone.zone)} is ${look.status.word}.`,
  });
  // That there is no DS record is proved by the parent (RFC 4035 §5.2).
  const denials = run.zones.flatMap((state) => state.denials).filter((check) => check.rrtype === 'DS' && sameName(check.name, zone.zone));
  for (const check of denials) addDenial(builder, run, check, clusterId(zone.zone));
}
