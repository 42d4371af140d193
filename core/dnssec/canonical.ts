/** Canonical form and order of the RRs of an RRset (RFC 4034 §6.2, §6.3). */
import { compareBytes, equalBytes } from '../base/bytes.ts';
import { lowerNameAt } from '../dns/name.ts';
import { nameAt } from './rdata-name.ts';

/** A number is that many octets; whatever follows the last part stays as it is. */
type Part = number | 'name' | 'string';

/**
 * The types of RFC 4034 §6.2 whose RDATA holds names. RFC 6840 §5.1 takes NSEC off that list; HINFO has no name. Newer types
 * (SVCB, TLSA, anything unknown) are never lower-cased (RFC 3597 §7).
 */
const LAYOUTS: ReadonlyMap<number, readonly Part[]> = new Map<number, readonly Part[]>([
  [2, ['name']], // NS
  [3, ['name']], // MD
  [4, ['name']], // MF
  [5, ['name']], // CNAME
  [6, ['name', 'name']], // SOA
  [7, ['name']], // MB
  [8, ['name']], // MG
  [9, ['name']], // MR
  [12, ['name']], // PTR
  [14, ['name', 'name']], // MINFO
  [15, [2, 'name']], // MX
  [17, ['name', 'name']], // RP
  [18, [2, 'name']], // AFSDB
  [21, [2, 'name']], // RT
  [24, [18, 'name']], // SIG
  [26, [2, 'name', 'name']], // PX
  [30, ['name']], // NXT
  [33, [6, 'name']], // SRV
  [35, [4, 'string', 'string', 'string', 'name']], // NAPTR
  [36, [2, 'name']], // KX
  [39, ['name']], // DNAME
  [46, [18, 'name']], // RRSIG
]);

const A6 = 38;

/** RDATA with the names lower-cased that RFC 4034 §6.2 lists (RFC 6840 §5.1); malformed RDATA as it is. Names are expanded already. */
export function canonicalRdata(type: number, rdata: Uint8Array): Uint8Array {
  const layout = type === A6 ? addressPrefixLayout(rdata) : LAYOUTS.get(type);
  if (layout === undefined) return rdata;
  const canonical = rdata.slice();
  let offset = 0;
  for (const part of layout) {
    if (part === 'name') {
      const name = nameAt(rdata, offset);
      if (name === null) return rdata;
      lowerNameAt(canonical, offset, name.length);
      offset += name.length;
    } else {
      offset += part === 'string' ? (rdata[offset] ?? 0) + 1 : part;
    }
  }
  return canonical;
}

/** A6 has a name only after a prefix length above 0, behind the octets of the address suffix (RFC 2874 §3.1). */
function addressPrefixLayout(rdata: Uint8Array): readonly Part[] | undefined {
  const prefixLength = rdata[0] ?? 0;
  if (prefixLength === 0 || prefixLength > 128) return undefined;
  return [1 + Math.ceil((128 - prefixLength) / 8), 'name'];
}

/** Canonical RDATAs in canonical order, each once (RFC 4034 §6.3). */
export function canonicalRdatas(type: number, rdatas: readonly Uint8Array[]): Uint8Array[] {
  const sorted = rdatas.map((rdata) => canonicalRdata(type, rdata));
  if (sorted.length === 1) return sorted;
  sorted.sort(compareBytes);
  return sorted.filter((rdata, index) => index === 0 || !equalBytes(rdata, sorted[index - 1] as Uint8Array));
}
