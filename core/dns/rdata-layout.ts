/** Where names lie in the RDATA of the types whose names may be compressed, or once could be (RFC 3597 §4). */
import { concatBytes } from '../base/bytes.ts';
import { RRTYPE } from './rrtype.ts';
import { readWireName } from './wire-name.ts';

/** A number is that many octets; whatever follows the last part stays as it is. */
type Part = number | 'name' | 'string';

/**
 * The types of RFC 1035 and those RFC 3597 §4 tells receivers to expand as well, and four whose senders must not compress but
 * did: DNAME, KX, RRSIG, NSEC. Everything else is opaque.
 */
const LAYOUTS: ReadonlyMap<number, readonly Part[]> = new Map<number, readonly Part[]>([
  [RRTYPE.NS, ['name']], [RRTYPE.MD, ['name']], [RRTYPE.MF, ['name']], [RRTYPE.CNAME, ['name']], [RRTYPE.SOA, ['name', 'name']],
  [RRTYPE.MB, ['name']], [RRTYPE.MG, ['name']], [RRTYPE.MR, ['name']], [RRTYPE.PTR, ['name']], [RRTYPE.MINFO, ['name', 'name']],
  [RRTYPE.MX, [2, 'name']], [RRTYPE.RP, ['name', 'name']], [RRTYPE.AFSDB, [2, 'name']], [RRTYPE.RT, [2, 'name']],
  [RRTYPE.SIG, [18, 'name']], [RRTYPE.PX, [2, 'name', 'name']], [RRTYPE.NXT, ['name']], [RRTYPE.SRV, [6, 'name']],
  [RRTYPE.NAPTR, [4, 'string', 'string', 'string', 'name']], [RRTYPE.KX, [2, 'name']], [RRTYPE.DNAME, ['name']],
  [RRTYPE.RRSIG, [18, 'name']], [RRTYPE.NSEC, ['name']],
]);

/** RDATA with its compressed names expanded. RDATA that does not fit its type is given as it came, so that it is not lost silently. */
export function expandRdata(message: Uint8Array, type: number, start: number, end: number): Uint8Array {
  const layout = LAYOUTS.get(type);
  const raw = message.slice(start, end);
  if (layout === undefined) return raw;
  const parts: Uint8Array[] = [];
  let offset = start;
  for (const part of layout) {
    if (part === 'name') {
      const read = readWireName(message, offset);
      if (read === null || read.end > end) return raw;
      parts.push(read.name);
      offset = read.end;
    } else {
      const length = part === 'string' ? (message[offset] ?? 0) + 1 : part;
      if (offset + length > end) return raw;
      parts.push(message.subarray(offset, offset + length));
      offset += length;
    }
  }
  parts.push(message.subarray(offset, end));
  return concatBytes(...parts);
}
