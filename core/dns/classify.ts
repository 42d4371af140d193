/** What a server's answer is: an answer, a referral, or nothing to go on with (RFC 1034 §4.3.2, RFC 2308 §2). */
import { type Name, isSubdomain, lowerName, nameKey, sameName } from './name.ts';
import type { Message, Question, ResourceRecord } from './record.ts';
import { RCODE, RRTYPE, rcodeName } from './rrtype.ts';
import { readWireName } from './wire-name.ts';

export type Classified =
  | { readonly kind: 'answer' }
  | { readonly kind: 'referral'; readonly cut: Name; readonly servers: readonly Referred[]; readonly ttl: number }
  /** lame: the server does not serve the zone (RFC 9499 §7) */
  | { readonly kind: 'unusable'; readonly lame: boolean; readonly text: string };

/** A name server of a delegation with the addresses that came as glue. */
export interface Referred {
  readonly name: Name;
  readonly addresses: readonly string[];
}

/** A delegation with more names than that comes from nobody honest (NXNS attack). */
const MAXIMUM_NAME_SERVERS = 26;

/** `zone` is the one whose server answered. */
export function classify(message: Message, question: Question, zone: Name): Classified {
  if (message.rcode !== RCODE.NOERROR && message.rcode !== RCODE.NXDOMAIN && message.rcode !== RCODE.YXDOMAIN) {
    return { kind: 'unusable', lame: message.rcode === RCODE.REFUSED || message.rcode === RCODE.NOTAUTH, text: `answered ${rcodeName(message.rcode)}` };
  }
  if (message.rcode !== RCODE.NOERROR || message.answer.some((record) => concerns(record, question))) return { kind: 'answer' };
  // RFC 2308 §2.2: NS without SOA is a referral, with SOA it is NODATA.
  if (message.authority.some((record) => record.type === RRTYPE.SOA && isSubdomain(record.owner, zone))) return { kind: 'answer' };
  const delegating = message.authority.filter((record) => record.type === RRTYPE.NS);
  const below = delegating.find(({ owner }) => isSubdomain(question.name, owner) && isSubdomain(owner, zone) && !sameName(owner, zone));
  if (below !== undefined) return referral(message, question, zone, below.owner);
  // NS of the zone itself beside an empty answer is NODATA of a server that sends no SOA.
  if (delegating.some(({ owner }) => sameName(owner, zone)) || delegating.length === 0) return { kind: 'answer' };
  return { kind: 'unusable', lame: true, text: 'refers to servers that are not below its zone' };
}

/** In the answer section: the name itself, or a DNAME above it (RFC 6672 §3). */
function concerns(record: ResourceRecord, question: Question): boolean {
  if (sameName(record.owner, question.name)) return record.type === question.type || record.type === RRTYPE.CNAME || question.type === RRTYPE.ANY;
  return record.type === RRTYPE.DNAME && isSubdomain(question.name, record.owner);
}

function referral(message: Message, question: Question, zone: Name, cut: Name): Classified {
  // RFC 4035 §3.1.4.1: DS lies on the parent's side, so a referral to the name itself is the parent's word about it.
  if (question.type === RRTYPE.DS && sameName(cut, question.name)) return { kind: 'answer' };
  const records = message.authority.filter((record) => record.type === RRTYPE.NS && sameName(record.owner, cut));
  const names = new Map(records.flatMap(({ rdata }) => {
    const target = readWireName(rdata, 0);
    return target === null ? [] : [[nameKey(target.name), target.name] as const];
  }));
  const servers = [...names.values()].slice(0, MAXIMUM_NAME_SERVERS).map((name) => ({ name, addresses: glueOf(message, name, zone) }));
  return { kind: 'referral', cut: lowerName(cut), servers, ttl: Math.min(...records.map((record) => record.ttl)) };
}

/** Only what lies in the zone of the server that refers: it has no say about other names (RFC 2181 §5.4.1). */
function glueOf(message: Message, server: Name, zone: Name): string[] {
  if (!isSubdomain(server, zone)) return [];
  return message.additional.filter((record) => sameName(record.owner, server)).flatMap((record) => addressText(record) ?? []);
}

/** The address of an A or AAAA record; null for another type or a wrong length. */
export function addressText({ type, rdata }: { readonly type: number; readonly rdata: Uint8Array }): string | null {
  if (type === RRTYPE.A && rdata.length === 4) return rdata.join('.');
  return type === RRTYPE.AAAA && rdata.length === 16 ? ipv6Text(rdata) : null;
}

/** RFC 5952 §4: lower case, no leading zeros, the longest run of zeros (at least two fields) as `::`. */
export function ipv6Text(octets: Uint8Array): string {
  const fields = Array.from({ length: 8 }, (_, index) => (((octets[index * 2] ?? 0) << 8) | (octets[index * 2 + 1] ?? 0)).toString(16));
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start += 1) {
    let end = start;
    while (fields[end] === '0') end += 1;
    if (end - start > best.length) best = { start, length: end - start };
  }
  if (best.start < 0) return fields.join(':');
  return `${fields.slice(0, best.start).join(':')}::${fields.slice(best.start + best.length).join(':')}`;
}
