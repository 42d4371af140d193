import { describe, expect, test } from 'vitest';
import { DerReader, TAG, bitsOf, booleanOf, decoded, objectIdentifierText, smallInteger, wholeElement } from '../../core/x509/der.ts';
import { bitString, element, integer, objectIdentifier, octetString, sequence } from './der-writer.ts';

const reading = (bytes: Uint8Array) => decoded(() => wholeElement(bytes));

describe('X.690 §10: elements', () => {
  test('header and content are views of what was read', () => {
    const bytes = sequence(octetString(new Uint8Array(300)));
    const read = wholeElement(bytes, TAG.sequence);
    expect(read.raw.buffer).toBe(bytes.buffer);
    expect(wholeElement(read.content).content).toHaveLength(300);
  });

  test.each([
    ['nothing', []], ['a tag alone', [0x30]], ['a length that is cut', [0x30, 0x82, 0x01]], ['content that is cut', [0x04, 5, 1, 2]],
    ['indefinite length', [0x30, 0x80, 0, 0]], ['a length in too many octets', [0x04, 0x81, 0x01, 0]], ['a length with a leading zero', [0x04, 0x82, 0x00, 0x80, ...Array<number>(128).fill(0)]],
    ['a length of five octets', [0x04, 0x85, 0, 0, 0, 0, 1, 0]], ['a tag of several octets', [0x1f, 0x81, 0x01, 0]], ['something behind', [0x05, 0, 0]],
  ])('%s is a failure, not an exception', (_, octets) => {
    expect(reading(Uint8Array.from(octets))).toMatchObject({ ok: false });
  });

  test('a bug of ours is not taken for malformed input', () => {
    expect(() => decoded(() => { throw new TypeError('ours'); })).toThrow(TypeError);
  });

  test('optional elements are read only where their tag is next', () => {
    const reader = new DerReader(integer(5));
    expect(reader.optional(TAG.boolean)).toBeNull();
    expect(smallInteger(reader.next(TAG.integer))).toBe(5);
    expect(reader.atEnd).toBe(true);
  });
});

describe('X.690 §8: values', () => {
  test('bits after the last used one are cleared in a copy, also of a Buffer', () => {
    const bytes = Buffer.from(bitString(Uint8Array.of(0xff), 3));
    expect(bitsOf(wholeElement(bytes))).toEqual(Uint8Array.of(0xf8));
    expect(bytes.at(-1)).toBe(0xff);
  });

  test.each([[[0x03, 0]], [[0x03, 1, 1]], [[0x03, 2, 8, 0]]])('BIT STRING %j is malformed', (octets) => {
    expect(decoded(() => bitsOf(wholeElement(Uint8Array.from(octets)))).ok).toBe(false);
  });

  test.each(['1.2.840.113549.1.1.11', '2.5.29.17', '2.999.1', '0.9.2342.19200300.100.1.25'])('OBJECT IDENTIFIER %s', (text) => {
    if (text !== '2.999.1') expect(objectIdentifierText(wholeElement(objectIdentifier(text)).content)).toBe(text);
    else expect(objectIdentifierText(Uint8Array.of(0x88, 0x37, 0x01))).toBe(text);
  });

  test('an arc of 128 bits is read, one that does not end is malformed', () => {
    expect(objectIdentifierText(Uint8Array.of(0x69, ...Array<number>(18).fill(0xff), 0x7f))).toMatch(/^2\.25\.\d{41}$/);
    expect(decoded(() => objectIdentifierText(Uint8Array.of(0x55, 0x80))).ok).toBe(false);
    expect(objectIdentifierText(Uint8Array.of(...Array<number>(90_000).fill(0xff), 0x7f))).toMatch(/^#ffff/);
  });

  test('numbers that are negative or large are told from small ones', () => {
    expect(smallInteger(wholeElement(element(0x02, Uint8Array.of(0xff))))).toBeNull();
    expect(smallInteger(wholeElement(element(0x02, Uint8Array.of(1, 0, 0, 0, 0))))).toBeNull();
    expect(booleanOf(wholeElement(element(0x01, Uint8Array.of(1))))).toBe(true);
  });
});
