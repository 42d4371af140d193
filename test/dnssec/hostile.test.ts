import { describe, expect, test } from 'vitest';
import { ROOT, parseName } from '../../core/dns/name.ts';
import type { RRset } from '../../core/dns/record.ts';
import { RRTYPE } from '../../core/dns/rrtype.ts';
import { canonicalRdatas } from '../../core/dnssec/canonical.ts';
import { checkRRset } from '../../core/dnssec/check-rrset.ts';
import { proveDenial } from '../../core/dnssec/denial.ts';
import { dnskeyFact, parseDnskey } from '../../core/dnssec/dnskey.ts';
import { checkDigests, parseDs } from '../../core/dnssec/ds.ts';
import { DEFAULT_VALIDATION_POLICY } from '../../core/dnssec/policy.ts';
import { readTrustAnchors } from '../../core/dnssec/trust-anchor-file.ts';
import { WorkCounter } from '../../core/dnssec/work.ts';
import { generator } from './generator.ts';
import { dsRdata, makeKey, signRRset } from './signing-key.ts';
import { readRRsets } from './zone-text.ts';

/** for each of four kinds of input; more where CI is set */
const ROUNDS = process.env['CI'] === undefined ? 2000 : 10_000;
const NOW = 1_800_000_000;
const ZONE = parseName('example.');

/** Flips, cuts, doubles or replaces octets. */
function damaged(octets: Uint8Array, random: (below: number) => number): Uint8Array {
  const copy = Uint8Array.from(octets);
  for (let count = random(4); count > 0 && copy.length > 0; count -= 1) copy[random(copy.length)] = random(256);
  if (random(3) === 0) return copy.subarray(0, random(copy.length + 1));
  return random(5) === 0 ? Uint8Array.of(...copy, ...copy.subarray(0, random(copy.length + 1))) : copy;
}

const KEYS = [8, 10, 13, 14, 15, 16].map((algorithm) => makeKey(algorithm, 257));
const SETS = readRRsets(`mail.example. 3600 IN MX 10 a.example.
  example. 3600 IN SOA ns.example. host.example. 1 2 3 4 5
  a.example. 3600 IN NSEC b.example. A MX RRSIG NSEC TYPE65280
  0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. 3600 IN NSEC3 1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr NS SOA MX RRSIG DNSKEY NSEC3PARAM`)
  .map((rrset, index): RRset => ({ ...rrset, signatures: [signRRset(rrset, KEYS[index] ?? makeKey(13), { zone: ZONE, inception: NOW - 9, expiration: NOW + 9 })] }));

describe('hostile octets make no exception and stay within the work limit', () => {
  test('keys, digests and signatures', () => {
    const random = generator(1);
    for (let round = 0; round < ROUNDS; round += 1) {
      const work = new WorkCounter(DEFAULT_VALIDATION_POLICY);
      const base = SETS[random(SETS.length)] as RRset;
      const rrset = { ...base, rdatas: base.rdatas.map((rdata) => damaged(rdata, random)), signatures: base.signatures.map((rdata) => damaged(rdata, random)) };
      const keys = KEYS.flatMap(({ dnskey }) => parseDnskey(damaged(dnskey.rdata, random)) ?? []);
      const ds = KEYS.flatMap(({ dnskey }) => parseDs(damaged(dsRdata(ZONE, dnskey), random)) ?? []);
      const question = { keys: [...keys, ...KEYS.map(({ dnskey }) => dnskey)], zone: ZONE, policy: DEFAULT_VALIDATION_POLICY, work };
      checkRRset({ ...question, rrset, now: NOW });
      expect(checkDigests({ ...question, ds }).result).toMatch(/vouched|insecure|bogus/);
      for (const key of keys) dnskeyFact(key, false);
    }
  }, 120_000);

  test('RDATA of every type', () => {
    const random = generator(2);
    for (let round = 0; round < ROUNDS; round += 1) {
      const rdata = Uint8Array.from({ length: random(60) }, () => random(random(2) === 0 ? 8 : 256));
      expect(canonicalRdatas(random(70), [rdata])[0]).toHaveLength(rdata.length);
    }
  });

  test('NSEC and NSEC3', () => {
    const random = generator(3);
    const names = ['example.', 'a.example.', 'mail.example.', 'x.y.z.example.', 'b.example.', 'other.'].map(parseName);
    for (let round = 0; round < ROUNDS; round += 1) {
      const work = new WorkCounter(DEFAULT_VALIDATION_POLICY);
      const records = SETS.map((rrset) => ({ rrset: { ...rrset, owner: random(5) === 0 ? ROOT : rrset.owner, rdatas: rrset.rdatas.map((rdata) => damaged(rdata, random)) }, wildcard: null }));
      const claim = (['negative', 'no-ds', 'insecure-delegation', 'name-error', 'no-data', 'wildcard-no-data'] as const)[random(6)] ?? 'negative';
      const outcome = proveDenial({
        zone: ZONE, name: names[random(names.length)] ?? ZONE, type: random(60), claim, policy: DEFAULT_VALIDATION_POLICY, work,
        nsecs: records.filter(({ rrset }) => rrset.type === RRTYPE.NSEC), nsec3s: records.filter(({ rrset }) => rrset.type === RRTYPE.NSEC3),
      });
      expect(outcome.status === 'secure').toBe(outcome.cause === null);
    }
  });

  test('anchor files', () => {
    const random = generator(4);
    const text = new TextEncoder().encode('. 86400 IN DS 20326 8 2 (\n E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D ) ; c\nexample. DNSKEY 257 3 8 AwEAAQ==\n');
    for (let round = 0; round < ROUNDS; round += 1) {
      const read = readTrustAnchors(new TextDecoder().decode(damaged(text, random)), 'fuzz');
      expect(read.ok || read.failure.text.length > 10).toBe(true);
    }
  });
});
