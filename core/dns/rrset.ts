/** Records of one section gathered into RRsets, each with the RRSIGs that cover it. */
import { octetKey } from '../base/bytes.ts';
import { nameKey } from './name.ts';
import type { ResourceRecord, RRset } from './record.ts';
import { RRTYPE } from './rrtype.ts';

/**
 * In the order of first appearance. Owners are compared without regard to case; a record that came twice is one (RFC 2181 §5).
 * RRSIGs that cover nothing here form RRsets of type RRSIG of their own.
 */
export function groupRRsets(records: readonly ResourceRecord[]): RRset[] {
  const groups = new Groups();
  for (const record of records) if (record.type !== RRTYPE.RRSIG) groups.add(record, record.type, 'rdatas');
  const stray: ResourceRecord[] = [];
  for (const record of records) {
    if (record.type !== RRTYPE.RRSIG) continue;
    const covered = coveredType(record.rdata);
    if (covered !== null && groups.has(record, covered)) groups.add(record, covered, 'signatures');
    else stray.push(record);
  }
  for (const record of stray) groups.add(record, RRTYPE.RRSIG, 'rdatas');
  return groups.rrsets();
}

interface Group {
  readonly rrset: { -readonly [Member in keyof RRset]: RRset[Member] };
  readonly rdatas: Uint8Array[];
  readonly signatures: Uint8Array[];
  /** what is in either list, so that a message of thousands of records costs no more than its length */
  readonly known: Set<string>;
}

class Groups {
  readonly #groups = new Map<string, Group>();

  has(record: ResourceRecord, type: number): boolean {
    return this.#groups.has(groupKey(record, type));
  }

  add(record: ResourceRecord, type: number, list: 'rdatas' | 'signatures'): void {
    const group = this.#group(record, type);
    const key = `${list} ${octetKey(record.rdata)}`;
    if (group.known.has(key)) return;
    group.known.add(key);
    group[list].push(record.rdata);
    // RFC 2181 §5.2: differing TTLs are an error; the least counts.
    if (list === 'rdatas') group.rrset.ttl = Math.min(group.rrset.ttl, record.ttl);
  }

  rrsets(): RRset[] {
    return [...this.#groups.values()].map(({ rrset }) => rrset);
  }

  #group(record: ResourceRecord, type: number): Group {
    const key = groupKey(record, type);
    const present = this.#groups.get(key);
    if (present !== undefined) return present;
    const [rdatas, signatures]: [Uint8Array[], Uint8Array[]] = [[], []];
    const group = { rrset: { owner: record.owner, type, class: record.class, ttl: record.ttl, rdatas, signatures }, rdatas, signatures, known: new Set<string>() };
    this.#groups.set(key, group);
    return group;
  }
}

const groupKey = (record: ResourceRecord, type: number): string => `${type}/${record.class}/${nameKey(record.owner)}`;

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
