import { describe, expect, test } from 'vitest';
import { valueOf } from '../../core/base/parallel.ts';
import type { DestinationHost, TlsaRecord } from '../../core/destination/facts.ts';
import type { FoundDestination } from '../../core/destination/find-destination.ts';
import { resolveHost } from '../../core/destination/host.ts';
import type { Lookup } from '../../core/dns/facts.ts';
import { addresses, alias, bogus, denied, scriptedDns, timeout, tlsa, type Answer } from './scripted-dns.ts';

/** Usage 3 is usable here and nothing else is: what is usable is the verification stage's business. */
const readTlsa = (lookup: Lookup): TlsaRecord[] => lookup.records.map(({ rdata }, index) => ({
  index, usage: Number.parseInt(rdata.slice(0, 2), 16), selector: 1, matchingType: 1, data: rdata.slice(6), usable: rdata.startsWith('03'), reason: null }));

const EE = `030101${'ab'.repeat(32)}`;
const PKIX = `010101${'ab'.repeat(32)}`;
const A = { 'h.example A': addresses('A', '192.0.2.1') };

interface Asked extends DestinationHost {
  readonly asked: readonly string[];
}

async function resolve(answers: { readonly [question: string]: Answer }, changes: Partial<FoundDestination['destination']> = {}, expandedDomain = 'd.example', families: readonly (4 | 6)[] = [4, 6]): Promise<Asked> {
  const { lookUp, asked } = scriptedDns(answers);
  const destination: FoundDestination['destination'] = { kind: 'mx', domain: 'd.example', hosts: [], mxStatus: 'secure', reason: null, ...changes };
  const found: FoundDestination = { destination, expandedDomain, addresses: null };
  const context = { lookUp, clock: { monotonic: () => 0 }, families };
  return { ...(await valueOf(resolveHost({ host: { name: 'h.example', preference: 10 }, found, port: 25, context, readTlsa }))), asked };
}

const tlsaAsked = ({ asked }: Asked): string[] => asked.filter((question) => /^_25\..* TLSA$/.test(question));

describe('RFC 7672 §2.2.2: addresses', () => {
  test('both families are asked for and listed', async () => {
    const host = await resolve({ ...A, 'h.example AAAA': addresses('AAAA', '2001:db8::1') });
    expect(host.addresses).toEqual([{ address: '192.0.2.1', family: 4, status: 'secure' }, { address: '2001:db8::1', family: 6, status: 'secure' }]);
  });

  test('a failing AAAA lookup does not disable DANE over IPv4', async () => {
    const host = await resolve({ ...A, 'h.example AAAA': timeout, '_25._tcp.h.example TLSA': tlsa(EE) });
    expect(host).toMatchObject({ tlsa: 'usable', addresses: [{ address: '192.0.2.1' }] });
  });

  test.each([['bogus', bogus], ['timeout', timeout]])('none after a %s: the host is not used', async (_name, answer) => {
    const host = await resolve({ 'h.example A': answer });
    expect(host).toMatchObject({ tlsa: 'lookup-failed', addresses: [], reason: { code: 'address-lookup-failed', rfc: 'RFC 7672 §2.1.2' } });
    expect(tlsaAsked(host)).toEqual([]);
  });

  test('none by proof: nothing to connect to', async () => {
    expect(await resolve({ 'h.example A': denied, 'h.example AAAA': denied })).toMatchObject({ tlsa: 'not-applicable', reason: { code: 'no-addresses' } });
  });

  test('RFC 5321 §5.1: a host has an address even where the run leaves its family out', async () => {
    expect(await resolve(A, {}, 'd.example', [6])).toMatchObject({ tlsa: 'absent', addresses: [{ address: '192.0.2.1', family: 4 }] });
  });

  test('those of the family that is tested are not cut off', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `192.0.2.${index}`);
    expect((await resolve({ 'h.example A': addresses('A', ...many), 'h.example AAAA': addresses('AAAA', '2001:db8::1') }, {}, 'd.example', [6])).addresses[0]).toMatchObject({ family: 6 });
  });

  test('insecure: TLSA records are not asked for', async () => {
    const host = await resolve({ 'h.example A': { ...addresses('A', '192.0.2.1'), status: 'insecure' }, '_25._tcp.h.example TLSA': tlsa(EE) });
    expect(host).toMatchObject({ tlsa: 'insecure', tlsaCandidates: [], reason: { code: 'addresses-insecure', rfc: 'RFC 7672 §2.2.2' } });
    expect(tlsaAsked(host)).toEqual([]);
  });

  test('one secure family is enough', async () => {
    const host = await resolve({ 'h.example A': { ...addresses('A', '192.0.2.1'), status: 'insecure' }, 'h.example AAAA': addresses('AAAA', '2001:db8::1'), '_25._tcp.h.example TLSA': tlsa(EE) });
    expect(host).toMatchObject({ tlsa: 'usable', addressStatus: 'insecure' });
  });

  test('more than any sender tries are cut', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `192.0.2.${index}`);
    expect((await resolve({ 'h.example A': addresses('A', ...many) })).addresses).toHaveLength(16);
  });
});

describe('RFC 7672 §2.2.3: the TLSA base domain', () => {
  const secureAlias = { 'h.example A': { ...addresses('A', '192.0.2.1'), ...alias('t.example') }, 'h.example AAAA': alias('t.example') };

  test('of a host that is no alias is its name', async () => {
    expect(await resolve({ ...A, '_25._tcp.h.example TLSA': tlsa(EE) })).toMatchObject({ tlsaBaseDomain: 'h.example', tlsaTtl: 3600, tlsaCandidates: ['_25._tcp.h.example'] });
  });

  test('of a secure alias is the expanded name where that has records', async () => {
    const host = await resolve({ ...secureAlias, '_25._tcp.t.example TLSA': tlsa(EE), '_25._tcp.h.example TLSA': tlsa(EE) });
    expect(host).toMatchObject({ tlsaBaseDomain: 't.example', canonicalName: 't.example' });
    expect(tlsaAsked(host)).toEqual(['_25._tcp.t.example TLSA']);
  });

  test('of a secure alias is the name itself where only that has records', async () => {
    expect(await resolve({ ...secureAlias, '_25._tcp.h.example TLSA': tlsa(EE) })).toMatchObject({ tlsaBaseDomain: 'h.example', tlsa: 'usable' });
  });

  test('of an alias with insecure addresses but secure initial CNAME is the name itself only', async () => {
    const host = await resolve({ 'h.example A': { ...addresses('A', '192.0.2.1'), ...alias('t.example'), status: 'insecure' }, '_25._tcp.h.example TLSA': tlsa(EE), '_25._tcp.t.example TLSA': tlsa(EE) });
    expect(host).toMatchObject({ tlsaBaseDomain: 'h.example', tlsa: 'usable' });
    expect(tlsaAsked(host)).toEqual(['_25._tcp.h.example TLSA']);
  });

  test('of an alias whose initial CNAME is insecure is none', async () => {
    const host = await resolve({ 'h.example A': { ...addresses('A', '192.0.2.1'), ...alias('t.example', 'insecure'), status: 'insecure' }, '_25._tcp.h.example TLSA': tlsa(EE) });
    expect(host).toMatchObject({ tlsaBaseDomain: null, tlsa: 'insecure' });
    expect(tlsaAsked(host)).toEqual([]);
  });

  test('a secure RRset at the first candidate ends the search even if no record is usable', async () => {
    const host = await resolve({ ...secureAlias, '_25._tcp.t.example TLSA': tlsa(PKIX), '_25._tcp.h.example TLSA': tlsa(EE) });
    expect(host).toMatchObject({ tlsa: 'unusable', tlsaBaseDomain: 't.example' });
    expect(tlsaAsked(host)).toEqual(['_25._tcp.t.example TLSA']);
  });

  test.each([['bogus', bogus], ['timeout', timeout]])('a %s at the first candidate ends the search: never a downgrade', async (_name, answer) => {
    const host = await resolve({ ...secureAlias, '_25._tcp.t.example TLSA': answer, '_25._tcp.h.example TLSA': tlsa(EE) });
    expect(host).toMatchObject({ tlsa: 'lookup-failed', tlsaBaseDomain: null, reason: { rfc: 'RFC 7672 §2.1.2' } });
    expect(tlsaAsked(host)).toEqual(['_25._tcp.t.example TLSA']);
  });

  test('an insecure RRset does not count, and the next candidate is tried', async () => {
    expect(await resolve({ ...secureAlias, '_25._tcp.t.example TLSA': { ...tlsa(EE), status: 'insecure' }, '_25._tcp.h.example TLSA': tlsa(EE) }))
      .toMatchObject({ tlsa: 'usable', tlsaBaseDomain: 'h.example' });
    expect(await resolve({ ...A, '_25._tcp.h.example TLSA': { ...tlsa(EE), status: 'insecure' } })).toMatchObject({ tlsa: 'insecure', tlsaBaseDomain: null, records: { length: 1 } });
  });

  test.each(['secure', 'insecure'] as const)('a %s denial is "no records", not a failure', async (status) => {
    expect(await resolve({ ...A, '_25._tcp.h.example TLSA': { ...denied, status } })).toMatchObject({ tlsa: 'absent', reason: { code: 'no-tlsa' } });
  });

  test('what the ancestor _tcp says is asked for and decides nothing', async () => {
    const host = await resolve({ ...A, '_25._tcp.h.example TLSA': tlsa(EE), '_tcp.h.example TLSA': bogus });
    expect(host.tlsa).toBe('usable');
    expect(host.asked).toContain('_tcp.h.example TLSA');
  });

  test('RFC 1035 §2.3.4: a host name with no room for _25._tcp has no records, and nothing fails', async () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`;
    const { lookUp } = scriptedDns({ [`${long} A`]: addresses('A', '192.0.2.1') });
    const found: FoundDestination = { destination: { kind: 'mx', domain: 'd.example', hosts: [], mxStatus: 'secure', reason: null }, expandedDomain: 'd.example', addresses: null };
    const context = { lookUp, clock: { monotonic: () => 0 }, families: [4, 6] as const };
    expect(await valueOf(resolveHost({ host: { name: long, preference: 10 }, found, port: 25, context, readTlsa }))).toMatchObject({ tlsa: 'absent', reason: { code: 'name-too-long' } });
  });
});

describe('RFC 7672 §3.2.2: reference identifiers', () => {
  const records = { ...A, '_25._tcp.h.example TLSA': tlsa(EE) };

  test('with secure MX records: base domain, next-hop domain and its expansion', async () => {
    expect((await resolve(records, {}, 'other.example')).referenceIdentifiers).toEqual(['h.example', 'd.example', 'other.example']);
    expect((await resolve(records)).referenceIdentifiers).toEqual(['h.example', 'd.example']);
  });

  test('with insecure MX records: the base domain only', async () => {
    expect((await resolve(records, { mxStatus: 'insecure' })).referenceIdentifiers).toEqual(['h.example']);
  });

  test('of a host that was named: base domain and that name', async () => {
    const aliased = { 'h.example A': { ...addresses('A', '192.0.2.1'), ...alias('t.example') }, '_25._tcp.t.example TLSA': tlsa(EE) };
    expect((await resolve(aliased, { kind: 'host', domain: 'h.example' }, 'h.example')).referenceIdentifiers).toEqual(['t.example', 'h.example']);
  });
});
