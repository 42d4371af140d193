/** Server cookies of the lab against the test vectors of RFC 9018 appendix A, and the rules of §4.3. */
import { describe, expect, test } from 'vitest';
import { concatBytes, fromHex, toHex } from '../../core/base/bytes.ts';
import { cookieFor, serverCookie } from '../../lab/dns/server-cookie.ts';
import { sipHash } from '../../lab/dns/siphash.ts';

const SECRET = fromHex('e5e973e5a6b2a43f48e7dc849e37bfcf');
const IPV4 = '198.51.100.100';
const LEARNED = '2464c4abcf10c957010000005cf79f111f8130c3eee29480';

const answer = (option: string, now: number, address = IPV4, secret = SECRET): string | null => {
  const cookie = cookieFor({ secret, now: () => now }, fromHex(option), address);
  return cookie === null ? null : toHex(cookie);
};

test('SipHash-2-4 of 0, 1, ... 14 under the key 0, 1, ... 15 (Aumasson and Bernstein 2012, appendix A)', () => {
  const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index);
  expect(toHex(sipHash(counting(16), counting(15)))).toBe('e545be4961ca29a1');
});

describe('RFC 9018 appendix A', () => {
  test('A.1: a new cookie', () => {
    expect(answer('2464c4abcf10c957', 1_559_731_985)).toBe(LEARNED);
  });

  test('A.2: the same client, 40 minutes later', () => {
    expect(answer(LEARNED, 1_559_734_385)).toBe('2464c4abcf10c957010000005cf7a871d4a564a1442aca77');
  });

  test('A.3: another client, whose cookie has reserved octets set', () => {
    expect(answer('fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5', 1_559_734_700, '203.0.113.203')).toBe('fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e');
  });

  test('A.4: IPv6, a cookie under the secret before', () => {
    expect(answer('22681ab97d52c298010000005cf7c57926556bd0934c72f8', 1_559_741_961, '2001:db8:220:1:59de:d0f4:8769:82b8', fromHex('445536bcd2513298075a5d379663c962')))
      .toBe('22681ab97d52c298010000005cf7c609a6bb79d16625507a');
  });
});

describe('RFC 9018 §4.3', () => {
  test('a good cookie may come back for half an hour, and not longer', () => {
    expect(answer(LEARNED, 1_559_731_985 + 1800)).toBe(LEARNED);
    expect(answer(LEARNED, 1_559_731_985 + 1801)).not.toBe(LEARNED);
  });

  test('one from more than five minutes ahead is replaced, and so is one of another address', () => {
    expect(answer(LEARNED, 1_559_731_985 - 300)).toBe(LEARNED);
    expect(answer(LEARNED, 1_559_731_985 - 301)).not.toBe(LEARNED);
    expect(answer(LEARNED, 1_559_731_985, '198.51.100.101')).not.toBe(LEARNED);
  });

  test('§4.2: set reserved octets are hashed as they came', () => {
    const client = fromHex('fc93fc62807ddb86');
    const set = 'fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5';
    expect(answer(set, 1_559_727_985, '203.0.113.203')).toBe(set);
    expect(toHex(concatBytes(client, serverCookie({ secret: SECRET, client, timestamp: 1_559_727_985, clientAddress: '203.0.113.203' })))).not.toBe(set);
  });
});

test.each([0, 7, 9, 15, 41])('RFC 7873 §5.2.2: %i octets are no cookie', (length) => {
  expect(answer('00'.repeat(length), 1_559_731_985)).toBeNull();
});
