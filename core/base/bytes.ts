/** Bytes as text and back, comparison, joining. Works in every JavaScript host. */
import type { Base64, Hex } from './subject.ts';

const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): Hex {
  let text = '';
  for (const byte of bytes) text += HEX[byte] as string;
  return text;
}

/** @throws {Error} if the text is not an even number of hex digits; callers check text from outside before */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || /[^0-9a-fA-F]/.test(text)) throw new Error('not an even number of hex digits');
  return Uint8Array.from({ length: text.length / 2 }, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16));
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** two characters for 12 bits: every signature of a run is written in base64, so the writer is on the validator's path */
const PAIRS = Array.from({ length: 4096 }, (_, bits) => `${ALPHABET.charAt(bits >> 6)}${ALPHABET.charAt(bits & 63)}`);

/** RFC 4648 §4, with padding. */
export function toBase64(bytes: Uint8Array): Base64 {
  const whole = bytes.length - (bytes.length % 3);
  let text = '';
  for (let index = 0; index < whole; index += 3) {
    const bits = ((bytes[index] as number) << 16) | ((bytes[index + 1] as number) << 8) | (bytes[index + 2] as number);
    text += (PAIRS[bits >> 12] as string) + (PAIRS[bits & 4095] as string);
  }
  if (bytes.length - whole === 1) return `${text}${PAIRS[(bytes[whole] as number) << 4] as string}==`;
  if (bytes.length - whole === 0) return text;
  const bits = ((bytes[whole] as number) << 8) | (bytes[whole + 1] as number);
  return `${text}${PAIRS[bits >> 4] as string}${ALPHABET.charAt((bits & 15) << 2)}=`;
}

export function fromBase64(text: Base64): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) if (left[index] !== right[index]) return false;
  return true;
}

/** As unsigned octet strings, absent octet first (RFC 4034 §6.3). Negative, zero or positive. */
export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

const CHUNK = 0x2000;

/** A character an octet: a key for maps and sets, never text to show. */
export function octetKey(bytes: Uint8Array): string {
  if (bytes.length <= CHUNK) return characters(bytes);
  let key = '';
  for (let start = 0; start < bytes.length; start += CHUNK) key += characters(bytes.subarray(start, start + CHUNK));
  return key;
}

/** A spread would go through the iterator, at ten times the cost; every cache and every RRset is keyed by this. */
const characters = (bytes: Uint8Array): string => String(Reflect.apply(String.fromCharCode, null, bytes));
