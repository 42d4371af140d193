/** RDATA as zone-file text (RFC 1035 §5.1, RFC 4034, RFC 5155 §3.3, RFC 6698 §2.2); `\# n hex` for all other types (RFC 3597 §5). */
import { toBase64, toHex } from '../base/bytes.ts';
import { addressText } from './classify.ts';
import { nameText } from './name.ts';
import type { ResourceRecord } from './record.ts';
import { RRTYPE, rrclassName, rrtypeName } from './rrtype.ts';
import { readWireName } from './wire-name.ts';

/** Never fails: RDATA that does not fit its type is written as unknown. */
export function rdataText(type: number, rdata: Uint8Array): string {
  const fields = FIELDS.get(type);
  const text = fields === undefined ? null : fieldsText(fields, rdata);
  return text ?? `\\# ${rdata.length}${rdata.length === 0 ? '' : ` ${toHex(rdata)}`}`;
}

/** `example.org. 3600 IN MX 10 mx1.example.org.` */
export function recordText({ owner, ttl, type, class: rrclass, rdata }: ResourceRecord): string {
  return `${absolute(nameText(owner))} ${ttl} ${rrclassName(rrclass)} ${rrtypeName(type)} ${rdataText(type, rdata)}`;
}

/** How a part of RDATA is written; the rest of the RDATA for the last three. */
export type Field = 'u8' | 'u16' | 'u32' | 'name' | 'address' | 'time' | 'type' | 'salt' | 'hash' | 'strings' | 'hex' | 'base64' | 'types';

export const FIELDS: ReadonlyMap<number, readonly Field[]> = new Map<number, readonly Field[]>([
  [RRTYPE.A, ['address']], [RRTYPE.AAAA, ['address']], [RRTYPE.NS, ['name']], [RRTYPE.CNAME, ['name']], [RRTYPE.DNAME, ['name']], [RRTYPE.PTR, ['name']],
  [RRTYPE.SOA, ['name', 'name', 'u32', 'u32', 'u32', 'u32', 'u32']], [RRTYPE.MX, ['u16', 'name']], [RRTYPE.TXT, ['strings']],
  [RRTYPE.SRV, ['u16', 'u16', 'u16', 'name']], [RRTYPE.TLSA, ['u8', 'u8', 'u8', 'hex']], [RRTYPE.SMIMEA, ['u8', 'u8', 'u8', 'hex']],
  [RRTYPE.DS, ['u16', 'u8', 'u8', 'hex']], [RRTYPE.CDS, ['u16', 'u8', 'u8', 'hex']],
  [RRTYPE.DNSKEY, ['u16', 'u8', 'u8', 'base64']], [RRTYPE.CDNSKEY, ['u16', 'u8', 'u8', 'base64']],
  [RRTYPE.RRSIG, ['type', 'u8', 'u8', 'u32', 'time', 'time', 'u16', 'name', 'base64']], [RRTYPE.NSEC, ['name', 'types']],
  [RRTYPE.NSEC3, ['u8', 'u8', 'u16', 'salt', 'hash', 'types']], [RRTYPE.NSEC3PARAM, ['u8', 'u8', 'u16', 'salt']],
]);

function fieldsText(fields: readonly Field[], rdata: Uint8Array): string | null {
  const words: string[] = [];
  let offset = 0;
  for (const field of fields) {
    const read = readField(field, rdata, offset);
    if (read === null) return null;
    if (read.text !== '') words.push(read.text);
    offset = read.end;
  }
  return offset === rdata.length ? words.join(' ') : null;
}

interface ReadField {
  readonly text: string;
  readonly end: number;
}

function readField(field: Field, rdata: Uint8Array, offset: number): ReadField | null {
  const rest = rdata.subarray(offset);
  const end = rdata.length;
  switch (field) {
    case 'u8': return numberField(rdata, offset, 1, String);
    case 'u16': return numberField(rdata, offset, 2, String);
    case 'u32': return numberField(rdata, offset, 4, String);
    case 'type': return numberField(rdata, offset, 2, rrtypeName);
    case 'time': return numberField(rdata, offset, 4, timeText);
    case 'name': return nameField(rdata, offset);
    case 'address': return addressField(rest, end);
    case 'salt': return countedField(rdata, offset, (octets) => (octets.length === 0 ? '-' : toHex(octets).toUpperCase()));
    case 'hash': return countedField(rdata, offset, base32Hex);
    case 'strings': return wrapped(stringsText(rest), end);
    case 'types': return wrapped(typesText(rest), end);
    case 'hex': return { text: toHex(rest), end };
    case 'base64': return { text: toBase64(rest), end };
  }
}

const wrapped = (text: string | null, end: number): ReadField | null => (text === null ? null : { text, end });

function numberField(rdata: Uint8Array, offset: number, octets: number, write: (value: number) => string): ReadField | null {
  const end = offset + octets;
  if (end > rdata.length) return null;
  return { text: write(rdata.subarray(offset, end).reduce((value, octet) => value * 256 + octet, 0)), end };
}

function nameField(rdata: Uint8Array, offset: number): ReadField | null {
  const read = readWireName(rdata, offset);
  return read === null || read.end !== offset + read.name.length ? null : { text: absolute(nameText(read.name)), end: read.end };
}

function addressField(rest: Uint8Array, end: number): ReadField | null {
  return wrapped(addressText({ type: rest.length === 4 ? RRTYPE.A : RRTYPE.AAAA, rdata: rest }), end);
}

function countedField(rdata: Uint8Array, offset: number, write: (octets: Uint8Array) => string): ReadField | null {
  const end = offset + 1 + (rdata[offset] ?? 0xffff);
  return end > rdata.length ? null : { text: write(rdata.subarray(offset + 1, end)), end };
}

/** RFC 4034 §3.2: `YYYYMMDDHHmmSS` in UTC. */
export function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replaceAll(/[-:T]|\.\d+Z/g, '');
}

function stringsText(octets: Uint8Array): string | null {
  const strings: string[] = [];
  for (let offset = 0; offset < octets.length; ) {
    const end = offset + 1 + (octets[offset] as number);
    if (end > octets.length) return null;
    strings.push(`"${Array.from(octets.subarray(offset + 1, end), quotedOctet).join('')}"`);
    offset = end;
  }
  return strings.length === 0 ? null : strings.join(' ');
}

function quotedOctet(octet: number): string {
  if (octet < 0x20 || octet > 0x7e) return `\\${octet.toString().padStart(3, '0')}`;
  const character = String.fromCharCode(octet);
  return character === '"' || character === '\\' ? `\\${character}` : character;
}

/** RFC 4034 §4.1.2; null for a bit map that is malformed. */
function typesText(octets: Uint8Array): string | null {
  const types: string[] = [];
  for (let offset = 0; offset < octets.length; ) {
    const [window = 0, length = 0] = octets.subarray(offset, offset + 2);
    const end = offset + 2 + length;
    if (length === 0 || length > 32 || end > octets.length) return null;
    octets.subarray(offset + 2, end).forEach((octet, index) => {
      for (let bit = 0; bit < 8; bit += 1) if ((octet & (0x80 >> bit)) !== 0) types.push(rrtypeName(window * 256 + index * 8 + bit));
    });
    offset = end;
  }
  return types.join(' ');
}

const BASE32_HEX = '0123456789abcdefghijklmnopqrstuv';

/** RFC 4648 §7 without padding, as RFC 5155 §3.3 writes hashes. */
function base32Hex(octets: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const octet of octets) {
    value = ((value << 8) | octet) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32_HEX.charAt((value >> (bits - 5)) & 31);
  }
  return bits > 0 ? text + BASE32_HEX.charAt((value << (5 - bits)) & 31) : text;
}

const absolute = (name: string): string => (name === '.' ? name : `${name}.`);
