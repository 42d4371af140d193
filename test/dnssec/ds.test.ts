import { describe, expect, test } from 'vitest';
import { parseName } from '../../core/dns/name.ts';
import { type Dnskey, isUsableKey, keyTag, parseDnskey } from '../../core/dnssec/dnskey.ts';
import { type DigestOutcome, type Ds, checkDigests, parseDs } from '../../core/dnssec/ds.ts';
import { DEFAULT_VALIDATION_POLICY, type ValidationPolicy } from '../../core/dnssec/policy.ts';
import { WorkCounter } from '../../core/dnssec/work.ts';
import { KEY_SIGNING_KEY, dsRdata, makeKey, withFlags } from './signing-key.ts';

const ZONE = parseName('child.example.');
const KEY = makeKey(13, KEY_SIGNING_KEY);
const OTHER = makeKey(13, KEY_SIGNING_KEY);

const ds = (rdata: Uint8Array): Ds => parseDs(rdata) as Ds;

/** With fields of the genuine DS changed. */
function altered(changes: { readonly algorithm?: number; readonly digestType?: number; readonly broken?: boolean }, digestType = 2): Ds {
  const rdata = dsRdata(ZONE, KEY.dnskey, digestType);
  if (changes.algorithm !== undefined) rdata[2] = changes.algorithm;
  if (changes.digestType !== undefined) rdata[3] = changes.digestType;
  if (changes.broken === true) rdata[20] = (rdata[20] as number) ^ 1;
  return ds(rdata);
}

function outcome(records: readonly Ds[], keys: readonly Dnskey[] = [OTHER.dnskey, KEY.dnskey], policy: ValidationPolicy = DEFAULT_VALIDATION_POLICY): DigestOutcome {
  return checkDigests({ zone: ZONE, ds: records, keys, policy, work: new WorkCounter(policy) });
}

const results = (records: readonly Ds[], keys?: readonly Dnskey[]): string[] => outcome(records, keys).checks.map(({ result }) => result);

describe('RFC 4035 §5.2 DS against DNSKEY', () => {
  test.each([1, 2, 4])('a DS of digest type %i vouches for its key alone', (digestType) => {
    expect(outcome([altered({}, digestType)])).toMatchObject({ result: 'vouched', vouched: [KEY.dnskey], cause: null });
  });
  test('a broken digest makes the zone bogus', () => {
    expect(outcome([altered({ broken: true })])).toMatchObject({ result: 'bogus', cause: { code: 'dnskey-not-vouched', keyTags: [KEY.dnskey.keyTag] } });
  });
  test('a digest cut short does not match', () => expect(results([ds(dsRdata(ZONE, KEY.dnskey).subarray(0, 20))])).toEqual(['mismatch']));
  test('one good DS beside broken ones is enough', () => {
    expect(outcome([altered({ broken: true }), altered({}), altered({ broken: true }, 4)]).result).toBe('vouched');
  });
  test('a DS for a key that is not published', () => expect(results([altered({})], [OTHER.dnskey])).toEqual(['no-such-dnskey']));
  test('no DNSKEY at all', () => expect(outcome([altered({})], [])).toMatchObject({ result: 'bogus', cause: { code: 'dnskey-missing' } }));
  test('the digest is over the owner, so another zone does not match', () => {
    expect(results([ds(dsRdata(parseName('other.example.'), KEY.dnskey))])).toEqual(['mismatch']);
  });
});

describe('unsupported is insecure, never bogus (RFC 4035 §5.2, RFC 6840 §5.2)', () => {
  test('unknown digests only', () => {
    expect(outcome([altered({ digestType: 99 }), altered({ digestType: 3 })])).toMatchObject({ result: 'insecure', cause: { code: 'digest-unsupported', digestTypes: [99, 3] } });
  });
  test('unknown algorithms only', () => {
    expect(outcome([altered({ algorithm: 12 })])).toMatchObject({ result: 'insecure', cause: { code: 'algorithm-unsupported', algorithms: [12] } });
  });
  test('RFC 9905 §2: RSASHA1 only', () => {
    expect(outcome([altered({ algorithm: 7 })])).toMatchObject({ result: 'insecure', cause: { code: 'algorithm-not-allowed', algorithms: [7] } });
  });
  test('an unknown one beside a broken one stays bogus', () => expect(outcome([altered({ digestType: 99 }), altered({ broken: true })]).result).toBe('bogus'));
  test('an unknown one beside a good one does no harm', () => expect(outcome([altered({ algorithm: 200 }), altered({})]).result).toBe('vouched'));
});

describe('RFC 4509 §3 SHA-1 beside a stronger digest', () => {
  test('is ignored, so that a good SHA-1 does not save a broken SHA-256', () => {
    expect(results([altered({}, 1), altered({ broken: true })])).toEqual(['not-allowed', 'mismatch']);
    expect(outcome([altered({}, 1), altered({ broken: true })]).result).toBe('bogus');
  });
  test('counts where the stronger one is of an unsupported algorithm', () => {
    expect(outcome([altered({}, 1), altered({ algorithm: 12 })]).result).toBe('vouched');
  });
});

describe('keys that vouch for nothing', () => {
  test.each([
    ['RFC 5011 §2.1: revoked', withFlags(KEY, 0x0181)],
    ['RFC 4034 §2.1.1: no zone key', withFlags(KEY, 0x0001)],
  ])('%s', (_, key) => {
    expect(isUsableKey(key.dnskey)).toBe(false);
    expect(results([ds(dsRdata(ZONE, key.dnskey))], [key.dnskey])).toEqual(['key-not-usable']);
  });
  test('RFC 4034 §2.1.2: a protocol other than 3', () => {
    const key = makeKey(13, KEY_SIGNING_KEY, 4);
    expect(results([ds(dsRdata(ZONE, key.dnskey))], [key.dnskey])).toEqual(['key-not-usable']);
  });
  test('RFC 6840 §6.2: SEP is only a hint', () => {
    const key = withFlags(KEY, 0x0100);
    expect(results([ds(dsRdata(ZONE, key.dnskey))], [key.dnskey])).toEqual(['match']);
  });
});

describe('RFC 4034 §B key tags', () => {
  test('REVOKE changes the tag by 128, with carry', () => {
    expect(withFlags(KEY, 0x0181).dnskey.keyTag).toBe((KEY.dnskey.keyTag + 128 + (KEY.dnskey.keyTag + 128 > 0xffff ? 1 : 0)) & 0xffff);
  });
  test('§B.1: algorithm 1 takes octets of the modulus', () => {
    expect(keyTag(Uint8Array.of(1, 0, 3, 1, 1, 3, 0xaa, 0x12, 0x34, 0x56))).toBe(0x1234);
    expect(keyTag(Uint8Array.of(1, 0, 3, 1))).toBe(0);
  });
  test('RDATA without room for the fixed fields is no key', () => expect(parseDnskey(Uint8Array.of(1, 0, 3))).toBeNull());
  test('a DS without a digest is none', () => expect(parseDs(Uint8Array.of(1, 2, 8, 2))).toBeNull());
  test('of two keys with one tag the right one is found', () => {
    const [twin] = collidingKeys(KEY.dnskey);
    expect(outcome([altered({})], [twin, KEY.dnskey])).toMatchObject({ result: 'vouched', vouched: [KEY.dnskey] });
  });
});

/** Keys of another content with the tag of `key`: two 16-bit words of the key field exchanged. */
function collidingKeys(key: Dnskey): readonly [Dnskey] {
  const rdata = Uint8Array.from(key.rdata);
  rdata.set(key.rdata.subarray(6, 8), 4);
  rdata.set(key.rdata.subarray(4, 6), 6);
  return [parseDnskey(rdata) as Dnskey];
}

test('CVE-2023-50387: a flood of DS records over colliding keys ends at the limit of digests', () => {
  const policy = { ...DEFAULT_VALIDATION_POLICY, maximumDigests: 20 };
  const work = new WorkCounter(policy);
  const twins = Array.from({ length: 8 }, () => collidingKeys(KEY.dnskey)[0]);
  const flood = Array.from({ length: 50 }, () => altered({ broken: true }));
  const { result, cause, checks } = checkDigests({ zone: ZONE, ds: flood, keys: twins, policy, work });
  expect([result, cause?.code, work.spent('digest')]).toEqual(['bogus', 'work-limit-digests', 20]);
  expect(checks.at(-1)?.result).toBe('work-limit');
});
