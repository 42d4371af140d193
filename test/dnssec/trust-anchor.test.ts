import { describe, expect, test } from 'vitest';
import { toBase64, toHex } from '../../core/base/bytes.ts';
import { nameText, parseName } from '../../core/dns/name.ts';
import { ROOT_HINTS } from '../../core/dns/root-hints.ts';
import { DEFAULT_VALIDATION_POLICY } from '../../core/dnssec/policy.ts';
import { readTrustAnchors } from '../../core/dnssec/trust-anchor-file.ts';
import { ROOT_TRUST_ANCHORS, type TrustAnchor, anchorFacts, checkAnchors, closestAnchors, trustAnchor } from '../../core/dnssec/trust-anchor.ts';
import { WorkCounter } from '../../core/dnssec/work.ts';
import { KEY_SIGNING_KEY, type SigningKey, dsRdata, makeKey, withFlags } from './signing-key.ts';

const anchorsOf = (text: string): readonly TrustAnchor[] => {
  const read = readTrustAnchors(text, 'anchors.txt');
  if (!read.ok) throw new Error(read.failure.text);
  return read.value;
};

describe('the root keys that ship', () => {
  test('both keys of the roll, with their dates', () => {
    expect(anchorFacts(ROOT_TRUST_ANCHORS)).toEqual([
      { kind: 'DS', keyTag: 20326, algorithm: 8, source: 'built-in', label: 'KSK-2017', since: '2017-07-11' },
      { kind: 'DS', keyTag: 38696, algorithm: 8, source: 'built-in', label: 'KSK-2024', since: '2025-01-11' },
    ]);
  });
  test('are what the same records read from a file give', () => {
    const read = anchorsOf(`. IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D ; KSK-2017
.  172800  IN  DS  38696 8 2 ( 683D2D0ACB8C9B712A1948B27F741219298D0A450D61
      2C483AF444A4C0FB2B16 )  ; KSK-2024`);
    expect(read.map(({ rdata, label }) => [toHex(rdata), label])).toEqual(ROOT_TRUST_ANCHORS.map(({ rdata, label }) => [toHex(rdata), label]));
  });
});

describe('RFC 6840 §5.10: the closest anchor', () => {
  const anchors = anchorsOf(`. DS 1 8 2 ${'00'.repeat(32)}
    example. DS 2 8 2 ${'00'.repeat(32)}
    Example. DS 3 8 2 ${'00'.repeat(32)}
    sub.example. DS 4 8 2 ${'00'.repeat(32)}`);
  test.each([['.', [1]], ['other.', [1]], ['notexample.', [1]], ['example.', [2, 3]], ['a.EXAMPLE.', [2, 3]], ['x.sub.example.', [4]]])('above %s', (name, tags) => {
    expect(closestAnchors(anchors, parseName(name)).map(({ keyTag }) => keyTag)).toEqual(tags);
  });
  test('none above', () => expect(closestAnchors(anchors.slice(1), parseName('other.'))).toEqual([]));
});

describe('what anchors vouch for', () => {
  const zone = parseName('example.');
  const [first, second] = [makeKey(13, KEY_SIGNING_KEY), makeKey(13, KEY_SIGNING_KEY)];
  const dsAnchor = (key: SigningKey): TrustAnchor => trustAnchor(zone, 'DS', dsRdata(zone, key.dnskey), 'test') as TrustAnchor;
  const keyAnchor = (key: SigningKey): TrustAnchor => trustAnchor(zone, 'DNSKEY', key.dnskey.rdata, 'test') as TrustAnchor;
  const outcome = (anchors: readonly TrustAnchor[], keys: readonly SigningKey[]): ReturnType<typeof checkAnchors> =>
    checkAnchors({ anchors, keys: keys.map(({ dnskey }) => dnskey), policy: DEFAULT_VALIDATION_POLICY, work: new WorkCounter(DEFAULT_VALIDATION_POLICY) });

  test('any one of several suffices, DS or DNSKEY', () => {
    expect(outcome([dsAnchor(first), keyAnchor(second)], [second]).vouched).toEqual([second.dnskey]);
    expect(outcome([dsAnchor(first), keyAnchor(second)], [first]).vouched).toEqual([first.dnskey]);
    expect(outcome([keyAnchor(first), dsAnchor(first)], [first]).vouched).toEqual([first.dnskey]);
  });
  test('none of them published is bogus', () => {
    expect(outcome([keyAnchor(first)], [second])).toMatchObject({ result: 'bogus', cause: { code: 'dnskey-not-vouched' } });
    expect(outcome([keyAnchor(first)], [])).toMatchObject({ result: 'bogus', cause: { code: 'dnskey-missing' } });
    expect(outcome([dsAnchor(first), keyAnchor(first)], [second]).result).toBe('bogus');
  });
  test('an anchor of an unsupported algorithm beside none is insecure', () => {
    const rdata = Uint8Array.from(first.dnskey.rdata);
    rdata[3] = 12;
    expect(outcome([trustAnchor(zone, 'DNSKEY', rdata, 'test') as TrustAnchor], [first])).toMatchObject({ result: 'insecure', cause: { code: 'algorithm-unsupported', algorithms: [12] } });
    expect(outcome([trustAnchor(zone, 'DNSKEY', rdata, 'test') as TrustAnchor, dsAnchor(first)], [first]).result).toBe('vouched');
  });
  test('RFC 5011 §2.1: a key that was revoked is no longer what the anchor names', () => {
    const revoked = withFlags(first, 0x0181);
    expect(outcome([keyAnchor(first)], [revoked]).result).toBe('bogus');
    expect(outcome([keyAnchor(revoked)], [revoked]).checks.map(({ result }) => result)).toEqual(['key-not-usable']);
  });
});

describe('reading anchors', () => {
  const KEY = toBase64(makeKey(13, KEY_SIGNING_KEY).dnskey.publicKey);
  test('DNSKEY in the form that other validators write, comments and all', () => {
    const [anchor, ...rest] = anchorsOf(`; autotrust trust anchor file
;;id: . 1
.\t86400\tIN\tDNSKEY\t257 3 13 ${KEY} ;{id = 20326 (ksk), size = 2048b} ;;state=2 [  VALID  ]\r\n\r\n`);
    expect([anchor?.kind, anchor?.algorithm, anchor?.source, rest.length]).toEqual(['DNSKEY', 13, 'anchors.txt', 0]);
  });
  test.each([
    ['nothing', '; only a comment', 0, /no DS or DNSKEY record/],
    ['another type', '. IN A 192.0.2.1', 1, /no DS or DNSKEY record/],
    ['no owner', '\n  IN DS 20326 8 2 00', 2, /no owner name/],
    ['a bad owner', 'a..b. IN DS 1 8 2 00', 1, /empty label/],
    ['a digest of the wrong length', '\n\n. DS 20326 8 2 E06D44', 3, /64 hexadecimal digits, this one 6/],
    ['a digest that is no hex', '. DS 20326 8 9 XY', 1, /no hexadecimal text/],
    ['a key tag that is no number', '. DS tag 8 2 00', 1, /as numbers/],
    ['a key tag too large', '. DS 70000 8 2 00', 1, /as numbers/],
    ['a key that is no base64', '. DNSKEY 257 3 8 ***', 1, /no base64/],
    ['no zone key', `. DNSKEY 1 3 13 ${KEY}`, 1, /Zone Key flag/],
    ['a revoked key', `. DNSKEY 385 3 13 ${KEY}`, 1, /revoked/],
    ['an open parenthesis', '\n. DS 20326 8 2 (\n E06D', 2, /parenthesis/],
    ['control characters', '. IN \u001b[2J\u0007', 1, /\\x1b/],
  ])('%s is told with its line and an example', (_, text, line, message) => {
    const read = readTrustAnchors(text, 'anchors.txt');
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.failure.line).toBe(line);
    expect(read.failure.text).toMatch(message);
    expect(read.failure.text).toContain('example: . IN DS 20326');
  });
  test('size and number are bounded', () => {
    expect(readTrustAnchors(';'.repeat(1_000_001), 'x').ok).toBe(false);
    expect(readTrustAnchors(`. DS 1 8 2 ${'00'.repeat(32)}\n`.repeat(1001), 'x').ok).toBe(false);
  });
});

test('RFC 8109 §2: thirteen root servers with both addresses each', () => {
  expect(ROOT_HINTS.map(({ name }) => nameText(name))).toEqual('abcdefghijklm'.split('').map((letter) => `${letter}.root-servers.net`));
  expect(new Set(ROOT_HINTS.flatMap(({ addresses }) => addresses)).size).toBe(26);
  for (const { addresses: [ipv4 = '', ipv6 = ''] } of ROOT_HINTS) expect([/^\d+(\.\d+){3}$/.test(ipv4), ipv6.startsWith('2')]).toEqual([true, true]);
});
