import { describe, expect, test } from 'vitest';
import { equalBytes } from '../../core/base/bytes.ts';
import { decoded, wholeElement } from '../../core/x509/der.ts';
import { nameText, readName } from '../../core/x509/name.ts';
import { element, objectIdentifier, sequence, setOf } from './der-writer.ts';
import { attribute, name } from './issue.ts';

const read = (bytes: Uint8Array) => readName(wholeElement(bytes));
const same = (left: Uint8Array, right: Uint8Array): boolean => equalBytes(read(left).canonical, read(right).canonical);
const oneValue = (tag: number, ...octets: readonly number[]): Uint8Array => sequence(setOf(sequence(objectIdentifier('2.5.4.3'), element(tag, Uint8Array.from(octets)))));

describe('RFC 4514: names as text', () => {
  test('last RDN first, special characters escaped', () => {
    expect(nameText(read(name('C=!DE,O=Nord und Süd; GmbH,CN=a+b "c"')))).toBe('CN=a\\+b \\"c\\",O=Nord und Süd\\; GmbH,C=DE');
    expect(nameText(read(name('CN= x ')))).toBe('CN=\\ x\\ ');
    expect(nameText(read(name('CN=#x')))).toBe('CN=\\#x');
    expect(nameText(read(name('')))).toBe('');
  });

  test('several attributes in one RDN, unknown types and values', () => {
    expect(nameText(read(sequence(setOf(attribute('CN', 'a'), attribute('OU', 'b')))))).toBe('CN=a+OU=b');
    expect(nameText(read(sequence(setOf(sequence(objectIdentifier('1.2.3.4'), element(0x12, Uint8Array.of(0x35)))))))).toBe('1.2.3.4=5');
    expect(nameText(read(sequence(setOf(sequence(objectIdentifier('1.2.3.4'), element(0x03, Uint8Array.of(0, 0x35)))))))).toBe('1.2.3.4=#0035');
  });
});

describe('RFC 5280 §7.1: comparison', () => {
  test('case, spaces and string types do not matter', () => {
    expect(same(name('O=Test,CN=An  Authority '), name('O=!TEST,CN=!an authority'))).toBe(true);
    expect(same(name('CN=a\tb'), name('CN=a b'))).toBe(true);
    expect(same(oneValue(0x1e, 0, 0x41, 0, 0xe4), name('CN=aä'))).toBe(true);
    expect(same(oneValue(0x14, 0x41, 0xe4), name('CN=aä'))).toBe(true);
  });

  test('order of RDNs, letters beyond ASCII and missing spaces do', () => {
    expect(same(name('O=Test,CN=x'), name('CN=x,O=Test'))).toBe(false);
    expect(same(name('CN=Ä'), name('CN=ä'))).toBe(false);
    expect(same(name('CN=a b'), name('CN=ab'))).toBe(false);
    expect(same(name('CN=a'), name('O=a'))).toBe(false);
  });

  test('the order within an RDN does not matter', () => {
    const [one, two] = [attribute('CN', 'a'), attribute('O', 'b')];
    expect(same(sequence(setOf(one, two)), sequence(setOf(two, one)))).toBe(true);
  });

  test('text that is not what its type says is malformed', () => {
    for (const bytes of [oneValue(0x0c, 0xc3, 0x28), oneValue(0x1e, 0), oneValue(0x1c, 0, 0x11, 0, 0), oneValue(0x1e, 0xd8, 0), oneValue(0x1a, 0x41), oneValue(0x02, 5), oneValue(0x03)]) expect(decoded(() => read(bytes)).ok).toBe(false);
  });
});
