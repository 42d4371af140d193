import { describe, expect, test } from 'vitest';
import { fromHex } from '../../core/base/bytes.ts';
import { nameText, parseName } from '../../core/dns/name.ts';
import { toBase32Hex } from '../../core/dnssec/base32hex.ts';
import { nsec3Hash } from '../../core/dnssec/nsec3.ts';
import { type ExampleZone, SHA1_POLICY, check, denial } from './denial-of.ts';
import { readRRset } from './zone-text.ts';

/** The zone of RFC 5155 Appendix A, as far as the responses of Appendix B need it: opt-out, 12 iterations, salt aabbccdd. */
const KEYS = `
  example. 3600 IN DNSKEY 256 3 7 AwEAAaetidLzsKWUt4swWR8yu0wPHPiUi8LUsAD0QPWU+wzt89epO6tHzkMBVDkC7qphQO2hTY4hHn9npWFRw5BYubE=
  example. 3600 IN DNSKEY 257 3 7 AwEAAcUlFV1vhmqx6NSOUOq2R/dsR7Xm3upJj7IommWSpJABVfW8Q0rOvXdM6kzt+TAu92L9AbsUdblMFin8CVF3n4s=`;

const SOA = `
  example. 3600 IN SOA ns1.example. bugs.x.w.example. 1 3600 300 3600000 3600
  example. 3600 IN RRSIG SOA 7 1 3600 20150420235959 20051021000000 40430 example. Hu25UIyNPmvPIVBrldN+9Mlp9Zql39qaUd8iq4ZLlYWfUUbbAS41pG+6 8z81q1xhkYAcEyHdVI2LmKusbZsT0Q==`;

const APEX = `
  0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. 3600 IN NSEC3 1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr NS SOA MX RRSIG DNSKEY NSEC3PARAM
  0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 20051021000000 40430 example. OSgWSm26B+cS+dDL8b5QrWr/dEWhtCsKlwKLIBHYH6blRxK9rC0bMJPw Q4mLIuw85H2EY762BOCXJZMnpuwhpA==`;

const X_W = `
  b4um86eghhds6nea196smvmlo4ors995.example. 3600 IN NSEC3 1 1 12 aabbccdd gjeqe526plbf1g8mklp59enfd789njgi MX RRSIG
  b4um86eghhds6nea196smvmlo4ors995.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 20051021000000 40430 example. ZkPG3M32lmoHM6pa3D6gZFGB/rhL//Bs3Omh5u4m/CUiwtblEVOaAKKZ d7S959OeiX43aLX3pOv0TSTyiTxIZg==`;

const A = `
  35mthgpgcu1qg68fab165klnsnk3dpvl.example. 3600 IN NSEC3 1 1 12 aabbccdd b4um86eghhds6nea196smvmlo4ors995 NS DS RRSIG
  35mthgpgcu1qg68fab165klnsnk3dpvl.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 20051021000000 40430 example. g6jPUUpduAJKRljUsN8gB4UagAX0NxY9shwQAynzo8EUWH+z6hEIBlUT PGj15eZll6VhQqgZXtAIR3chwgW+SA==`;

const NS1 = `
  2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. 3600 IN NSEC3 1 1 12 aabbccdd 2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG
  2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 20051021000000 40430 example. OmBvJ1Vgg1hCKMXHFiNeIYHK9XVW0iLDLwJN4TFoNxZuP03gAXEI634Y wOc4YBNITrj413iqNI6mRk/r1dOSUw==`;

const Y_W = `
  ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. 3600 IN NSEC3 1 1 12 aabbccdd k8udemvp1j2f7eg6jebps17vp3n8i58h
  ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 20051021000000 40430 example. gPkFp1s2QDQ6wQzcg1uSebZ61W33rUBDcTj72F3kQ490fEdp7k1BUIfb cZtPbX3YCpE+sIt0MpzVSKfTwx4uYA==`;

const W = `
  k8udemvp1j2f7eg6jebps17vp3n8i58h.example. 3600 IN NSEC3 1 1 12 aabbccdd kohar7mbb8dc2ce8a9qvl8hon4k53uhi
  k8udemvp1j2f7eg6jebps17vp3n8i58h.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 20051021000000 40430 example. FtXGbvF0+wf8iWkyo73enAuVx03klN+pILBKS6qCcftVtfH4yVzsEZqu J27NHR7ruxJWDNMtOtx7w9WfcIg62A==`;

const NS2 = `
  q04jkcevqvmu85r014c7dkba38o0ji5r.example. 3600 IN NSEC3 1 1 12 aabbccdd r53bq7cc2uvmubfu5ocmm6pers9tk9en A RRSIG
  q04jkcevqvmu85r014c7dkba38o0ji5r.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 20051021000000 40430 example. hV5I89b+4FHJDATp09g4bbN0R1F845CaXpL3ZxlMKimoPAyqletMlEWw LfFia7sdpSzn+ZlNNlkxWcLsIlMmUg==`;

const STAR_W = `
  r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. 3600 IN NSEC3 1 1 12 aabbccdd t644ebqk9bibcna874givr6joj62mlhv MX RRSIG
  r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 20051021000000 40430 example. aupviViruXs4bDg9rCbezzBMf9h1ZlDvbW/CZFKulIGXXLj8B/fsDJar XVDA9bnUoRhEbKp+HF1FWKW7RIJdtQ==`;

const MX = `
  a.z.w.example. 3600 IN MX 1 ai.example.
  a.z.w.example. 3600 IN RRSIG MX 7 2 3600 20150420235959 20051021000000 40430 example. CikebjQwGQPwijVcxgcZcSJKtfynugtlBiKb9FcBTrmOoyQ4InoWVudh CWsh/URX3lc4WRUMivEBP6+4KS3ldA==`;

const ZONE: ExampleZone = { zone: 'example.', keys: KEYS, now: '20100101000000', policy: SHA1_POLICY };

test.each([
  ['example.', '0p9mhaveqvm6t7vbl5lop2u3t2rp3tom'], ['a.example.', '35mthgpgcu1qg68fab165klnsnk3dpvl'],
  ['ai.example.', 'gjeqe526plbf1g8mklp59enfd789njgi'], ['ns1.example.', '2t7b4g4vsa5smi47k61mv5bv1a22bojr'],
  ['ns2.example.', 'q04jkcevqvmu85r014c7dkba38o0ji5r'], ['w.example.', 'k8udemvp1j2f7eg6jebps17vp3n8i58h'],
  ['*.w.example.', 'r53bq7cc2uvmubfu5ocmm6pers9tk9en'], ['x.w.example.', 'b4um86eghhds6nea196smvmlo4ors995'],
  ['y.w.example.', 'ji6neoaepv8b5o6k4ev33abha8ht9fgc'], ['x.y.w.example.', '2vptu5timamqttgl4luu9kg21e0aor3s'],
  ['xx.example.', 't644ebqk9bibcna874givr6joj62mlhv'],
])('RFC 5155 Appendix A: the hash of %s', (name, expected) => {
  expect(toBase32Hex(nsec3Hash(parseName(name), fromHex('aabbccdd'), 12))).toBe(expected);
});

describe('RFC 5155 Appendix B', () => {
  test('B.1 name error, which opt-out leaves insecure (§9.2)', () => {
    const outcome = denial(ZONE, { name: 'a.c.x.w.example.', type: 'A', claim: 'negative' }, SOA + APEX + X_W + A);
    expect(outcome).toMatchObject({ status: 'insecure', check: { claim: 'name-error', result: 'proved-opt-out' }, cause: { code: 'insecure-opt-out' } });
    expect(outcome.check.records.map(({ role }) => role)).toEqual(['matches-closest-encloser', 'covers-next-closer', 'covers-wildcard']);
  });

  test.each([['closest encloser', APEX + A], ['next closer', X_W + A], ['wildcard', APEX + X_W]])('B.1 without the record for the %s', (what, authority) => {
    const outcome = denial(ZONE, { name: 'a.c.x.w.example.', type: 'A', claim: 'name-error' }, authority);
    // Opt-out at the next closer name still allows an unsigned delegation there, but no name error.
    expect([what, outcome.status]).toEqual([what, 'not-proved']);
  });

  test('B.2 no data', () => {
    expect(denial(ZONE, { name: 'ns1.example.', type: 'MX', claim: 'negative' }, NS1)).toMatchObject({ status: 'secure', check: { claim: 'no-data', method: 'NSEC3' } });
  });

  test('B.2.1 no data at an empty non-terminal', () => {
    expect(denial(ZONE, { name: 'y.w.example.', type: 'A', claim: 'negative' }, Y_W)).toMatchObject({ status: 'secure', check: { claim: 'no-data' } });
  });

  test('B.3 referral to an opt-out unsigned zone', () => {
    const outcome = denial(ZONE, { name: 'c.example.', type: 'DS', claim: 'no-ds' }, A + APEX);
    expect(outcome).toMatchObject({ status: 'insecure', delegation: 'opt-out', check: { result: 'proved-opt-out' } });
  });

  test('B.4 wildcard expansion', () => {
    const answer = check(ZONE, readRRset(MX));
    expect([answer.result, nameText(answer.wildcard ?? new Uint8Array([0]))]).toEqual(['valid', '*.w.example']);
    expect(denial(ZONE, { name: 'a.z.w.example.', type: 'MX', claim: 'wildcard-expansion', wildcard: '*.w.example.' }, NS2).check.result).toBe('proved-opt-out');
    expect(denial(ZONE, { name: 'a.z.w.example.', type: 'MX', claim: 'wildcard-expansion', wildcard: '*.w.example.' }, NS1).status).toBe('not-proved');
  });

  test('B.5 wildcard no data', () => {
    expect(denial(ZONE, { name: 'a.z.w.example.', type: 'AAAA', claim: 'negative' }, W + NS2 + STAR_W)).toMatchObject({ check: { claim: 'wildcard-no-data' } });
  });

  test('B.6 the apex of the child says nothing about its own DS', () => {
    expect(denial(ZONE, { name: 'example.', type: 'DS', claim: 'no-ds' }, APEX)).toMatchObject({ status: 'not-proved', cause: { gap: 'apex-record' } });
  });
});
