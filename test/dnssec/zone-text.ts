/** Just enough of zone-file form to write fixtures as the RFCs print them: one record a line, absolute names. */
import { concatBytes, fromBase64, fromHex } from '../../core/base/bytes.ts';
import { lowerName, nameKey, parseName } from '../../core/dns/name.ts';
import type { ResourceRecord, RRset } from '../../core/dns/record.ts';
import { RRTYPE, rrtypeNumber } from '../../core/dns/rrtype.ts';
import { fromBase32Hex } from '../../core/dnssec/base32hex.ts';
import { parseRrsig } from '../../core/dnssec/rrsig.ts';

/** Lines such as `example. 3600 IN MX 1 xx.example.`, with any spaces; empty lines are skipped. */
export function readRecords(text: string): ResourceRecord[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map(readRecord);
}

function readRecord(line: string): ResourceRecord {
  const [owner = '', ttl = '', , typeName = '', ...fields] = line.split(/\s+/);
  const type = rrtypeNumber(typeName);
  if (type === null) throw new Error(`no type in "${line}"`);
  return { owner: parseName(owner), type, class: 1, ttl: Number(ttl), rdata: readRdata(type, fields) };
}

/** RRsets by owner and type, each with the signatures that cover it. */
export function rrsetsOf(records: readonly ResourceRecord[]): RRset[] {
  const groups = new Map<string, ResourceRecord[]>();
  const signatures = new Map<string, Uint8Array[]>();
  for (const record of records) {
    const covered = record.type === RRTYPE.RRSIG ? parseRrsig(record.rdata)?.typeCovered : undefined;
    const key = `${covered ?? record.type} ${nameKey(record.owner)}`;
    if (covered === undefined) groups.set(key, [...(groups.get(key) ?? []), record]);
    else signatures.set(key, [...(signatures.get(key) ?? []), record.rdata]);
  }
  return [...groups].map(([key, [first, ...rest]]) => {
    const all = [first as ResourceRecord, ...rest];
    return { ...(first as ResourceRecord), ttl: Math.min(...all.map(({ ttl }) => ttl)), rdatas: all.map(({ rdata }) => rdata), signatures: signatures.get(key) ?? [] };
  });
}

export const readRRsets = (text: string): RRset[] => rrsetsOf(readRecords(text));

export function readRRset(text: string): RRset {
  const [rrset] = readRRsets(text);
  if (rrset === undefined) throw new Error('no record');
  return rrset;
}

type Field = string | undefined;

function readRdata(type: number, fields: readonly string[]): Uint8Array {
  const [first, second, third, fourth] = fields;
  switch (type) {
    case RRTYPE.A: return Uint8Array.from((first ?? '').split('.').map(Number));
    case RRTYPE.AAAA: return addressOctets(first ?? '');
    case RRTYPE.NS: case RRTYPE.CNAME: case RRTYPE.DNAME: case RRTYPE.PTR: return name(first);
    case RRTYPE.MX: return concatBytes(number16(first), name(second));
    case RRTYPE.SRV: return concatBytes(number16(first), number16(second), number16(third), name(fourth));
    case RRTYPE.SOA: return concatBytes(name(first), name(second), ...fields.slice(2).map(number32));
    case RRTYPE.TXT: return concatBytes(...fields.map((text) => Uint8Array.of(text.length, ...Buffer.from(text))));
    case RRTYPE.TLSA: return Uint8Array.of(Number(first), Number(second), Number(third), ...fromHex(fields.slice(3).join('')));
    case RRTYPE.DS: return concatBytes(number16(first), Uint8Array.of(Number(second), Number(third)), fromHex(fields.slice(3).join('')));
    case RRTYPE.DNSKEY: return concatBytes(number16(first), Uint8Array.of(Number(second), Number(third)), fromBase64(fields.slice(3).join('')));
    case RRTYPE.NSEC: return nsecRdata(first ?? '', fields.slice(1));
    case RRTYPE.NSEC3: return nsec3Rdata(fields);
    case RRTYPE.RRSIG: return rrsigRdata(fields);
    default: throw new Error(`type ${type} is not read here`);
  }
}

const name = (text: Field): Uint8Array => parseName(text ?? '.');
const number16 = (text: Field): Uint8Array => Uint8Array.of(Number(text) >> 8, Number(text) & 0xff);

function number32(value: Field | number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, Number(value));
  return bytes;
}

function addressOctets(text: string): Uint8Array {
  const [head = '', tail = ''] = text.split('::');
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [left, right] = [groups(head), groups(tail)];
  const all = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

export const nsecRdata = (next: string, types: readonly string[]): Uint8Array => concatBytes(parseName(next), typeBitMap(types));

function nsec3Rdata([hashAlgorithm, flags, iterations, salt = '-', next = '', ...types]: readonly string[]): Uint8Array {
  const saltOctets = fromHex(salt === '-' ? '' : salt);
  const hashed = fromBase32Hex(next) ?? new Uint8Array();
  const head = Uint8Array.of(Number(hashAlgorithm), Number(flags), Number(iterations) >> 8, Number(iterations) & 0xff, saltOctets.length);
  return concatBytes(head, saltOctets, Uint8Array.of(hashed.length), hashed, typeBitMap(types));
}

function rrsigRdata([covered = '', algorithm, labels, ttl, expiration, inception, keyTag, signer, ...signature]: readonly string[]): Uint8Array {
  return concatBytes(
    number16(String(rrtypeNumber(covered))), Uint8Array.of(Number(algorithm), Number(labels)), number32(ttl), number32(seconds(expiration)),
    number32(seconds(inception)), number16(keyTag), lowerName(name(signer)), fromBase64(signature.join('')),
  );
}

/** Seconds since 1970 of `20040509183619` (RFC 4034 §3.2). */
export function seconds(text: Field): number {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text ?? '') ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

export function typeBitMap(types: readonly string[]): Uint8Array {
  const numbers = types.map((type) => rrtypeNumber(type) ?? 0);
  const windows = [...new Set(numbers.map((number) => number >> 8))].sort((left, right) => left - right);
  return concatBytes(...windows.map((window) => {
    const inside = numbers.filter((number) => number >> 8 === window).map((number) => number & 0xff);
    const bits = new Uint8Array((Math.max(...inside) >> 3) + 1);
    for (const number of inside) bits[number >> 3] = (bits[number >> 3] as number) | (0x80 >> (number & 7));
    return concatBytes(Uint8Array.of(window, bits.length), bits);
  }));
}
