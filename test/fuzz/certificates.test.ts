/** Broken certificates: described, compared and verified without an exception, and none of them authenticates by mistake. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { equalBytes, fromBase64, toBase64, toHex } from '../../core/base/bytes.ts';
import type { Hex } from '../../core/base/subject.ts';
import { judgeEndpoint } from '../../core/dane/verify.ts';
import type { TlsaRecord } from '../../core/destination/facts.ts';
import { describeCertificate } from '../../core/x509/describe.ts';
import { mutated } from './mutate.ts';
import { recording } from './recording.ts';
import { dice, seedFor } from './seed.ts';
import { Stopwatch } from './stopwatch.ts';

const CERTIFICATES = 4000;
const seed = seedFor('certificates');
const originals = recording.certificates.map((text) => fromBase64(text));
const facts = originals.map(describeCertificate);
const issuer = facts.findIndex(({ isCa, selfIssued }) => isCa && !selfIssued);
/** certificates that this CA issued, each with its names */
const leaves = facts.flatMap((fact, index) => !fact.isCa && fact.issuer === facts[issuer]?.subject ? [index] : []);

function record(usage: number, selector: number, data: Hex): TlsaRecord {
  return { index: 0, usage, selector, matchingType: 1, data, usable: true, reason: null };
}

function outcome(chain: readonly Uint8Array[], records: readonly TlsaRecord[], name: string): string {
  return judgeEndpoint({
    host: name, address: '192.0.2.1', port: 25, keyType: null, connection: 1, records, disposition: 'usable', chain, proven: true,
    referenceIdentifiers: [name], nowMs: recording.recordedAt,
  }).verdict.outcome;
}

const sha256 = (octets: Uint8Array): Hex => toHex(new Uint8Array(createHash('sha256').update(octets).digest()));

test(`${CERTIFICATES} mutated certificates`, { timeout: 120_000 }, () => {
  const random = dice(seed);
  const stopwatch = new Stopwatch();
  const told = { readable: 0, malformed: 0, sameByKey: 0 };
  const wrong: string[] = [];
  const authority = originals[issuer] as Uint8Array;
  for (let round = 0; round < CERTIFICATES; round += 1) {
    const index = random.pick(leaves);
    const original = originals[index] as Uint8Array;
    const name = facts[index]?.dnsNames[0] ?? '';
    const der = mutated(original, random, { others: originals });
    const fact = stopwatch.time(() => describeCertificate(der), () => `description ${round}: ${toBase64(der)}`);
    told[fact.malformed === null ? 'readable' : 'malformed'] += 1;
    if (fact.sha256 !== sha256(der) || fact.der !== toBase64(der)) wrong.push(`${round}: the octets were not kept`);
    const judged = (records: readonly TlsaRecord[], chain: readonly Uint8Array[]): string =>
      stopwatch.time(() => outcome(chain, records, name), () => `verdict ${round}: ${toBase64(der)}`);
    const changed = !equalBytes(der, original);
    // The whole certificate, and the signature over it, are spoilt; the key alone may be whole.
    if (changed && judged([record(3, 0, sha256(original))], [der, authority]) === 'authenticated') wrong.push(`${round}: 3 0 1 ${toBase64(der)}`);
    if (changed && judged([record(2, 0, sha256(authority))], [der, authority]) === 'authenticated') wrong.push(`${round}: 2 0 1 ${toBase64(der)}`);
    const byKey = judged([record(3, 1, facts[index]?.spkiSha256 ?? '')], [der, authority]) === 'authenticated';
    if (byKey) told.sameByKey += 1;
    if (byKey && fact.spkiSha256 !== facts[index]?.spkiSha256) wrong.push(`${round}: 3 1 1 ${toBase64(der)}`);
    if (random.oneIn(4)) judged([record(2, 0, sha256(der)), record(2, 1, facts[issuer]?.spkiSha256 ?? '')], [original, der, authority]);
  }
  process.stdout.write(`fuzz certificates: ${JSON.stringify(told)}, slowest ${stopwatch.slowest.toFixed(1)} ms\n`);
  expect(outcome([originals[leaves[0] ?? 0] as Uint8Array, authority], [record(2, 0, sha256(authority))], facts[leaves[0] ?? 0]?.dnsNames[0] ?? '')).toBe('authenticated');
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(stopwatch.hung).toEqual([]);
  expect(told.sameByKey).toBeGreaterThan(100);
});
