import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { concatBytes } from '../../core/base/bytes.ts';
import { algorithmName, algorithmStanding, digestName, digestStanding, publicKeyBits, verifySignature } from '../../core/dnssec/algorithm.ts';
import { DEFAULT_VALIDATION_POLICY } from '../../core/dnssec/policy.ts';
import { rsaPublicKey } from '../../core/dnssec/rsa-key.ts';
import { makeKey, signOctets } from './signing-key.ts';

const DATA = new TextEncoder().encode('what was signed');

describe.each([[5, 'RSASHA1'], [7, 'RSASHA1-NSEC3-SHA1'], [8, 'RSASHA256'], [10, 'RSASHA512'], [13, 'ECDSAP256SHA256'], [14, 'ECDSAP384SHA384'], [15, 'ED25519'], [16, 'ED448']])('algorithm %i', (algorithm, name) => {
  const { dnskey, privateKey } = makeKey(algorithm);
  const key = dnskey.publicKey;
  const signature = signOctets(DATA, algorithm, privateKey);

  test('has its registered name', () => expect(algorithmName(algorithm)).toBe(name));

  test('a genuine signature verifies', () => expect(verifySignature(algorithm, key, DATA, signature)).toBe(true));

  test('another text, another key or a flipped bit does not', () => {
    const flipped = Uint8Array.from(signature);
    flipped[10] = (flipped[10] as number) ^ 0x40;
    expect(verifySignature(algorithm, key, concatBytes(DATA, Uint8Array.of(0)), signature)).toBe(false);
    expect(verifySignature(algorithm, makeKey(algorithm).dnskey.publicKey, DATA, signature)).toBe(false);
    expect(verifySignature(algorithm, key, DATA, flipped)).toBe(false);
  });

  test('a signature of any wrong length is bad and no exception', () => {
    const wrong = [new Uint8Array(), signature.subarray(1), concatBytes(signature, Uint8Array.of(0)), signature.subarray(0, 1), new Uint8Array(600)];
    expect(wrong.map((bytes) => verifySignature(algorithm, key, DATA, bytes))).toEqual(wrong.map(() => false));
  });

  test('a key of any wrong length or content is unusable and no exception', () => {
    const wrong = [new Uint8Array(), key.subarray(1), key.subarray(0, 3), new Uint8Array(key.length), new Uint8Array(key.length).fill(255), concatBytes(key, new Uint8Array(9)).subarray(9)];
    expect(wrong.map((bytes) => verifySignature(algorithm, bytes, DATA, signature))).toEqual(wrong.map(() => false));
  });
});

describe('RFC 3110 §2 RSA exponents', () => {
  const { dnskey, privateKey } = makeKey(8);
  const signature = signOctets(DATA, 8, privateKey);
  const [exponent, modulus] = [dnskey.publicKey.subarray(1, 4), dnskey.publicKey.subarray(4)];
  const verifies = (key: Uint8Array): boolean => verifySignature(8, key, DATA, signature);

  test('length in three octets', () => expect(verifies(concatBytes(Uint8Array.of(0, 0, 3), exponent, modulus))).toBe(true));
  test('leading zeros do no harm', () => expect(verifies(concatBytes(Uint8Array.of(5, 0, 0), exponent, Uint8Array.of(0), modulus))).toBe(true));
  test('an exponent above 32 bits is read', () => {
    const large = rsaPublicKey(concatBytes(Uint8Array.of(5, 1, 0, 0, 0, 1), modulus));
    expect(large?.exponent).toEqual(Uint8Array.of(1, 0, 0, 0, 1));
    expect(verifies(concatBytes(Uint8Array.of(5, 1, 0, 0, 0, 1), modulus))).toBe(false);
  });
  test('an exponent longer than the field, or of zero, is no key', () => {
    expect([Uint8Array.of(200, 1, 2), Uint8Array.of(0, 1), Uint8Array.of(1, 0, 9, 9), Uint8Array.of(0, 0, 0, 9)].map(rsaPublicKey)).toEqual([null, null, null, null]);
  });
  test('RFC 5702 §2.1: moduli of 512 to 4096 bits, at least 1024 for RSASHA512', () => {
    const small = makeKey(8, 256, 3, 512);
    expect(publicKeyBits(8, small.dnskey.publicKey)).toBe(512);
    expect(verifySignature(8, small.dnskey.publicKey, DATA, signOctets(DATA, 8, small.privateKey))).toBe(true);
    const medium = makeKey(8, 256, 3, 768);
    expect(verifySignature(8, medium.dnskey.publicKey, DATA, signOctets(DATA, 8, medium.privateKey))).toBe(true);
    expect(verifySignature(10, medium.dnskey.publicKey, DATA, signOctets(DATA, 10, medium.privateKey))).toBe(false);
  });
  test.each([[512, true], [513, false]])('a modulus of %i octets', (length, accepted) => {
    // With the exponent 1 the padded digest is its own signature, whatever the modulus.
    const digest = concatBytes(Buffer.from('3031300d060960864801650304020105000420', 'hex'), createHash('sha256').update(DATA).digest());
    const padded = concatBytes(Uint8Array.of(0, 1), new Uint8Array(length - 3 - digest.length).fill(255), Uint8Array.of(0), digest);
    const key = concatBytes(Uint8Array.of(1, 1), new Uint8Array(length).fill(255));
    expect(verifySignature(8, key, DATA, padded)).toBe(accepted);
  });
});

test('one key field under two algorithms is two keys', () => {
  const { dnskey, privateKey } = makeKey(8);
  const signature = signOctets(DATA, 8, privateKey);
  expect([8, 13, 8, 10].map((algorithm) => verifySignature(algorithm, dnskey.publicKey, DATA, signature))).toEqual([true, false, true, false]);
});

describe('standing', () => {
  const sha1 = { ...DEFAULT_VALIDATION_POLICY, allowSha1Signatures: true };

  test('RFC 9905 §2: RSASHA1 and RSASHA1-NSEC3-SHA1 are refused unless policy says otherwise', () => {
    expect([5, 7].map((algorithm) => algorithmStanding(algorithm, DEFAULT_VALIDATION_POLICY))).toEqual(['not-allowed', 'not-allowed']);
    expect([5, 7].map((algorithm) => algorithmStanding(algorithm, sha1))).toEqual(['supported', 'supported']);
  });
  test('RFC 6840 §5.3: retired, unassigned and private algorithms are unknown', () => {
    const unknown = [0, 1, 2, 3, 6, 12, 17, 100, 252, 253, 254, 255];
    expect(unknown.map((algorithm) => algorithmStanding(algorithm, sha1))).toEqual(unknown.map(() => 'unknown'));
    expect(unknown.some((algorithm) => verifySignature(algorithm, makeKey(8).dnskey.publicKey, DATA, new Uint8Array(128)))).toBe(false);
  });
  test('digests', () => {
    expect([0, 1, 2, 3, 4, 5, 255].map((digest) => digestStanding(digest, DEFAULT_VALIDATION_POLICY))).toEqual(['unknown', 'supported', 'supported', 'unknown', 'supported', 'unknown', 'unknown']);
    expect(digestStanding(1, { ...DEFAULT_VALIDATION_POLICY, allowSha1Digests: false })).toBe('not-allowed');
    expect([digestName(4), digestName(200), algorithmName(200)]).toEqual(['SHA-384', '200', '200']);
  });
});
