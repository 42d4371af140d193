import { describe, expect, test } from 'vitest';
import { fromHex } from '../../core/base/bytes.ts';
import { ipv6Text } from '../../core/dns/classify.ts';
import { rdataText, recordText } from '../../core/dns/presentation.ts';
import { rrtypeName, rrtypeNumber } from '../../core/dns/rrtype.ts';
import { readRootHints, readZoneFile } from '../../core/dns/zone-file.ts';

function only(line: string) {
  const read = readZoneFile(line);
  if (!read.ok) throw new Error(read.failure.text);
  const [record] = read.value;
  if (record === undefined) throw new Error('no record');
  return record;
}

describe('a record to text and back', () => {
  test.each([
    'example.org. 3600 IN A 192.0.2.1',
    'example.org. 3600 IN AAAA 2001:db8::1',
    'example.org. 3600 IN NS ns1.example.org.',
    'a.example.org. 60 IN CNAME b.example.org.',
    'example.org. 60 IN DNAME example.net.',
    'example.org. 3600 IN SOA ns1.example.org. hostmaster.example.org. 2026112401 7200 3600 1209600 300',
    'example.org. 3600 IN MX 0 .',
    'example.org. 3600 IN TXT "v=spf1 -all" "a\\"b\\\\c\\007"',
    '_submissions._tcp.example.org. 3600 IN SRV 0 1 465 mx1.example.org.',
    '_25._tcp.mx1.example.org. 3600 IN TLSA 3 1 1 0123456789abcdef',
    'example.org. 3600 IN DS 20326 8 2 e06d44b80b8f1d39',
    'example.org. 3600 IN DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==',
    'example.org. 3600 IN RRSIG MX 13 2 3600 20261224000000 20261124000000 4711 example.org. AAEC',
    'example.org. 300 IN NSEC a\\.b.example.org. NS SOA MX RRSIG NSEC DNSKEY TYPE65280',
    '0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example.org. 300 IN NSEC3 1 1 12 AABBCCDD 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX RRSIG',
    'example.org. 0 IN NSEC3PARAM 1 0 0 -',
    'example.org. 60 IN TYPE65280 \\# 3 010203',
    'example.org. 60 IN CAA \\# 0',
  ])('%s', (line) => {
    expect(recordText(only(line))).toBe(line);
  });

  test('RDATA that does not fit its type is written as unknown (RFC 3597 §5)', () => {
    expect(rdataText(1, fromHex('c00002'))).toBe('\\# 3 c00002');
    expect(rdataText(15, fromHex('000a'))).toBe('\\# 2 000a');
    expect(rdataText(47, fromHex('0000ff'))).toBe('\\# 3 0000ff');
  });

  test('an IPv6 address has its longest run of zeros shortened, and never a single field (RFC 5952 §4)', () => {
    expect(ipv6Text(fromHex('20010db8000000000001000000000001'))).toBe('2001:db8::1:0:0:1');
    expect(ipv6Text(fromHex('20010db8000000010001000100010001'))).toBe('2001:db8:0:1:1:1:1:1');
    expect(ipv6Text(new Uint8Array(16))).toBe('::');
  });

  test('types by mnemonic and by number (RFC 3597 §5)', () => {
    expect([rrtypeNumber('tlsa'), rrtypeNumber('TYPE52'), rrtypeNumber('TYPE65536'), rrtypeNumber('NOPE')]).toEqual([52, 52, null, null]);
    expect([rrtypeName(52), rrtypeName(4711)]).toEqual(['TLSA', 'TYPE4711']);
  });
});

describe('a file', () => {
  test('comments, parentheses, origin, default TTL, relative names and an owner that is left out (RFC 1035 §5.1)', () => {
    const read = readZoneFile(`
$ORIGIN example.org.
$TTL 1h
@  IN SOA ns1 hostmaster ( 1 ; serial
      2h 30m
      2w 5m )
   IN NS ns1
ns1 60 A 192.0.2.1 ; an address
"quoted" IN 5 TXT "a;b" c
`.replace('2h 30m\n      2w 5m', '7200 1800 1209600 300'));
    expect(read.ok && read.value.map(recordText)).toEqual([
      'example.org. 3600 IN SOA ns1.example.org. hostmaster.example.org. 1 7200 1800 1209600 300',
      'example.org. 3600 IN NS ns1.example.org.',
      'ns1.example.org. 60 IN A 192.0.2.1',
      'quoted.example.org. 5 IN TXT "a;b" "c"',
    ]);
  });

  test.each([
    ['a. A 192.0.2.256', 1, 'no address'],
    ['\n\na. BOGUS 1', 3, 'no RR type'],
    ['a. MX 10', 1, 'a field is missing'],
    ['a. A 192.0.2.1 2', 1, 'one field too many'],
    [' A 192.0.2.1', 1, 'no owner name'],
    ['$INCLUDE /etc/passwd', 1, 'not supported'],
    ['a. TLSA 3 1 1 abc', 1, 'hex digits'],
    ['a. TXT \\# 4 00', 1, '1 octets follow'],
  ])('%j is refused with its line', (text, line, what) => {
    const read = readZoneFile(text);
    expect(read.ok ? null : read.failure).toMatchObject({ line, text: expect.stringContaining(what) });
  });

  test('root hints are the addresses of the root\'s servers, and of nobody else', () => {
    const read = readRootHints('. 3600000 NS A.ROOT.EXAMPLE.\nA.ROOT.EXAMPLE. 3600000 A 192.0.2.1\nA.ROOT.EXAMPLE. 3600000 AAAA 2001:db8::1\nb.example. A 192.0.2.2');
    expect(read.ok && read.value).toEqual([{ name: 'A.ROOT.EXAMPLE', address: '192.0.2.1', port: 53 }, { name: 'A.ROOT.EXAMPLE', address: '2001:db8::1', port: 53 }]);
    expect(readRootHints('a. A 192.0.2.1').ok).toBe(false);
  });
});
