/** Reads DER (X.690 §10) by slices: what is hashed and what is compared stays exactly as it came. */
import { toHex } from '../base/bytes.ts';
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';

/** One value with its identifier octet; `raw` holds header and content, `content` the content alone. Both are views. */
export interface Element {
  readonly tag: number;
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
}

/** Leaves `decoded` only as a value. */
export class DerSyntaxError extends Error {}

/** Runs a reader over bytes from outside: what is wrong with them becomes a value, a bug of ours stays an exception. */
export function decoded<Value>(read: () => Value): Result<Value, string> {
  try {
    return success(read());
  } catch (error) {
    if (error instanceof DerSyntaxError) return failed(error.message);
    throw error;
  }
}

export const TAG = {
  boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, null: 0x05, objectIdentifier: 0x06, enumerated: 0x0a,
  utf8String: 0x0c, sequence: 0x30, set: 0x31, utcTime: 0x17, generalizedTime: 0x18, ia5String: 0x16,
} as const;

/** Context-specific tag, primitive or constructed. */
export const contextTag = (number: number, constructed: boolean): number => 0x80 | (constructed ? 0x20 : 0) | number;

/** Reads elements one after the other. Every method but `atEnd` and `optional` throws {@link DerSyntaxError}. */
export class DerReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  /** Any element, or one of the given tag. */
  next(tag?: number): Element {
    const element = elementAt(this.#bytes, this.#offset);
    if (tag !== undefined && element.tag !== tag) {
      throw new DerSyntaxError(`tag 0x${element.tag.toString(16)} where 0x${tag.toString(16)} was expected`);
    }
    this.#offset += element.raw.length;
    return element;
  }

  /** The next element if it has this tag, else null and nothing is read. */
  optional(tag: number): Element | null {
    return this.#bytes[this.#offset] === tag ? this.next(tag) : null;
  }

  end(): void {
    if (!this.atEnd) throw new DerSyntaxError(`${this.#bytes.length - this.#offset} octets after the last element`);
  }
}

function elementAt(bytes: Uint8Array, offset: number): Element {
  const tag = bytes[offset];
  if (tag === undefined) throw new DerSyntaxError('ends where an element should begin');
  if ((tag & 0x1f) === 0x1f) throw new DerSyntaxError('a tag above 30');
  const { length, contentOffset } = lengthAt(bytes, offset + 1);
  const end = contentOffset + length;
  if (end > bytes.length) throw new DerSyntaxError(`an element of ${length} octets in ${bytes.length - contentOffset}`);
  return { tag, raw: bytes.subarray(offset, end), content: bytes.subarray(contentOffset, end) };
}

const MAXIMUM_LENGTH_OCTETS = 4;

function lengthAt(bytes: Uint8Array, offset: number): { readonly length: number; readonly contentOffset: number } {
  const first = bytes[offset];
  if (first === undefined) throw new DerSyntaxError('ends before a length');
  if (first < 0x80) return { length: first, contentOffset: offset + 1 };
  const octets = first & 0x7f;
  if (octets === 0) throw new DerSyntaxError('indefinite length, which is BER and not DER (X.690 §10.1)');
  if (octets > MAXIMUM_LENGTH_OCTETS || offset + octets >= bytes.length) throw new DerSyntaxError('a length that cannot be');
  let length = 0;
  for (let index = 1; index <= octets; index += 1) length = length * 256 + (bytes[offset + index] as number);
  if (length < 0x80 || length < 256 ** (octets - 1)) throw new DerSyntaxError('a length in more octets than it needs (X.690 §10.1)');
  return { length, contentOffset: offset + 1 + octets };
}

/** The one element that fills the bytes. */
export function wholeElement(bytes: Uint8Array, tag?: number): Element {
  const reader = new DerReader(bytes);
  const element = reader.next(tag);
  reader.end();
  return element;
}

/** The elements inside a constructed element. */
export function childrenOf(element: Element): Element[] {
  const reader = new DerReader(element.content);
  const children: Element[] = [];
  while (!reader.atEnd) children.push(reader.next());
  return children;
}

/** Any value but 0 is true, as OpenSSL reads it; DER would have 0xff only. */
export function booleanOf(element: Element): boolean {
  if (element.content.length !== 1) throw new DerSyntaxError('a BOOLEAN that is not one octet');
  return element.content[0] !== 0;
}

/** Bits after the last used one are cleared. */
export function bitsOf(element: Element): Uint8Array {
  const unused = element.content[0];
  if (unused === undefined || unused > 7 || (unused > 0 && element.content.length === 1)) throw new DerSyntaxError('a malformed BIT STRING');
  // A copy: `slice` of Node's Buffer would be a view of what was presented.
  const bits = Uint8Array.from(element.content.subarray(1));
  if (bits.length > 0) bits[bits.length - 1] = (bits.at(-1) as number) & (0xff << unused);
  return bits;
}

/** Longer ones exist in hostile input alone, and dotted decimal would cost more than their length. */
const MAXIMUM_DOTTED_OCTETS = 64;

/** In dotted decimal (X.690 §8.19); a very long one as `#` and hex. */
export function objectIdentifierText(content: Uint8Array): string {
  const padded = content.some((octet, index) => octet === 0x80 && ((content[index - 1] ?? 0) & 0x80) === 0);
  if (content.length === 0 || padded || ((content.at(-1) as number) & 0x80) !== 0) throw new DerSyntaxError('a malformed OBJECT IDENTIFIER');
  if (content.length > MAXIMUM_DOTTED_OCTETS) return `#${toHex(content)}`;
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const octet of content) {
    arc = arc * 128n + BigInt(octet & 0x7f);
    if ((octet & 0x80) !== 0) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const first = arcs[0] as bigint;
  const root = first < 40n ? 0n : first < 80n ? 1n : 2n;
  return [root, first - root * 40n, ...arcs.slice(1)].join('.');
}

/** The content of an INTEGER, in as few octets as it needs (X.690 §8.3.2). */
export function integerContent({ content }: Element): Uint8Array {
  const [first, second] = content;
  if (first === undefined) throw new DerSyntaxError('an INTEGER without content');
  const padded = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (padded) throw new DerSyntaxError('an INTEGER in more octets than it needs');
  return content;
}

/** A small non-negative INTEGER; negative numbers and those above 2^31 are told apart from it by null. */
export function smallInteger(element: Element): number | null {
  const content = integerContent(element);
  if (((content[0] as number) & 0x80) !== 0 || content.length > 4) return null;
  return content.reduce((value, octet) => value * 256 + octet, 0);
}

/** octets a character in BMPString and UniversalString */
const WIDTHS = new Map([[0x1e, 2], [0x1c, 4]]);

/** Leaves alone what is of no universal type, or constructed; else the content must be one of its type, as OpenSSL reads ANY. */
export function checkAny(element: Element): void {
  const { tag, content } = element;
  if (tag === TAG.objectIdentifier) objectIdentifierText(content);
  else if (tag === TAG.boolean) booleanOf(element);
  else if (tag === TAG.integer || tag === TAG.enumerated) integerContent(element);
  else if (tag === TAG.bitString) bitsOf(element);
  else if (tag === TAG.null && content.length > 0) throw new DerSyntaxError('a NULL with content');
  else if (content.length % (WIDTHS.get(tag) ?? 1) !== 0) throw new DerSyntaxError('a wide string with a part of a character');
}
