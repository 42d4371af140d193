/** Records of one section gathered into RRsets, each with the RRSIGs that cover it. */
import { equalBytes } from '../base/bytes.ts';
import { nameKey } from './name.ts';
import type { ResourceRecord, RRset } from './record.ts';
import { RRTYPE } from './rrtype.ts';

/**
 * In the order of first appearance. Owners are compared without regard to case; a record that came twice is one (RFC 2181 §5).
 * RRSIGs that cover nothing here form RRsets of type RRSIG of their own.
 */
export function groupRRsets(records: readonly ResourceRecord[]): RRset[] {
  const groups = new Map<string, Group>();
  for (const record of records) if (record.type !== RRTYPE.RRSIG) addTo(groups, record, record.type, 'rdatas');
  const stray: ResourceRecord[] = [];
  for (const record of records) {
    if (record.type !== RRTYPE.RRSIG) continue;
    const covered = coveredType(record.rdata);
    if (covered !== null && groups.has(groupKey(record, covered))) addTo(groups, record, covered, 'signatures');
    else stray.push(record);
  }
  for (const record of stray) addTo(groups, record, RRTYPE.RRSIG, 'rdatas');
  return [...groups.values()];
}

type Group = { -readonly [Member in keyof RRset]: RRset[Member] } & { rdatas: Uint8Array[]; signatures: Uint8Array[] };

const groupKey = (record: ResourceRecord, type: number): string => `${type}/${record.class}/${nameKey(record.owner)}`;

function addTo(groups: Map<string, Group>, record: ResourceRecord, type: number, list: 'rdatas' | 'signatures'): void {
  const key = groupKey(record, type);
  const group = groups.get(key);
  if (group === undefined) {
    groups.set(key, { owner: record.owner, type, class: record.class, ttl: record.ttl, rdatas: [record.rdata], signatures: [] });
    return;
  }
  if (group[list].some((known) => equalBytes(known, record.rdata))) return;
  group[list].push(record.rdata);
  // RFC 2181 §5.2: differing TTLs are an error; the least counts.
  if (list === 'rdatas') group.ttl = Math.min(group.ttl, record.ttl);
}

/** The type an RRSIG covers (RFC 4034 §3.1.1); null where the RDATA is too short to tell. */
export function coveredType(rdata: Uint8Array): number | null {
  return rdata.length < 2 ? null : ((rdata[0] as number) << 8) | (rdata[1] as number);
}

/** The records of an RRset, its RRSIGs behind them. */
export function recordsOf(rrset: RRset): ResourceRecord[] {
  const { owner, type, ttl } = rrset;
  return [
    ...rrset.rdatas.map((rdata) => ({ owner, type, class: rrset.class, ttl, rdata })),
    ...rrset.signatures.map((rdata) => ({ owner, type: RRTYPE.RRSIG, class: rrset.class, ttl, rdata })),
  ];
}
