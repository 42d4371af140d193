/** The record layer (RFC 8446 §5.1, RFC 5246 §6.2): one direction of a connection cut into records. */
export interface TlsRecord {
  readonly type: number;
  /** the five octets as they came: additional data of the AEAD */
  readonly header: Uint8Array;
  readonly fragment: Uint8Array;
  /** offset in the stream just after this record */
  readonly end: number;
}

export interface RecordStream {
  readonly records: readonly TlsRecord[];
  /** offset of the first octet that belongs to no complete record */
  readonly rest: number;
  /** `partial`: the stream ends inside a record; `not-tls`: what follows is no record */
  readonly state: 'complete' | 'partial' | 'not-tls';
}

export const CHANGE_CIPHER_SPEC = 20;
export const ALERT = 21;
export const HANDSHAKE = 22;
export const APPLICATION_DATA = 23;

const HEADER_LENGTH = 5;
/** 2^14 and the expansion that TLS 1.2 allows (RFC 5246 §6.2.3); TLS 1.3 allows less */
const MAXIMUM_FRAGMENT = 16_384 + 2048;

/** Never fails: stops at the first octets that are no record. */
export function readRecords(stream: Uint8Array): RecordStream {
  const records: TlsRecord[] = [];
  let offset = 0;
  while (offset < stream.length) {
    const header = stream.subarray(offset, offset + HEADER_LENGTH);
    if (!mayBeHeader(header)) return { records, rest: offset, state: 'not-tls' };
    const end = offset + HEADER_LENGTH + (header[3] ?? 0) * 256 + (header[4] ?? 0);
    if (header.length < HEADER_LENGTH || end > stream.length) return { records, rest: offset, state: 'partial' };
    records.push({ type: header[0] ?? 0, header, fragment: stream.subarray(offset + HEADER_LENGTH, end), end });
    offset = end;
  }
  return { records, rest: offset, state: 'complete' };
}

/** Judges as many octets as there are. */
function mayBeHeader(header: Uint8Array): boolean {
  const [type = HANDSHAKE, major = 3, minor = 3, high = 0, low = 0] = header;
  return type >= CHANGE_CIPHER_SPEC && type <= APPLICATION_DATA && major === 3 && minor <= 4 && high * 256 + low <= MAXIMUM_FRAGMENT;
}
