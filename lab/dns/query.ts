/** Reads a query as an authoritative server does (RFC 1035 §4, RFC 6891 §6.1). */
import type { Name } from '../../core/dns/name.ts';
import { COOKIE, OPT } from './rrtype.ts';

export interface Query {
  readonly id: number;
  readonly opcode: number;
  readonly recursionDesired: boolean;
  readonly checkingDisabled: boolean;
  /** as asked, upper and lower case kept for the echo */
  readonly name: Name;
  readonly type: number;
  readonly class: number;
  readonly edns: { readonly payloadSize: number; readonly version: number; readonly dnssecOk: boolean; readonly cookie: Uint8Array | null } | null;
}

const HEADER_LENGTH = 12;

/** null: no query, or one that cannot be read. */
export function readQuery(bytes: Uint8Array): Query | null {
  if (bytes.length < HEADER_LENGTH) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const flags = view.getUint16(2);
  const isResponse = (flags & 0x8000) !== 0;
  if (isResponse || view.getUint16(4) !== 1) return null;
  const end = skipName(bytes, HEADER_LENGTH);
  if (end === null || end + 4 > bytes.length) return null;
  return {
    id: view.getUint16(0),
    opcode: (flags >>> 11) & 0xf,
    recursionDesired: (flags & 0x0100) !== 0,
    checkingDisabled: (flags & 0x0010) !== 0,
    name: bytes.slice(HEADER_LENGTH, end),
    type: view.getUint16(end),
    class: view.getUint16(end + 2),
    edns: readOpt(view, end + 4),
  };
}

function readOpt(view: DataView, offset: number): Query['edns'] {
  const count = view.getUint16(10);
  const isOpt = count > 0 && offset + 11 <= view.byteLength && view.getUint8(offset) === 0 && view.getUint16(offset + 1) === OPT;
  if (!isOpt) return null;
  return {
    payloadSize: Math.max(512, view.getUint16(offset + 3)),
    version: view.getUint8(offset + 6),
    dnssecOk: (view.getUint16(offset + 7) & 0x8000) !== 0,
    cookie: readCookie(view, offset + 11, offset + 11 + view.getUint16(offset + 9)),
  };
}

/** RFC 7873 §5.2: only the first counts. */
function readCookie(view: DataView, start: number, end: number): Uint8Array | null {
  let offset = start;
  while (offset + 4 <= Math.min(end, view.byteLength)) {
    const next = offset + 4 + view.getUint16(offset + 2);
    if (next > view.byteLength) return null;
    if (view.getUint16(offset) === COOKIE) return new Uint8Array(view.buffer.slice(view.byteOffset + offset + 4, view.byteOffset + next));
    offset = next;
  }
  return null;
}

function skipName(bytes: Uint8Array, start: number): number | null {
  let offset = start;
  for (;;) {
    const length = bytes[offset];
    if (length === undefined || length > 63 || offset - start > 254) return null;
    offset += length + 1;
    if (length === 0) return offset;
  }
}
