import { describe, expect, test } from 'vitest';
import { toHex } from '../../core/base/bytes.ts';
import { readTlsa } from '../../core/dane/usable.ts';
import { leaf, record, recordsOf, root } from './test-chain.ts';

const unusable = (text: string) => recordsOf(text)[0]?.reason ?? null;
const digest = (octets: number): string => 'ab'.repeat(octets);

describe('which records a sender may use', () => {
  test('RFC 7672 §3.1.3: PKIX-TA(0) and PKIX-EE(1) are not usable', () => {
    for (const usage of [0, 1]) expect(unusable(`${usage} 1 1 ${digest(32)}`)).toMatchObject({ code: 'usage-not-usable', rfc: 'RFC 7672 §3.1.3' });
  });

  test.each([['4 1 1', 'RFC 6698 §2.1.1'], ['255 1 1', 'RFC 6698 §2.1.1'], ['3 2 1', 'RFC 6698 §2.1.2'], ['3 255 1', 'RFC 6698 §2.1.2'], ['3 1 3', 'RFC 6698 §2.1.3'], ['3 1 255', 'RFC 6698 §2.1.3']])(
    'RFC 6698 §2.1: %s has a value that is not assigned', (parameters, rfc) => {
      expect(unusable(`${parameters} ${digest(32)}`)).toMatchObject({ code: 'not-usable', rfc });
    });

  test.each([['3 1 1', 31], ['3 1 1', 33], ['3 1 1', 64], ['3 1 2', 32], ['3 1 2', 63], ['2 0 1', 0]])('RFC 6698 §2.1.3: %s with %i octets is not usable', (parameters, octets) => {
    expect(unusable(`${parameters} ${digest(octets)}`)).toMatchObject({ code: 'not-usable', rfc: 'RFC 6698 §2.1.3' });
  });

  test.each([['3 1 1', 32], ['2 0 2', 64]])('%s with %i octets is usable', (parameters, octets) => {
    expect(unusable(`${parameters} ${digest(octets)}`)).toBeNull();
  });

  test('RFC 6698 §2.1.4: full data must be a certificate or a public key, whole and nothing else', () => {
    for (const parameters of ['2 0 0', '3 0 0', '2 1 0', '3 1 0']) expect(unusable(record(parameters, root))).toBeNull();
    for (const parameters of ['2 0 0', '2 1 0']) {
      const text = record(parameters, root);
      expect(unusable(text.slice(0, -2))).toMatchObject({ code: 'not-usable' });
      expect(unusable(`${text}00`)).toMatchObject({ code: 'not-usable' });
      expect(unusable(`${parameters} `)).toMatchObject({ code: 'not-usable' });
    }
    expect(unusable(record('3 1 0', leaf).replace('3 1 0', '3 0 0'))).toMatchObject({ code: 'not-usable', rfc: 'RFC 6698 §2.1.4' });
  });

  test('repeated records collapse; the order stays', () => {
    const records = recordsOf(`3 1 1 ${digest(32)}`, `2 1 1 ${digest(32)}`, `3 1 1 ${digest(32)}`);
    expect(records.map(({ index, usage }) => [index, usage])).toEqual([[0, 3], [1, 2]]);
  });

  test('RFC 6698 §2.1: RDATA is read from the wire, and what is too short is not usable', () => {
    const lookup = (rdata: readonly Uint8Array[]) => readTlsa({
      name: '_25._tcp.mx.example.org', rrtype: 'TLSA', status: 'secure', rcode: 'NOERROR', noData: false, reason: null, canonicalName: '_25._tcp.mx.example.org',
      aliases: [], ttl: 60, zones: [], elapsedMs: 0, fromCache: false,
      records: rdata.map((bytes) => ({ owner: '_25._tcp.mx.example.org', type: 'TLSA', ttl: 60, text: '', rdata: toHex(bytes) })),
    });
    const [good, short, empty] = lookup([Uint8Array.of(3, 1, 1, ...new Uint8Array(32).fill(7)), Uint8Array.of(3, 1), new Uint8Array()]);
    expect(good).toMatchObject({ usage: 3, selector: 1, matchingType: 1, data: '07'.repeat(32), usable: true });
    expect([short?.usable, empty?.usable]).toEqual([false, false]);
  });
});
