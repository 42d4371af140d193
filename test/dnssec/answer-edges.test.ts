/** Answers that others judge by more than one rule: each in both ways of resolving. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toHex } from '../../core/base/bytes.ts';
import { parseName } from '../../core/dns/name.ts';
import { addressRdata, soaRdata } from '../../lab/dns/rdata.ts';
import type { ZoneRecord } from '../../lab/dns/response.ts';
import { A, CNAME, NS, NSEC, NXDOMAIN, RRSIG, SOA } from '../../lab/dns/rrtype.ts';
import { recordsOf } from '../../lab/zone/rrset.ts';
import { MODES, SmallTree, address, record } from './small-tree.ts';

/** The SOA record and its signature at a name below the apex. */
const movedSoa = (one: ZoneRecord): ZoneRecord => (one.type === SOA || (one.type === RRSIG && one.rdata[1] === SOA) ? { ...one, owner: parseName('x.example') } : one);

let tree: SmallTree;
beforeAll(async () => {
  tree = await SmallTree.grow([
    { apex: 'example', records: [address('www.example'), record('alias.example', CNAME, parseName('www.example')), address('below.cut.example')] },
    { apex: 'child.example', records: [address('www.child.example')] },
    { apex: 'plain.example', signed: false, records: [address('www.plain.example')] },
  ]);
});
afterAll(() => tree.fell());

describe.each(MODES)('%s', (mode) => {
  test('a signed answer under the RCODE NXDOMAIN contradicts it and is bogus (RFC 2308 §2.1)', async () => {
    tree.tamper('example', (response, { name, type }) => (name === 'www.example' && type === A ? { ...response, rcode: NXDOMAIN } : response));
    expect(await tree.resolve(mode, 'www.example', 'A')).toMatchObject({ status: 'bogus', rcode: 'SERVFAIL', reason: { code: 'denial-not-proved' } });
    tree.tamper('plain.example', (response, { name }) => (name === 'www.plain.example' ? { ...response, rcode: NXDOMAIN } : response));
    expect(await tree.resolve(mode, 'www.plain.example', 'A')).toMatchObject({ status: 'insecure' });
  });

  test('a forged record behind the CNAME of its owner is not what answers (RFC 2181 §10.1)', async () => {
    const forged = record('alias.example', A, addressRdata('203.0.113.66'));
    tree.tamper('example', (response, { name, type }) => (name === 'alias.example' && type === A ? { ...response, answer: [...response.answer, forged] } : response));
    const { status, answer } = await tree.resolve(mode, 'alias.example', 'A');
    // By all of its octets: a signature may end in any.
    expect([status, answer.some(({ rdata }) => toHex(rdata) === toHex(forged.rdata))]).toEqual(['secure', false]);
  });

  test('a forged CNAME behind the record asked for does not spoil it', async () => {
    const forged = record('www.example', CNAME, parseName('evil.example'));
    tree.tamper('example', (response, { name, type }) => (name === 'www.example' && type === A ? { ...response, answer: [...response.answer, forged] } : response));
    expect(await tree.resolve(mode, 'www.example', 'A')).toMatchObject({ status: 'secure', rcode: 'NOERROR' });
  });

  test('a denial is believed no longer than its signed TTLs (RFC 4035 §5.3.3, RFC 2308 §5)', async () => {
    const soa = tree.signed([record('example', SOA, soaRdata(parseName('ns.example'), parseName('example'), { serial: 1, minimum: 9000 }), 7200)], 'example');
    const kept = (records: readonly ZoneRecord[]): ZoneRecord[] => [...soa, ...records.filter(({ type, rdata }) => type !== SOA && (type !== RRSIG || rdata[1] !== SOA))];
    tree.tamper('example', (response, { name }) => (name === 'no.example' ? { ...response, authority: kept(response.authority).map((one) => ({ ...one, ttl: 9000 })) } : response));
    expect((await tree.resolve(mode, 'no.example', 'A')).lookup).toMatchObject({ status: 'secure', rcode: 'NXDOMAIN', ttl: 300 });
  });

  test('a denial with the SOA of another name is bogus, as its TTL would be anybody\'s (RFC 2308 §3)', async () => {
    tree.tamper('example', (response, { name }) => (name === 'no.example' ? { ...response, authority: response.authority.map(movedSoa) } : response));
    expect(await tree.resolve(mode, 'no.example', 'A')).toMatchObject({ status: 'bogus' });
  });

  test.each([['SOA', SOA], ['NS', NS]] as const)('%s at the apex of a zone, signed by the zone above, is bogus (RFC 4035 §5.3.1)', async (rrtype, type) => {
    const own = tree.zones.get('child.example')?.all().find((rrset) => rrset.type === type);
    if (own === undefined) throw new Error('the zone has no such RRset');
    const resigned = tree.signed(recordsOf(own, { dnssecOk: false }), 'example');
    tree.tamper('child.example', (response, asked) => (asked.name === 'child.example' && asked.type === type ? { ...response, answer: resigned } : response));
    expect(await tree.resolve(mode, 'child.example', rrtype)).toMatchObject({ status: 'bogus' });
  });

  test('a record of a zone signed by the zone above is bogus once the cut is known (RFC 4035 §5.3.1)', async () => {
    tree.tamper('child.example', (response, { name, type }) =>
      (name === 'www.child.example' && type === A ? { ...response, answer: tree.signed([record('www.child.example', A, addressRdata('203.0.113.66'))], 'example') } : response));
    const resolver = tree.resolver(mode);
    expect(await resolver.resolve('child.example', 'SOA')).toMatchObject({ status: 'secure' });
    expect(await resolver.resolve('www.child.example', 'A')).toMatchObject({ status: 'bogus' });
  });

  test('behind a forwarder a cut that the run has not met is not looked for (ADR 97); from the root down the referral shows it', async () => {
    tree.tamper('child.example', (response, { name, type }) =>
      (name === 'www.child.example' && type === A ? { ...response, answer: tree.signed([record('www.child.example', A, addressRdata('203.0.113.66'))], 'example') } : response));
    expect((await tree.resolve(mode, 'www.child.example', 'A')).status).toBe(mode === 'forwarding' ? 'secure' : 'bogus');
  });

  test('nor does the zone above deny what lies below a known cut', async () => {
    const above = tree.zones.get('example');
    const proof = above?.all().filter(({ type, owner }) => type === NSEC && owner.length === parseName('example').length).flatMap((rrset) => recordsOf(rrset, { dnssecOk: true })) ?? [];
    tree.tamper('child.example', (response, { name, type }) => (name === 'www.child.example' && type === A ? { ...response, rcode: NXDOMAIN, answer: [], authority: proof } : response));
    const resolver = tree.resolver(mode);
    expect(await resolver.resolve('child.example', 'SOA')).toMatchObject({ status: 'secure' });
    expect(await resolver.resolve('www.child.example', 'A')).toMatchObject({ status: 'bogus' });
  });
});
