/** RDATA of the lab's records in wire form, and where names sit in it. */
import { isIPv6 } from 'node:net';
import { concatBytes, fromHex } from '../../core/base/bytes.ts';
import type { Name } from '../../core/dns/name.ts';
import { lowerName } from '../../core/dns/name.ts';
import { CNAME, MX, NS, SOA } from './rrtype.ts';

export function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value & 0xff);
}

export function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

/** A for an IPv4, AAAA for an IPv6 address. */
export function addressRdata(address: string): Uint8Array {
  if (!isIPv6(address)) return Uint8Array.from(address.split('.'), Number);
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return fromHex([...left, ...middle, ...right].map((group) => group.padStart(4, '0')).join(''));
}

export const mxRdata = (preference: number, exchange: Name): Uint8Array => concatBytes(uint16(preference), exchange);

export const tlsaRdata = (usage: number, selector: number, matchingType: number, data: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(usage, selector, matchingType), data);

export function textRdata(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return concatBytes(Uint8Array.of(bytes.length), bytes);
}

/** `minimum` bounds the TTL of negative answers (RFC 2308 §4). */
export function soaRdata(primary: Name, mailbox: Name, times: { readonly serial: number; readonly minimum: number }): Uint8Array {
  return concatBytes(primary, mailbox, uint32(times.serial), uint32(7200), uint32(3600), uint32(1_209_600), uint32(times.minimum));
}

export function soaMinimum(rdata: Uint8Array): number {
  return new DataView(rdata.buffer, rdata.byteOffset + rdata.length - 4, 4).getUint32(0);
}

/** One piece of RDATA: a name, or octets between names. */
export type RdataPiece = { readonly name: Name } | { readonly octets: Uint8Array };

/** Names in RDATA of the types that the lab publishes; other types are opaque. */
export function rdataPieces(type: number, rdata: Uint8Array): readonly RdataPiece[] {
  switch (type) {
    case NS: case CNAME: return [{ name: rdata }];
    case MX: return [{ octets: rdata.subarray(0, 2) }, { name: rdata.subarray(2) }];
    case SOA: {
      const primary = rdata.subarray(0, nameEnd(rdata, 0));
      const mailbox = rdata.subarray(primary.length, nameEnd(rdata, primary.length));
      return [{ name: primary }, { name: mailbox }, { octets: rdata.subarray(primary.length + mailbox.length) }];
    }
    default: return [{ octets: rdata }];
  }
}

/** RFC 4034 §6.2: names in RDATA of the old types in lower case. */
export function canonicalForm(type: number, rdata: Uint8Array): Uint8Array {
  return concatBytes(...rdataPieces(type, rdata).map((piece) => 'name' in piece ? lowerName(piece.name) : piece.octets));
}

function nameEnd(rdata: Uint8Array, start: number): number {
  let offset = start;
  while (rdata[offset] !== 0 && rdata[offset] !== undefined) offset += (rdata[offset] as number) + 1;
  return offset + 1;
}
