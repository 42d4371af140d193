import { describe, expect, test } from 'vitest';
import { nameText } from '../../core/dns/name.ts';
import { DEFAULT_VALIDATION_POLICY } from '../../core/dnssec/policy.ts';
import { type ExampleZone, SHA1_POLICY, check, denial } from './denial-of.ts';
import { readRRset } from './zone-text.ts';

/** The signed zone of RFC 4035 Appendix A, as far as the responses of Appendix B need it. */
const KEYS = `
  example. 3600 IN DNSKEY 256 3 5 AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61ek8EFMcsGXxKciJFHyhl94C+NwILQdzsUlSFovBZsyl/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZIySFNsgEYvh0z2542lzMKR4Dh8uZffQ==
  example. 3600 IN DNSKEY 257 3 5 AQOeX7+baTmvpVHb2CcLnL1dMRWbuscRvHXlLnXwDzvqp4tZVKp1sZMepFb8MvxhhW3y/0QZsyCjczGJ1qk8vJe52iOhInKROVLRwxGpMfzPRLMlGybr51bOV/1se0ODacj3DomyB4QB5gKTYot/K9alk5/j8vfd4jWCWD+E1Sze0Q==`;

const SOA = `
  example. 3600 IN SOA ns1.example. bugs.x.w.example. 1081539377 3600 300 3600000 3600
  example. 3600 IN RRSIG SOA 5 1 3600 20040509183619 20040409183619 38519 example. ONx0k36rcjaxYtcNgq6iQnpNV5+drqYAsC9h7TSJaHCqbhE67Sr6aH2x DUGcqQWu/n0UVzrFvkgO9ebarZ0GWDKcuwlM6eNB5SiX2K74l5LWDA7S /Un/IbtDq4Ay8NMNLQI7Dw7n4p8/rjkBjV7j86HyQgM5e7+miRAz8V01 b0I=`;

const NS = `
  example. 3600 IN NS ns1.example.
  example. 3600 IN NS ns2.example.
  example. 3600 IN RRSIG NS 5 1 3600 20040509183619 20040409183619 38519 example. gl13F00f2U0R+SWiXXLHwsMY+qStYy5k6zfdEuivWc+wd1fmbNCyql0T k7lHTX6UOxc8AgNf4ISFve8XqF4q+o9qlnqIzmppU3LiNeKT4FZ8RO5u rFOvoMRTbQxW3U0hXWuggE4g3ZpsHv480HjMeRaZB/FRPGfJPajngcq6 Kwg=`;

const APEX = `
  example. 3600 IN NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY
  example. 3600 IN RRSIG NSEC 5 1 3600 20040509183619 20040409183619 38519 example. O0k558jHhyrC97ISHnislm4kLMW48C7U7cBmFTfhke5iVqNRVTB1STLM pgpbDIC9hcryoO0VZ9ME5xPzUEhbvGnHd5sfzgFVeGxr5Nyyq4tWSDBg IBiLQUv1ivy29vhXy7WgR62dPrZ0PWvmjfFJ5arXf4nPxp/kEowGgBRz Y/U=`;

const B = `
  b.example. 3600 IN NSEC ns1.example. NS RRSIG NSEC
  b.example. 3600 IN RRSIG NSEC 5 2 3600 20040509183619 20040409183619 38519 example. GNuxHn844wfmUhPzGWKJCPY5ttEX/RfjDoOx9ueK1PtYkOWKOOdiJ/PJ KCYB3hYX+858dDWSxb2qnV/LSTCNVBnkm6owOpysY97MVj5VQEWs0lm9 tFoqjcptQkmQKYPrwUnCSNwvvclSF1xZvhRXgWT7OuFXldoCG6TfVFMs 9xE=`;

const NS1 = `
  ns1.example. 3600 IN NSEC ns2.example. A RRSIG NSEC
  ns1.example. 3600 IN RRSIG NSEC 5 2 3600 20040509183619 20040409183619 38519 example. I4hj+Kt6+8rCcHcUdolks2S+Wzri9h3fHas81rGN/eILdJHN7JpV6lLG PIh/8fIBkfvdyWnBjjf1q3O7JgYO1UdI7FvBNWqaaEPJK3UkddBqZIaL i8Qr2XHkjq38BeQsbp8X0+6h4ETWSGT8IZaIGBLryQWGLw6Y6X8dqhln xJM=`;

const DS_A = `
  a.example. 3600 IN DS 57855 5 1 B6DCD485719ADCA18E5F3D48A2331627FDD3636B
  a.example. 3600 IN RRSIG DS 5 2 3600 20040509183619 20040409183619 38519 example. oXIKit/QtdG64J/CB+Gi8dOvnwRvqrto1AdQoRkAN15FP3iZ7suB7gvTBmXzCjL7XUgQVcoHkdhyCuzp8W9qJHgRUSwKKkczSyuL64nhgjuDEML8l9wlWVsl7PR2VnZduM9bLyBhaaPmRKX/Fm+v6ccF2EGNLRiY08kdkz+XHHo=`;

const MX = `
  a.z.w.example. 3600 IN MX 1 ai.example.
  a.z.w.example. 3600 IN RRSIG MX 5 2 3600 20040509183619 20040409183619 38519 example. OMK8rAZlepfzLWW75Dxd63jy2wswESzxDKG2f9AMN1CytCd10cYISAxf AdvXSZ7xujKAtPbctvOQ2ofO7AZJ+d01EeeQTVBPq4/6KCWhqe2XTjnk VLNvvhnc0u28aoSsG0+4InvkkOHknKxw4kX18MMR34i8lC36SR5xBni8 vHI=`;

const XYW = `
  x.y.w.example. 3600 IN NSEC xx.example. MX RRSIG NSEC
  x.y.w.example. 3600 IN RRSIG NSEC 5 4 3600 20040509183619 20040409183619 38519 example. OvE6WUzN2ziieJcvKPWbCAyXyP6ef8cr6CspArVSTzKSquNwbezZmkU7 E34o5lmb6CWSSSpgxw098kNUFnHcQf/LzY2zqRomubrNQhJTiDTXa0Ar unJQCzPjOYq5t0SLjm6qp6McJI1AP5VrQoKqJDCLnoAlcPOPKAm/jJkn 3jk=`;

const STAR = `
  *.w.example. 3600 IN NSEC x.w.example. MX RRSIG NSEC
  *.w.example. 3600 IN RRSIG NSEC 5 2 3600 20040509183619 20040409183619 38519 example. r/mZnRC3I/VIcrelgIcteSxDhtsdlTDt8ng9HSBlABOlzLxQtfgTnn8f +aOwJIAFe1Ee5RvU5cVhQJNP5XpXMJHfyps8tVvfxSAXfahpYqtx91gs mcV/1V9/bZAG55CefP9cM4Z9Y9NT9XQ8s1InQ2UoIv6tJEaaKkP701j8 OLA=`;

const AI = `
  ai.example. 3600 IN AAAA 2001:db8::f00:baa9
  ai.example. 3600 IN RRSIG AAAA 5 2 3600 20040509183619 20040409183619 38519 example. nLcpFuXdT35AcE+EoafOUkl69KB+/e56XmFKkewXG2IadYLKAOBIoR5+ VoQV3XgTcofTJNsh1rnF6Eav2zpZB3byI6yo2bwY8MNkr4A7cL9TcMmD wV/hWFKsbGBsj8xSCN/caEL2CWY/5XP2sZM6QjBBLmukH30+w1z3h8PU P2o=`;

const NS1A = `
  ns1.example. 3600 IN A 192.0.2.1
  ns1.example. 3600 IN RRSIG A 5 2 3600 20040509183619 20040409183619 38519 example. F1C9HVhIcs10cZU09G5yIVfKJy5yRQQ3qVet5pGhp82pzhAOMZ3K22Jn mK4c+IjUeFp/to06im5FVpHtbFisdjyPq84bhTv8vrXt5AB1wNB++iAq vIfdgW4sFNC6oADb1hK8QNauw9VePJhKv/iVXSYC0b7mPSU+EOlknFpV ECs=`;

const ZONE: ExampleZone = { zone: 'example.', keys: KEYS, now: '20040420000000', policy: SHA1_POLICY };

describe('RFC 4035 Appendix B', () => {
  test.each([['SOA', SOA], ['NS', NS], ['ns1 A', NS1A], ['ai AAAA', AI]])('B.1 answer: the signature of %s is valid', (_, text) => {
    expect(check(ZONE, readRRset(text))).toMatchObject({ result: 'valid', wildcard: null });
  });

  test('B.2 name error', () => {
    const outcome = denial(ZONE, { name: 'ml.example.', type: 'A', claim: 'negative' }, B + APEX);
    expect(outcome).toMatchObject({ status: 'secure', check: { claim: 'name-error', method: 'NSEC', result: 'proved' } });
    expect(outcome.check.records.map(({ owner, role }) => [owner, role])).toEqual([['b.example', 'covers-name'], ['example', 'covers-wildcard']]);
  });

  test('B.2 without the record that denies the wildcard nothing is proved', () => {
    expect(denial(ZONE, { name: 'ml.example.', type: 'A', claim: 'negative' }, B)).toMatchObject({ status: 'not-proved', cause: { gap: 'wildcard-not-denied' } });
  });

  test('B.3 no data', () => {
    expect(denial(ZONE, { name: 'ns1.example.', type: 'MX', claim: 'negative' }, NS1)).toMatchObject({ status: 'secure', check: { claim: 'no-data' } });
  });

  test('B.4 referral to a signed zone: the DS is valid', () => expect(check(ZONE, readRRset(DS_A)).result).toBe('valid'));

  test('B.5 referral to an unsigned zone', () => {
    expect(denial(ZONE, { name: 'b.example.', type: 'DS', claim: 'insecure-delegation' }, B)).toMatchObject({ status: 'secure', delegation: 'unsigned' });
  });

  test('B.6 wildcard expansion', () => {
    const answer = check(ZONE, readRRset(MX));
    expect(answer.result).toBe('valid');
    expect(nameText(answer.wildcard ?? new Uint8Array([0]))).toBe('*.w.example');
    expect(denial(ZONE, { name: 'a.z.w.example.', type: 'MX', claim: 'wildcard-expansion', wildcard: '*.w.example.' }, XYW).status).toBe('secure');
  });

  test('B.7 wildcard no data', () => {
    expect(denial(ZONE, { name: 'a.z.w.example.', type: 'AAAA', claim: 'negative' }, XYW + STAR)).toMatchObject({ status: 'secure', check: { claim: 'wildcard-no-data' } });
    expect(denial(ZONE, { name: 'a.z.w.example.', type: 'AAAA', claim: 'negative' }, XYW).status).toBe('not-proved');
  });

  test('B.8 the apex of the child says nothing about its own DS', () => {
    expect(denial(ZONE, { name: 'example.', type: 'DS', claim: 'no-ds' }, APEX)).toMatchObject({ status: 'not-proved', cause: { gap: 'apex-record' } });
  });

  test('RFC 9905 §2: by default these SHA-1 signatures are not accepted, and said so', () => {
    const outcome = check({ ...ZONE, policy: DEFAULT_VALIDATION_POLICY }, readRRset(NS1A));
    expect(outcome).toMatchObject({ result: 'bogus', cause: { code: 'signature-algorithm-unsupported' } });
    expect(outcome.checks.map(({ result }) => result)).toEqual(['not-allowed']);
  });
});
