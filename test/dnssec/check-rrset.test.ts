import { describe, expect, test } from 'vitest';
import { concatBytes } from '../../core/base/bytes.ts';
import { nameText, parseName } from '../../core/dns/name.ts';
import type { RRset } from '../../core/dns/record.ts';
import { RRTYPE } from '../../core/dns/rrtype.ts';
import { type RRsetCheck, type RRsetQuestion, checkRRset } from '../../core/dnssec/check-rrset.ts';
import { type Dnskey, parseDnskey } from '../../core/dnssec/dnskey.ts';
import { DEFAULT_VALIDATION_POLICY } from '../../core/dnssec/policy.ts';
import { parseRrsig, serialDistance } from '../../core/dnssec/rrsig.ts';
import { WorkCounter } from '../../core/dnssec/work.ts';
import { KEY_SIGNING_KEY, type SignatureFields, type SigningKey, makeKey, signRRset, withFlags } from './signing-key.ts';
import { readRRset } from './zone-text.ts';

const ZONE = parseName('example.');
const NOW = 1_800_000_000;
const KEY = makeKey(13);
const OTHER = makeKey(13);
const MX = readRRset(`mail.example. 3600 IN MX 10 a.example.
  mail.example. 3600 IN MX 20 b.example.`);
const HOUR = 3600;
const WINDOW = { zone: ZONE, inception: NOW - HOUR, expiration: NOW + HOUR };

const signed = (fields: Partial<SignatureFields> = {}, rrset: RRset = MX, key: SigningKey = KEY): RRset =>
  ({ ...rrset, signatures: [...rrset.signatures, signRRset(rrset, key, { ...WINDOW, ...fields })] });

function check(rrset: RRset, changes: Partial<RRsetQuestion> = {}): RRsetCheck {
  const policy = changes.policy ?? DEFAULT_VALIDATION_POLICY;
  return checkRRset({ rrset, keys: [OTHER.dnskey, KEY.dnskey], zone: ZONE, now: NOW, policy, work: new WorkCounter(policy), ...changes });
}

const results = (outcome: RRsetCheck): string[] => outcome.checks.map(({ result }) => result);

describe('RFC 4035 §5.3.1', () => {
  test.each([8, 10, 13, 14, 15, 16])('a signature of algorithm %i is valid', (algorithm) => {
    const key = makeKey(algorithm);
    expect(check(signed({}, MX, key), { keys: [key.dnskey] })).toMatchObject({ result: 'valid', wildcard: null, validUntil: NOW + HOUR, ttl: HOUR });
  });
  test('no signature at all is bogus, not insecure', () => expect(check(MX)).toMatchObject({ result: 'bogus', cause: { code: 'signature-missing' } }));
  test('the signer is the zone: no ancestor, child or stranger', () => {
    for (const signer of ['.', 'mail.example.', 'stranger.', 'xample.']) {
      const outcome = check(signed({ zone: parseName(signer) }));
      expect([signer, results(outcome), outcome.cause?.code]).toEqual([signer, ['signer-not-zone'], 'signature-signer']);
    }
  });
  test('the owner lies in the zone', () => {
    const outside = { ...MX, owner: parseName('mail.elsewhere.') };
    expect(results(check(signed({}, outside)))).toEqual(['signer-not-zone']);
  });
  test('the signer is compared without regard to case and signed in lower case', () => {
    const rrset = signed();
    const rdata = Uint8Array.from(rrset.signatures[0] as Uint8Array);
    rdata.set(parseName('EXAMPLE.'), 18);
    expect(check({ ...rrset, owner: parseName('MAIL.example.'), signatures: [rdata] }).result).toBe('valid');
  });
  test('type covered', () => expect(results(check(signed({ typeCovered: RRTYPE.A })))).toEqual(['malformed']));
  test('more labels than the owner has', () => {
    expect(check(signed({ labels: 3 }))).toMatchObject({ result: 'bogus', cause: { code: 'signature-labels', labels: 3 } });
  });
  test('so few labels that the source of synthesis lies above the zone', () => expect(results(check(signed({ labels: 0 })))).toEqual(['bad-labels']));
  test('key tag or algorithm of no key', () => {
    expect(results(check(signed({ keyTag: KEY.dnskey.keyTag ^ 1 })))).toEqual(['no-such-dnskey']);
    expect(check(signed({ algorithm: 8 })).cause).toMatchObject({ code: 'signature-key-missing', algorithm: 8 });
    expect(results(check(signed({ algorithm: 12 })))).toEqual(['unknown-algorithm']);
  });
});

describe('RFC 4034 §3.1.5, RFC 1982: times', () => {
  const at = (inception: number, expiration: number, now: number): RRsetCheck => check(signed({ inception, expiration }), { now });

  test('both ends belong to the period', () => {
    expect([at(NOW, NOW + 5, NOW), at(NOW - 5, NOW, NOW), at(NOW, NOW, NOW)].map(({ result }) => result)).toEqual(['valid', 'valid', 'valid']);
  });
  test('a second past either end is not', () => {
    expect(at(NOW - 9, NOW - 1, NOW).cause).toMatchObject({ code: 'signature-expired', seconds: 1 });
    expect(at(NOW + 1, NOW + 9, NOW).cause).toMatchObject({ code: 'signature-not-yet-valid', seconds: 1 });
  });
  test('serial numbers wrap in 2106, and 2038 is no border', () => {
    expect([at(2 ** 31 - 10, 2 ** 31 + 10, 2 ** 31), at(2 ** 32 - 10, 2 ** 32 + 10, 2 ** 32 + 5)].map(({ result, validUntil }) => [result, validUntil])).toEqual([
      ['valid', 2 ** 31 + 10], ['valid', 2 ** 32 + 10]]);
    expect(serialDistance(0xffff_fff0, 0x10)).toBe(0x20);
  });
  test('inception after expiration is never valid', () => {
    expect([NOW - 20, NOW, NOW + 20].map((now) => at(NOW + 10, NOW - 10, now).result)).toEqual(['bogus', 'bogus', 'bogus']);
  });
  test('skew is tolerated only where policy says so', () => {
    const policy = { ...DEFAULT_VALIDATION_POLICY, clockSkewSeconds: 10 };
    expect([10, 11].map((late) => check(signed({ expiration: NOW - late, inception: NOW - 99 }), { policy }).result)).toEqual(['valid', 'bogus']);
  });
});

describe('RFC 4035 §5.3.2 and §5.3.3', () => {
  test('the original TTL is signed, and caps the received one', () => {
    const rrset = signed();
    expect(check({ ...rrset, ttl: 60 })).toMatchObject({ result: 'valid', ttl: 60 });
    expect(check({ ...rrset, ttl: 86_400 })).toMatchObject({ result: 'valid', ttl: 3600 });
    expect(check(signed({ expiration: NOW + 7 })).ttl).toBe(7);
    expect(check(signed({ originalTtl: 30 }, { ...MX, ttl: 3600 })).ttl).toBe(30);
  });
  test('order and duplicates of what came do not matter', () => {
    const rrset = signed();
    expect(check({ ...rrset, rdatas: [...rrset.rdatas, ...rrset.rdatas].reverse() }).result).toBe('valid');
  });
  test('a record too many, too few or altered does', () => {
    const rrset = signed();
    const [first] = rrset.rdatas;
    const more = concatBytes(Uint8Array.of(0, 30), parseName('c.example.'));
    for (const rdatas of [[first as Uint8Array], [...rrset.rdatas, more], [first as Uint8Array, more]]) expect(check({ ...rrset, rdatas }).cause?.code).toBe('signature-invalid');
  });
  test('class is signed too', () => expect(check({ ...signed(), class: 3 }).result).toBe('bogus'));
});

describe('RFC 4035 §5.3.4: wildcards', () => {
  const star = readRRset('*.example. 3600 IN A 192.0.2.1');

  test('an expanded owner gives its source of synthesis', () => {
    const expanded = { ...signed({}, star), owner: parseName('a.b.example.') };
    const outcome = check(expanded);
    expect([outcome.result, outcome.wildcard === null ? null : nameText(outcome.wildcard)]).toEqual(['valid', '*.example']);
    expect(outcome.checks[0]?.wildcard).toBe('*.example');
  });
  test('RFC 4034 §3.1.3: the literal wildcard name is no expansion', () => {
    expect(check(signed({}, star))).toMatchObject({ result: 'valid', wildcard: null });
  });
  test('a wildcard below another is an expansion of it', () => {
    const expanded = { ...signed({}, star), owner: parseName('*.b.example.') };
    expect(nameText(check(expanded).wildcard ?? ZONE)).toBe('*.example');
  });
  test('a source of synthesis cannot be moved', () => {
    const deep = signed({}, readRRset('*.b.example. 3600 IN A 192.0.2.1'));
    expect(check({ ...deep, owner: parseName('x.example.') }).result).toBe('bogus');
  });
});

describe('several signatures and keys', () => {
  const broken = (rrset: RRset): RRset => {
    const rdata = Uint8Array.from(rrset.signatures[0] as Uint8Array);
    rdata[rdata.length - 1] = (rdata.at(-1) as number) ^ 1;
    return { ...rrset, signatures: [rdata] };
  };

  test('RFC 6840 §5.4: one valid signature is enough, and the others are told', () => {
    const rrset = { ...MX, signatures: [...broken(signed()).signatures, ...signed({ expiration: NOW - 5, inception: NOW - 9 }).signatures, Uint8Array.of(1), ...signed().signatures] };
    expect(check(rrset)).toMatchObject({ result: 'valid', cause: null });
    expect(results(check(rrset))).toEqual(['bad-signature', 'expired', 'malformed', 'valid']);
  });
  test('RFC 6840 §5.12: signatures of unknown keys and algorithms do no harm', () => {
    const rrset = { ...MX, signatures: [...signed({ algorithm: 200 }).signatures, ...signed({ keyTag: 1 }).signatures, ...signed().signatures] };
    expect(results(check(rrset))).toEqual(['unknown-algorithm', 'no-such-dnskey', 'valid']);
  });
  test('policy can stop at the first valid one', () => {
    const rrset = { ...MX, signatures: [...signed().signatures, ...broken(signed()).signatures] };
    expect(results(check(rrset))).toEqual(['valid', 'bad-signature']);
    expect(results(check(rrset, { policy: { ...DEFAULT_VALIDATION_POLICY, checkEverySignature: false } }))).toEqual(['valid']);
  });
  test('an empty or odd signature field is bogus, not absent', () => {
    const rdata = signed().signatures[0] as Uint8Array;
    for (const length of [18 + 9, 18 + 10, 18 + 9 + 63]) {
      expect(results(check({ ...MX, signatures: [rdata.subarray(0, length)] }))).toEqual(['bad-signature']);
    }
    expect(parseRrsig(rdata.subarray(0, 18))).toBeNull();
    expect(check({ ...MX, signatures: [rdata.subarray(0, 20)] })).toMatchObject({ result: 'bogus', cause: { code: 'signature-malformed' } });
  });
  test('RFC 4034 §B: every key of a tag is tried', () => {
    const twins = collidingKeys(KEY.dnskey, 3);
    expect(results(check(signed(), { keys: [...twins, KEY.dnskey] }))).toEqual(['bad-signature', 'bad-signature', 'bad-signature', 'valid']);
    expect(results(check(signed(), { keys: [KEY.dnskey, ...twins] }))).toEqual(['valid']);
  });
  test('RFC 4034 §2.1.1, §2.1.2, RFC 5011 §2.1: no zone key, wrong protocol, revoked', () => {
    for (const key of [withFlags(KEY, 1), makeKey(13, 256, 2), withFlags(KEY, 0x0180)]) {
      const outcome = check(signed({}, MX, key), { keys: [key.dnskey] });
      expect([results(outcome), outcome.cause?.code]).toEqual([['key-not-usable'], 'signature-key-not-usable']);
    }
  });
});

describe('the DNSKEY RRset (RFC 4035 §5.2)', () => {
  const ksk = makeKey(13, KEY_SIGNING_KEY);
  const keys = [ksk.dnskey, KEY.dnskey];
  const rrset: RRset = { owner: ZONE, type: RRTYPE.DNSKEY, class: 1, ttl: 3600, rdatas: keys.map(({ rdata }) => rdata), signatures: [] };

  test('is valid with a signature of a key that is vouched for', () => {
    expect(check(signed({}, rrset, ksk), { keys, vouched: [ksk.dnskey] }).result).toBe('valid');
  });
  test('is bogus where only another key signed it, even though that signature is right', () => {
    const outcome = check(signed({}, rrset, KEY), { keys, vouched: [ksk.dnskey] });
    expect([outcome.result, results(outcome), outcome.cause?.code]).toEqual(['bogus', ['valid'], 'dnskey-not-signed-by-vouched']);
  });
  test('RFC 5011 §2.1: a revoked key signs its own revocation and nothing counts', () => {
    const revoked = withFlags(ksk, 0x0181);
    const set = { ...rrset, rdatas: [revoked.dnskey.rdata] };
    const outcome = check(signed({}, set, revoked), { keys: [revoked.dnskey], vouched: [revoked.dnskey] });
    expect([outcome.result, results(outcome)]).toEqual(['bogus', ['valid']]);
  });
});

/** Keys that share tag and algorithm with `key` but are no other than noise: words of the key field rotated. */
function collidingKeys(key: Dnskey, count: number): Dnskey[] {
  return Array.from({ length: count }, (_, index) => {
    const field = key.rdata.subarray(4);
    const turn = 2 * (index + 1);
    return parseDnskey(concatBytes(key.rdata.subarray(0, 4), field.subarray(turn), field.subarray(0, turn))) as Dnskey;
  });
}

describe('CVE-2023-50387: key-tag collisions times signatures', () => {
  const twins = collidingKeys(KEY.dnskey, 20);
  const flood = { ...MX, signatures: Array.from({ length: 20 }, () => signed().signatures[0] as Uint8Array) };

  test('failures end the RRset at its limit', () => {
    const work = new WorkCounter(DEFAULT_VALIDATION_POLICY);
    const outcome = check(flood, { keys: twins, work });
    expect([outcome.result, outcome.cause?.code, work.spent('signature')]).toEqual(['bogus', 'work-limit-signatures', 8]);
  });
  test('failures of many RRsets end the resolution at its limit', () => {
    const work = new WorkCounter(DEFAULT_VALIDATION_POLICY);
    for (let round = 0; round < 20; round += 1) check(flood, { keys: twins, work });
    expect([work.spent('failed-signature'), work.spent('signature')]).toEqual([32, 32]);
    expect(check(signed(), { work })).toMatchObject({ result: 'bogus', cause: { code: 'work-limit-signatures', limit: 32 } });
  });
  test('good signatures without end are bounded too', () => {
    const policy = { ...DEFAULT_VALIDATION_POLICY, maximumSignatureChecks: 5 };
    const work = new WorkCounter(policy);
    expect(Array.from({ length: 7 }, () => check(signed(), { policy, work }).result).filter((result) => result === 'valid')).toHaveLength(5);
  });
});
