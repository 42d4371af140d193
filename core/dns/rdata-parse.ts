/** RDATA from zone-file text: the inverse of `rdataText`. */
import { concatBytes, fromBase64, fromHex } from '../base/bytes.ts';
import { type Name, NameSyntaxError, labelsOf, nameFromLabels, parseName } from './name.ts';
import { FIELDS, type Field } from './presentation.ts';
import { rrtypeNumber } from './rrtype.ts';

export class RdataSyntaxError extends Error {}

/** One word of a line; a quoted one may hold spaces, and its escapes are still there. */
export interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

/**
 * `\# n hex` is taken for every type (RFC 3597 §5).
 * @throws {RdataSyntaxError} telling what does not fit the type
 */
export function parseRdata(type: number, words: readonly Word[], origin: Name): Uint8Array {
  if (words[0]?.text === '\\#') return unknownRdata(words.slice(1));
  const fields = FIELDS.get(type);
  if (fields === undefined) throw new RdataSyntaxError('the RDATA of this type is written as \\# with its length and hex digits');
  const rest = [...words];
  const parts = fields.map((field) => parseField(field, rest, origin));
  if (rest.length > 0) throw new RdataSyntaxError(`“${rest[0]?.text ?? ''}” is one field too many`);
  return concatBytes(...parts);
}

function unknownRdata([length, ...digits]: readonly Word[]): Uint8Array {
  const octets = hexOf(digits.map(({ text }) => text).join(''));
  if (length?.text !== String(octets.length)) throw new RdataSyntaxError(`\\# tells ${length?.text ?? 'no length'} but ${octets.length} octets follow`);
  return octets;
}

/** Takes the words of a field off the front. */
function parseField(field: Field, words: Word[], origin: Name): Uint8Array {
  switch (field) {
    case 'u8': return numberOctets(next(words), 1);
    case 'u16': return numberOctets(next(words), 2);
    case 'u32': return numberOctets(next(words), 4);
    case 'type': return typeOctets(next(words));
    case 'time': return timeOctets(next(words));
    case 'name': return parseRelativeName(next(words), origin);
    case 'address': return addressOctets(next(words));
    case 'salt': return counted(saltOctets(next(words)));
    case 'hash': return counted(base32HexOctets(next(words)));
    case 'strings': return concatBytes(...words.splice(0).map((word) => counted(stringOctets(word.text))));
    case 'hex': return hexOf(restOf(words));
    case 'base64': return base64Octets(restOf(words));
    case 'types': return typeBitMap(words.splice(0).map(({ text }) => text));
  }
}

function next(words: Word[]): string {
  const word = words.shift();
  if (word === undefined) throw new RdataSyntaxError('a field is missing');
  return word.text;
}

const restOf = (words: Word[]): string => words.splice(0).map(({ text }) => text).join('');

/** A name without a dot at its end is relative (RFC 1035 §5.1). @throws {RdataSyntaxError} */
export function parseRelativeName(text: string, origin: Name): Name {
  if (text === '@') return origin;
  try {
    const name = parseName(text);
    return isAbsolute(text) ? name : nameFromLabels([...labelsOf(name), ...labelsOf(origin)]);
  } catch (error) {
    if (error instanceof NameSyntaxError) throw new RdataSyntaxError(error.message);
    throw error;
  }
}

/** Ends with a dot that no odd number of backslashes escapes. */
const isAbsolute = (text: string): boolean => /(?:^|[^\\])(?:\\\\)*\.$/.test(text);

function numberOctets(text: string, octets: number): Uint8Array {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value < 256 ** octets)) throw new RdataSyntaxError(`“${text}” is no number of ${octets * 8} bits`);
  return Uint8Array.from({ length: octets }, (_, index) => Math.floor(value / 256 ** (octets - 1 - index)) & 0xff);
}

function typeOctets(text: string): Uint8Array {
  const type = rrtypeNumber(text);
  if (type === null) throw new RdataSyntaxError(`“${text}” is no RR type`);
  return Uint8Array.of(type >> 8, type & 0xff);
}

/** `YYYYMMDDHHmmSS` or seconds (RFC 4034 §3.2). */
function timeOctets(text: string): Uint8Array {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return numberOctets(text, 4);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return numberOctets(String((Date.UTC(year, month - 1, day, hour, minute, second) / 1000) % 2 ** 32), 4);
}

function addressOctets(text: string): Uint8Array {
  const octets = text.includes(':') ? ipv6Octets(text) : ipv4Octets(text);
  if (octets === null) throw new RdataSyntaxError(`“${text}” is no address`);
  return octets;
}

function ipv4Octets(text: string): Uint8Array | null {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256) ? Uint8Array.from(parts, Number) : null;
}

function ipv6Octets(text: string): Uint8Array | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const fields = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!fields.every((field) => /^[0-9a-fA-F]{1,4}$/.test(field))) return null;
  return Uint8Array.from(fields.flatMap((field) => [Number.parseInt(field, 16) >> 8, Number.parseInt(field, 16) & 0xff]));
}

const saltOctets = (text: string): Uint8Array => (text === '-' ? new Uint8Array() : hexOf(text));

function hexOf(text: string): Uint8Array {
  if (!/^([0-9a-fA-F]{2})*$/.test(text)) throw new RdataSyntaxError(`“${text}” is not an even number of hex digits`);
  return fromHex(text);
}

function base64Octets(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new RdataSyntaxError(`“${text}” is no base64`);
  return fromBase64(text);
}

function base32HexOctets(text: string): Uint8Array {
  if (!/^[0-9a-vA-V]+$/.test(text)) throw new RdataSyntaxError(`“${text}” is no base32hex`);
  const bits = Array.from(text, (character) => Number.parseInt(character, 32).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from({ length: Math.floor(bits.length / 8) }, (_, index) => Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2));
}

function counted(octets: Uint8Array): Uint8Array {
  if (octets.length > 255) throw new RdataSyntaxError(`a string of ${octets.length} octets is longer than 255`);
  return concatBytes(Uint8Array.of(octets.length), octets);
}

function stringOctets(text: string): Uint8Array {
  const octets: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const digits = text[index] === '\\' ? /^\d{3}/.exec(text.slice(index + 1))?.[0] : undefined;
    if (digits !== undefined) octets.push(Number(digits) & 0xff);
    else octets.push(text.charCodeAt(text[index] === '\\' ? index + 1 : index) & 0xff);
    if (text[index] === '\\') index += digits === undefined ? 1 : 3;
  }
  return Uint8Array.from(octets);
}

/** RFC 4034 §4.1.2 */
function typeBitMap(names: readonly string[]): Uint8Array {
  const windows = new Map<number, Uint8Array>();
  for (const name of names) {
    const [window = 0, low = 0] = typeOctets(name);
    const map = windows.get(window) ?? new Uint8Array(32);
    map[low >> 3] = (map[low >> 3] as number) | (0x80 >> (low & 7));
    windows.set(window, map);
  }
  const blocks = [...windows].sort(([left], [right]) => left - right).map(([window, map]) => {
    const length = map.findLastIndex((octet) => octet !== 0) + 1;
    return concatBytes(Uint8Array.of(window, length), map.subarray(0, length));
  });
  return concatBytes(...blocks);
}
