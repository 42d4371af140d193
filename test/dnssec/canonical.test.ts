import { describe, expect, test } from 'vitest';
import { concatBytes, toHex } from '../../core/base/bytes.ts';
import { parseName } from '../../core/dns/name.ts';
import { RRTYPE } from '../../core/dns/rrtype.ts';
import { canonicalRdata, canonicalRdatas } from '../../core/dnssec/canonical.ts';

const UPPER = parseName('Mail.EXAMPLE.');
const LOWER = parseName('mail.example.');
const octets = (...values: number[]): Uint8Array => Uint8Array.from(values);
const BIG = octets(0x41, 0x42);

describe('RFC 4034 §6.2, RFC 6840 §5.1: names in RDATA', () => {
  test.each([
    ['NS', [], [UPPER]], ['CNAME', [], [UPPER]], ['DNAME', [], [UPPER]], ['PTR', [], [UPPER]], ['MB', [], [UPPER]], ['MX', [BIG], [UPPER]],
    ['AFSDB', [BIG], [UPPER]], ['RT', [BIG], [UPPER]], ['KX', [BIG], [UPPER]], ['PX', [BIG], [UPPER, UPPER]], ['MINFO', [], [UPPER, UPPER]],
    ['RP', [], [UPPER, UPPER]], ['SRV', [BIG, BIG, BIG], [UPPER]], ['NAPTR', [BIG, BIG, octets(1, 0x55, 0, 2, 0x53, 0x54)], [UPPER]],
    ['SIG', [new Uint8Array(18).fill(0x41)], [UPPER]], ['RRSIG', [new Uint8Array(18).fill(0x41)], [UPPER]],
    ['A6', [octets(64), new Uint8Array(8).fill(0x41)], [UPPER]],
  ] as const)('%s is lower-cased in its names only', (type, before, names) => {
    const rdata = concatBytes(...before, ...names);
    expect(toHex(canonicalRdata(RRTYPE[type], rdata))).toBe(toHex(concatBytes(...before, ...names.map(() => LOWER))));
  });

  test('SOA keeps its numbers', () => {
    const numbers = new Uint8Array(20).fill(0x41);
    expect(canonicalRdata(RRTYPE.SOA, concatBytes(UPPER, UPPER, numbers))).toEqual(concatBytes(LOWER, LOWER, numbers));
  });

  test.each([['NSEC', UPPER], ['TLSA', octets(3, 1, 1, 0x41)], ['SVCB', concatBytes(octets(0, 1), UPPER)], ['HINFO', octets(1, 0x41, 1, 0x42)], ['TXT', octets(1, 0x41)], ['DS', BIG]] as const)(
    '%s is left alone', (type, rdata) => expect(canonicalRdata(RRTYPE[type], rdata)).toEqual(rdata));

  test('RFC 3597 §7: so is an unknown type', () => expect(canonicalRdata(65_280, UPPER)).toEqual(UPPER));

  test.each([
    ['MX without a name', RRTYPE.MX, BIG], ['MX that ends in a label', RRTYPE.MX, concatBytes(BIG, UPPER.subarray(0, 7))],
    ['PX with one name', RRTYPE.PX, concatBytes(BIG, UPPER)], ['NS with a pointer', RRTYPE.NS, octets(1, 0x41, 0xc0, 0)], ['empty', RRTYPE.SOA, octets()],
    ['NAPTR with a string past the end', RRTYPE.NAPTR, concatBytes(BIG, BIG, octets(200, 0x41))], ['A6 of no prefix', RRTYPE.A6, octets(0, 0x41)],
  ] as const)('malformed RDATA stays as it is: %s', (_, type, rdata) => expect(canonicalRdata(type, rdata)).toEqual(rdata));
});

describe('RFC 4034 §6.3: order', () => {
  test('unsigned octets, the shorter first', () => {
    const rdatas = [octets(0x80), octets(1, 2, 3), octets(), octets(1, 2), octets(0x7f, 0xff), octets(1, 3)];
    expect(canonicalRdatas(RRTYPE.TXT, rdatas).map(toHex)).toEqual(['', '0102', '010203', '0103', '7fff', '80']);
  });
  test('duplicates are dropped, also those that differ in the case of a name only', () => {
    expect(canonicalRdatas(RRTYPE.NS, [UPPER, LOWER, parseName('a.'), UPPER])).toEqual([parseName('a.'), LOWER]);
    expect(canonicalRdatas(RRTYPE.TXT, [octets(1, 0x41), octets(1, 0x61)])).toHaveLength(2);
  });
  test('the order is that of the canonical form, not of what came', () => {
    expect(canonicalRdatas(RRTYPE.NS, [parseName('Z.'), parseName('a.')])).toEqual([parseName('a.'), parseName('z.')]);
  });
});
