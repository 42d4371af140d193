/** Signed messages may come in BER (RFC 5652 §2): indefinite lengths and strings in parts become definite, all else stays as it is. */
import { concatBytes } from '../base/bytes.ts';
import { DerSyntaxError } from './der.ts';

/** deeper than any signed message nests */
const MAXIMUM_DEPTH = 32;
const INDEFINITE = 0x80;
const CONSTRUCTED = 0x20;
const OCTET_STRING = 0x04;

/** The one element in the bytes with definite lengths throughout. @throws {DerSyntaxError} */
export function definite(bytes: Uint8Array): Uint8Array {
  const { octets, end } = readElement(bytes, 0, 0);
  if (end !== bytes.length) throw new DerSyntaxError(`${String(bytes.length - end)} octets after the message`);
  return octets;
}

interface Read {
  readonly octets: Uint8Array;
  /** offset behind the element */
  readonly end: number;
}

function readElement(bytes: Uint8Array, offset: number, depth: number): Read {
  const [tag, first] = [bytes[offset], bytes[offset + 1]];
  if (tag === undefined || first === undefined) throw new DerSyntaxError('ends within an element');
  if ((tag & 0x1f) === 0x1f) throw new DerSyntaxError('a tag above 30');
  if (depth > MAXIMUM_DEPTH) throw new DerSyntaxError('nested too deep');
  if (first !== INDEFINITE) return definiteElement(bytes, offset, depth);
  if ((tag & CONSTRUCTED) === 0) throw new DerSyntaxError('a primitive element of indefinite length (X.690 §8.1.3.2)');
  const { parts, end } = readChildren(bytes, { from: offset + 2, to: null, depth: depth + 1 });
  return { octets: joined(tag, parts), end };
}

/** What is definite all the way down is copied untouched: it may be hashed or signed. */
function definiteElement(bytes: Uint8Array, offset: number, depth: number): Read {
  const { length, content } = lengthAt(bytes, offset + 1);
  const end = content + length;
  if (end > bytes.length) throw new DerSyntaxError(`an element of ${String(length)} octets in ${String(bytes.length - content)}`);
  const whole = bytes.subarray(offset, end);
  const tag = bytes[offset] as number;
  if ((tag & CONSTRUCTED) === 0) return { octets: whole, end };
  const { parts } = readChildren(bytes, { from: content, to: end, depth: depth + 1 });
  const inside = concatBytes(...parts);
  const unchanged = inside.length === length && tag !== (OCTET_STRING | CONSTRUCTED);
  return { octets: unchanged ? whole : joined(tag, parts), end };
}

function readChildren(bytes: Uint8Array, range: { readonly from: number; readonly to: number | null; readonly depth: number }): { readonly parts: Uint8Array[]; readonly end: number } {
  const parts: Uint8Array[] = [];
  let offset = range.from;
  while (range.to === null || offset < range.to) {
    // X.690 §8.1.5: two zero octets end an element of indefinite length.
    if (range.to === null && bytes[offset] === 0 && bytes[offset + 1] === 0) return { parts, end: offset + 2 };
    const child = readElement(range.to === null ? bytes : bytes.subarray(0, range.to), offset, range.depth);
    parts.push(child.octets);
    offset = child.end;
  }
  return { parts, end: offset };
}

/** X.690 §8.7.3.2: a constructed OCTET STRING is its parts one after the other. */
function joined(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  if (tag !== (OCTET_STRING | CONSTRUCTED)) return withLength(tag, concatBytes(...parts));
  return withLength(OCTET_STRING, concatBytes(...parts.map((part) => part.subarray(lengthAt(part, 1).content))));
}

function withLength(tag: number, content: Uint8Array): Uint8Array {
  const digits: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return concatBytes(Uint8Array.of(tag, ...(content.length < 0x80 ? [content.length] : [0x80 | digits.length, ...digits])), content);
}

function lengthAt(bytes: Uint8Array, offset: number): { readonly length: number; readonly content: number } {
  const first = bytes[offset] as number;
  if (first < 0x80) return { length: first, content: offset + 1 };
  const octets = first & 0x7f;
  if (octets === 0 || octets > 4 || offset + octets >= bytes.length) throw new DerSyntaxError('a length that cannot be');
  let length = 0;
  for (let index = 1; index <= octets; index += 1) length = length * 256 + (bytes[offset + index] as number);
  return { length, content: offset + 1 + octets };
}
