/** Distinguished names: text for people (RFC 4514), equality as OpenSSL has it, for issuers and name constraints. */
import { compareBytes, concatBytes } from '../base/bytes.ts';
import { DerReader, DerSyntaxError, TAG, bitsOf, childrenOf, objectIdentifierText } from './der.ts';
import type { Element } from './der.ts';

export interface DistinguishedName {
  readonly raw: Uint8Array;
  /** in the order of the certificate; multi-valued RDNs have several attributes */
  readonly rdns: readonly (readonly NameAttribute[])[];
  /** equal exactly for names that OpenSSL takes for equal; a prefix of it is a subtree (RFC 5280 §7.1) */
  readonly canonical: Uint8Array;
}

export interface NameAttribute {
  readonly type: string;
  /** tag of the value */
  readonly tag: number;
  /** decoded text; null for a value that is not a string */
  readonly text: string | null;
  readonly value: Uint8Array;
}

export const COMMON_NAME = '2.5.4.3';
export const EMAIL_ADDRESS = '1.2.840.113549.1.9.1';

/** Reads a Name element. Throws DerSyntaxError. */
export function readName(element: Element): DistinguishedName {
  const sets = childrenOf(element).map((rdn) => {
    if (rdn.tag !== TAG.set) throw new DerSyntaxError('a relative distinguished name that is not a SET');
    return childrenOf(rdn).map(readAttribute);
    // OpenSSL forgets a relative name without attributes.
  }).filter((set) => set.length > 0);
  return { raw: element.raw, rdns: sets.map((set) => set.map(({ attribute }) => attribute)), canonical: concatBytes(...sets.map(canonicalSet)) };
}

/** Throws DerSyntaxError where the elements inside are no attributes, as in a name relative to another (RFC 5280 §4.2.1.13). */
export function checkRelativeName(element: Element): void {
  childrenOf(element).forEach(readAttribute);
}

interface CanonicalAttribute {
  readonly attribute: NameAttribute;
  readonly canonical: Uint8Array;
}

function readAttribute(element: Element): CanonicalAttribute {
  if (element.tag !== TAG.sequence) throw new DerSyntaxError('a name attribute that is not a SEQUENCE');
  const reader = new DerReader(element.content);
  const type = reader.next(TAG.objectIdentifier);
  const value = reader.next();
  reader.end();
  const text = stringValue(value);
  const canonical = text === null || value.tag === NUMERIC_STRING ? value.raw : encoded(TAG.utf8String, new TextEncoder().encode(canonicalText(text)));
  return {
    attribute: { type: objectIdentifierText(type.content), tag: value.tag, text, value: value.content },
    canonical: encoded(TAG.sequence, concatBytes(type.raw, canonical)),
  };
}

/** Values of a SET in the order of their encodings (X.690 §11.6). */
function canonicalSet(set: readonly CanonicalAttribute[]): Uint8Array {
  return encoded(TAG.set, concatBytes(...set.map(({ canonical }) => canonical).sort(compareBytes)));
}

/** RFC 5280 §7.1, in OpenSSL's reading: ASCII letters in lower case, white space trimmed and run together. */
function canonicalText(text: string): string {
  return text.replaceAll(/[\t-\r ]+/g, ' ').replaceAll(/^ | $/g, '').replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** OpenSSL reads a NumericString as text, but compares it octet by octet. */
const NUMERIC_STRING = 0x12;
const STRING_TAGS = new Set([0x0c, NUMERIC_STRING, 0x13, 0x14, 0x16, 0x1c, 0x1e]);
/** Further types that OpenSSL accepts in a name: BIT STRING, SEQUENCE and those it does not know. */
const OTHER_TAGS = new Set([0x03, 0x07, 0x08, 0x09, 0x0b, 0x0d, 0x0e, 0x0f, 0x1d, 0x30]);

/** Text of a string value as OpenSSL turns it into UTF-8 (T61String is read as Latin-1); null for other values. */
function stringValue(value: Element): string | null {
  if (value.tag === TAG.bitString) bitsOf(value);
  if (OTHER_TAGS.has(value.tag)) return null;
  if (!STRING_TAGS.has(value.tag)) throw new DerSyntaxError(`a name attribute with tag 0x${value.tag.toString(16)}`);
  if (value.tag === TAG.utf8String) return utf8(value.content);
  if (value.tag === 0x1e) return wide(value.content, 2);
  if (value.tag === 0x1c) return wide(value.content, 4);
  let text = '';
  for (const octet of value.content) text += String.fromCharCode(octet);
  return text;
}

function utf8(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (text.includes('\ufffd') && new TextEncoder().encode(text).length !== bytes.length) throw new DerSyntaxError('a UTF8String that is not UTF-8');
  return text;
}

function wide(bytes: Uint8Array, size: 2 | 4): string {
  if (bytes.length % size !== 0) throw new DerSyntaxError('a wide string with a part of a character');
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += size) {
    const point = bytes.subarray(offset, offset + size).reduce((value, octet) => value * 256 + octet, 0);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw new DerSyntaxError('a number that is no character');
    text += String.fromCodePoint(point);
  }
  return text;
}

function encoded(tag: number, content: Uint8Array): Uint8Array {
  const length = content.length < 0x80
    ? [content.length]
    : content.length < 0x100 ? [0x81, content.length] : [0x83, content.length >> 16, (content.length >> 8) & 0xff, content.length & 0xff];
  return concatBytes(Uint8Array.of(tag, ...length), content);
}

/** All values of one attribute type, in order. */
export function attributesOf(name: DistinguishedName, type: string): NameAttribute[] {
  return name.rdns.flat().filter((attribute) => attribute.type === type);
}

/** RFC 4514 §3 and the other short names that people know. */
const SHORT_NAMES: { readonly [type: string]: string } = {
  '2.5.4.3': 'CN', '2.5.4.7': 'L', '2.5.4.8': 'ST', '2.5.4.10': 'O', '2.5.4.11': 'OU', '2.5.4.6': 'C', '2.5.4.9': 'STREET',
  '0.9.2342.19200300.100.1.25': 'DC', '0.9.2342.19200300.100.1.1': 'UID', '2.5.4.5': 'serialNumber', '2.5.4.4': 'SN', '2.5.4.42': 'GN',
  [EMAIL_ADDRESS]: 'emailAddress',
};

/** RFC 4514 §2: last RDN first, joined by commas; empty for an empty name. */
export function nameText(name: DistinguishedName): string {
  return name.rdns.toReversed().map((rdn) => rdn.map(attributeText).join('+')).join(',');
}

function attributeText({ type, text, value }: NameAttribute): string {
  const shown = text === null ? `#${[...value].map((octet) => octet.toString(16).padStart(2, '0')).join('')}` : escaped(text);
  return `${SHORT_NAMES[type] ?? type}=${shown}`;
}

/** RFC 4514 §2.4 */
function escaped(text: string): string {
  return text.replaceAll(/["+,;<>\\]/g, '\\$&').replace(/^[ #]/, '\\$&').replace(/ $/, '\\ ').replaceAll('\0', '\\00');
}
