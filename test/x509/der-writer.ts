/** Writes DER for tests, right or deliberately wrong: by hand, so that no certificate library decides what can be tested. */
import { concatBytes } from '../../core/base/bytes.ts';

export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...parts);
  const octets: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  const length = content.length < 0x80 ? [content.length] : [0x80 | octets.length, ...octets];
  return concatBytes(Uint8Array.of(tag, ...length), content);
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => element(0x30, ...parts);
export const setOf = (...parts: readonly Uint8Array[]): Uint8Array => element(0x31, ...parts);
export const octetString = (content: Uint8Array): Uint8Array => element(0x04, content);
export const bitString = (content: Uint8Array, unused = 0): Uint8Array => element(0x03, Uint8Array.of(unused), content);
export const boolean = (value: boolean): Uint8Array => element(0x01, Uint8Array.of(value ? 0xff : 0));
export const NULL = element(0x05);
export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
export const explicit = (number: number, ...parts: readonly Uint8Array[]): Uint8Array => element(0xa0 | number, ...parts);
export const implicit = (number: number, content: Uint8Array): Uint8Array => element(0x80 | number, content);

/** Of a non-negative number. */
export function integer(value: number): Uint8Array {
  const octets: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  if (octets.length === 0 || (octets[0] as number) >= 0x80) octets.unshift(0);
  return element(0x02, Uint8Array.from(octets));
}

export function objectIdentifier(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return element(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(arc: number): number[] {
  const octets = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) octets.unshift(0x80 | rest % 128);
  return octets;
}

/** UTCTime before 2050, else GeneralizedTime (RFC 5280 §4.1.2.5). */
export function time(ms: number): Uint8Array {
  const digits = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  const year = Number(digits.slice(0, 4));
  return year >= 1950 && year < 2050 ? element(0x17, latin1(digits.slice(2))) : element(0x18, latin1(digits));
}
