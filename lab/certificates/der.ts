/** DER as certificates need it (X.690). */
import { concatBytes } from '../../core/base/bytes.ts';

export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...parts);
  return concatBytes(Uint8Array.of(tag), lengthOctets(content.length), content);
}

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  return Uint8Array.of(0x82, length >>> 8, length & 0xff);
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => der(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Uint8Array => der(0x31, ...parts);
export const octetString = (content: Uint8Array): Uint8Array => der(0x04, content);
export const bitString = (content: Uint8Array, unusedBits = 0): Uint8Array => der(0x03, Uint8Array.of(unusedBits), content);
export const utf8String = (text: string): Uint8Array => der(0x0c, new TextEncoder().encode(text));
export const TRUE = der(0x01, Uint8Array.of(0xff));
export const NULL = der(0x05);

/** @param octets unsigned, most significant first */
export function positiveInteger(octets: Uint8Array): Uint8Array {
  const first = octets[0] ?? 0;
  return der(0x02, first >= 0x80 ? concatBytes(Uint8Array.of(0), octets) : octets);
}

/** @param text such as `2.5.29.17` */
export function objectIdentifier(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return der(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(value: number): number[] {
  const octets = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) octets.unshift((rest & 0x7f) | 0x80);
  return octets;
}

export const generalizedTime = (at: Date): Uint8Array => der(0x18, new TextEncoder().encode(`${at.toISOString().replace(/\.\d+|\D/g, '').slice(0, 14)}Z`));

/** UTCTime until 2049, then GeneralizedTime (RFC 5280 §4.1.2.5). */
export function time(at: Date): Uint8Array {
  const digits = at.toISOString().replace(/\.\d+|\D/g, '').slice(0, 14);
  const isEarly = at.getUTCFullYear() < 2050;
  return der(isEarly ? 0x17 : 0x18, new TextEncoder().encode(`${isEarly ? digits.slice(2) : digits}Z`));
}
