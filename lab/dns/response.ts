/** Writes a response with compressed names (RFC 1035 §4.1.4) and OPT (RFC 6891 §6.1). */
import { concatBytes } from '../../core/base/bytes.ts';
import type { Name } from '../../core/dns/name.ts';
import { ancestor, labelCount, nameKey } from '../../core/dns/name.ts';
import { rdataPieces, uint16, uint32 } from './rdata.ts';
import { CLASS_IN, COOKIE, NOERROR, OPT } from './rrtype.ts';
import type { Query } from './query.ts';

export interface ZoneRecord {
  readonly owner: Name;
  readonly type: number;
  /** seconds */
  readonly ttl: number;
  readonly rdata: Uint8Array;
}

export interface Response {
  readonly rcode: number;
  readonly authoritative: boolean;
  /** default false: a server of zones */
  readonly recursionAvailable?: boolean;
  readonly answer: readonly ZoneRecord[];
  readonly authority: readonly ZoneRecord[];
  readonly additional: readonly ZoneRecord[];
  /** data of the COOKIE option; default none */
  readonly cookie?: Uint8Array;
}

export const errorResponse = (rcode: number): Response =>
  ({ rcode, authoritative: rcode === NOERROR, answer: [], authority: [], additional: [] });

/** What our servers take and send at most in a datagram (RFC 9715 §3.1). */
export const PAYLOAD_SIZE = 1232;
const HIGHEST_POINTER = 0x3fff;

/**
 * @param limit octets of a datagram; what is longer goes without records and with TC (RFC 2181 §9). Infinity over TCP.
 */
export function writeResponse(query: Query, response: Response, limit: number): Uint8Array {
  const whole = encode(query, response, false);
  return whole.length <= limit ? whole : encode(query, { ...response, answer: [], authority: [], additional: [] }, true);
}

/** Octets that the asker takes over UDP (RFC 6891 §6.2.3). */
export function datagramLimit(query: Query): number {
  return query.edns === null ? 512 : Math.min(query.edns.payloadSize, PAYLOAD_SIZE);
}

function encode(query: Query, response: Response, truncated: boolean): Uint8Array {
  const writer = new MessageWriter();
  const flags = 0x8000 | (query.opcode << 11) | (response.authoritative ? 0x0400 : 0) | (truncated ? 0x0200 : 0)
    | (query.recursionDesired ? 0x0100 : 0) | (response.recursionAvailable === true ? 0x0080 : 0) | (query.checkingDisabled ? 0x0010 : 0) | (response.rcode & 0xf);
  const optCount = query.edns === null ? 0 : 1;
  for (const value of [query.id, flags, 1, response.answer.length, response.authority.length, response.additional.length + optCount]) {
    writer.octets(uint16(value));
  }
  writer.name(query.name);
  writer.octets(concatBytes(uint16(query.type), uint16(query.class)));
  for (const record of [...response.answer, ...response.authority, ...response.additional]) writer.record(record);
  if (query.edns !== null) writer.octets(optRecord(response, query.edns.dnssecOk));
  return writer.bytes();
}

function optRecord({ rcode, cookie }: Response, dnssecOk: boolean): Uint8Array {
  const options = cookie === undefined ? new Uint8Array() : concatBytes(uint16(COOKIE), uint16(cookie.length), cookie);
  return concatBytes(Uint8Array.of(0), uint16(OPT), uint16(PAYLOAD_SIZE), Uint8Array.of(rcode >>> 4, 0), uint16(dnssecOk ? 0x8000 : 0), uint16(options.length), options);
}

class MessageWriter {
  readonly #parts: Uint8Array[] = [];
  readonly #offsets = new Map<string, number>();
  #length = 0;

  octets(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  name(name: Name): void {
    const count = labelCount(name);
    for (let skipped = 0; skipped < count; skipped += 1) {
      const suffix = ancestor(name, skipped);
      const pointer = this.#offsets.get(nameKey(suffix));
      if (pointer !== undefined) {
        this.octets(uint16(0xc000 | pointer));
        return;
      }
      if (this.#length <= HIGHEST_POINTER) this.#offsets.set(nameKey(suffix), this.#length);
      this.octets(suffix.slice(0, (suffix[0] as number) + 1));
    }
    this.octets(Uint8Array.of(0));
  }

  record(record: ZoneRecord): void {
    this.name(record.owner);
    this.octets(concatBytes(uint16(record.type), uint16(CLASS_IN), uint32(record.ttl)));
    const lengthAt = this.#parts.length;
    this.octets(uint16(0));
    const start = this.#length;
    for (const piece of rdataPieces(record.type, record.rdata)) {
      if ('name' in piece) this.name(piece.name);
      else this.octets(piece.octets);
    }
    this.#parts[lengthAt] = uint16(this.#length - start);
  }

  bytes(): Uint8Array {
    return concatBytes(...this.#parts);
  }
}
