/** Queries onto the wire: EDNS, DO, random id and letter case. */
import { concatBytes } from '../base/bytes.ts';
import type { Random } from '../base/ports.ts';
import type { Name } from './name.ts';
import type { Question } from './record.ts';
import { RRTYPE } from './rrtype.ts';

export interface QueryOptions {
  readonly id: number;
  /** RD and CD: for a forwarder, which then hands over what it got and leaves validation to us (RFC 6840 §5.9) */
  readonly recursive: boolean;
  /** false only as a fallback for servers that refuse EDNS */
  readonly edns: boolean;
  /** data of the COOKIE option (RFC 7873 §4); null for none */
  readonly cookie?: Uint8Array | null;
}

/** What fits the path without fragments (RFC 9715 §3.2). */
export const UDP_PAYLOAD_SIZE = 1232;
/** EDNS option code (RFC 7873 §4) */
export const COOKIE_OPTION = 10;
const DNSSEC_OK = 0x8000;
const RECURSION_DESIRED = 0x0100;
const CHECKING_DISABLED = 0x0010;

export function encodeQuery(question: Question, options: QueryOptions): Uint8Array {
  const header = new Uint8Array(12);
  const view = new DataView(header.buffer);
  view.setUint16(0, options.id);
  view.setUint16(2, options.recursive ? RECURSION_DESIRED | CHECKING_DISABLED : 0);
  view.setUint16(4, 1);
  view.setUint16(10, options.edns ? 1 : 0);
  const tail = Uint8Array.of(question.type >> 8, question.type & 0xff, question.class >> 8, question.class & 0xff);
  return concatBytes(header, question.name, tail, options.edns ? optRecord(options.cookie ?? null) : new Uint8Array());
}

/** RFC 6891 §6.1.2, with the DO bit of RFC 3225. */
function optRecord(cookie: Uint8Array | null): Uint8Array {
  const opt = new Uint8Array(11 + (cookie === null ? 0 : 4 + cookie.length));
  const view = new DataView(opt.buffer);
  view.setUint16(1, RRTYPE.OPT);
  view.setUint16(3, UDP_PAYLOAD_SIZE);
  view.setUint32(5, DNSSEC_OK);
  if (cookie === null) return opt;
  view.setUint16(9, 4 + cookie.length);
  view.setUint16(11, COOKIE_OPTION);
  view.setUint16(13, cookie.length);
  opt.set(cookie, 15);
  return opt;
}

/** The name with letters in random case, which the answer has to echo (draft-vixie-dnsext-dns0x20): bits that a forger must guess. */
export function randomCase(name: Name, random: Random): Name {
  const bits = random.bytes(name.length);
  const mixed = name.slice();
  for (let offset = 0; (mixed[offset] ?? 0) !== 0; ) {
    const end = offset + (mixed[offset] as number);
    for (offset += 1; offset <= end; offset += 1) {
      const lower = (mixed[offset] as number) | 0x20;
      if (lower >= 0x61 && lower <= 0x7a) mixed[offset] = ((bits[offset] ?? 0) & 1) === 1 ? lower : lower & ~0x20;
    }
  }
  return mixed;
}
