/** Zones made to keep a validator busy: each ends within the limits of `core/dnssec/policy.ts` and says so. */
import { afterEach, expect, test } from 'vitest';
import { concatBytes } from '../../core/base/bytes.ts';
import { labelsOf, nameText, parseName } from '../../core/dns/name.ts';
import { DEFAULT_VALIDATION_POLICY as LIMITS } from '../../core/dnssec/policy.ts';
import { DEFAULT_RESOLVER_LIMITS } from '../../core/dnssec/resolver.ts';
import { collidingKeys } from '../../lab/attacks/colliding-keys.ts';
import { addressRdata, mxRdata, uint16 } from '../../lab/dns/rdata.ts';
import type { Response, ZoneRecord } from '../../lab/dns/response.ts';
import { A, CNAME, DS, MX, NOERROR, NS, NSEC3, NXDOMAIN, SOA } from '../../lab/dns/rrtype.ts';
import type { Answering } from '../../lab/dns/server.ts';
import { authorityFor } from '../../lab/zone/authority.ts';
import type { ZoneKey } from '../../lab/zone/key.ts';
import { dsRdata, makeKey } from '../../lab/zone/key.ts';
import { recordsOf } from '../../lab/zone/rrset.ts';
import type { Zone } from '../../lab/zone/zone.ts';
import { AttackWorld, checks, failedChecks, makeZone, messages } from './attack-zone.ts';

const APEX = 'attack.example';
const ADDRESS = '203.0.113.10';
const worlds: AttackWorld[] = [];
afterEach(async () => { await Promise.all(worlds.splice(0).map((world) => world.close())); });

function newWorld(): AttackWorld {
  const world = new AttackWorld();
  worlds.push(world);
  return world;
}

const mx: ZoneRecord = { owner: parseName(APEX), type: MX, ttl: 3600, rdata: mxRdata(10, parseName(`mx1.${APEX}`)) };
const served = (zone: Zone): Answering => authorityFor([{ apex: zone.apex, load: () => Promise.resolve(zone) }]);
const DNSSEC_OK = { dnssecOk: true };

/** Honest about its keys, and otherwise whatever `answer` says. */
function lying(zone: Zone, answer: (name: Uint8Array, type: number) => Response | null): Answering {
  const honest = served(zone);
  return async (query) => answer(query.name, query.type) ?? await honest(query);
}

test('KeyTrap: twenty keys of one tag, twenty signatures of none of them (CVE-2023-50387)', async () => {
  const world = newWorld();
  const key = await makeKey('ECDSAP256SHA256', true);
  await world.serve(ADDRESS, served(makeZone(APEX, ADDRESS, [key, ...collidingKeys(20, 4711, false)], [mx])));
  const told = await world.lookUp(APEX, 'MX', { apex: APEX, address: ADDRESS, key });
  expect(told.lookup).toMatchObject({ status: 'bogus', rcode: 'SERVFAIL', reason: { code: 'work-limit-signatures' } });
  expect(failedChecks(told)).toBeGreaterThan(1);
  expect(failedChecks(told)).toBeLessThanOrEqual(LIMITS.maximumFailedSignatureChecks);
});

test('KeyTrap on a denial: every SOA and NSEC is a trap of its own, all count towards one limit', async () => {
  const world = newWorld();
  const key = await makeKey('ECDSAP256SHA256', true);
  await world.serve(ADDRESS, served(makeZone(APEX, ADDRESS, [key, ...collidingKeys(12, 4711, false)], [])));
  const told = await world.lookUp(`no.such.name.${APEX}`, 'MX', { apex: APEX, address: ADDRESS, key });
  expect(told.lookup).toMatchObject({ status: 'bogus', reason: { code: 'work-limit-signatures' } });
  expect(failedChecks(told)).toBeLessThanOrEqual(LIMITS.maximumFailedSignatureChecks);
});

test('KeyTrap on the keys themselves: the key of the anchor among fifteen of its tag', async () => {
  const world = newWorld();
  const key = await makeKey('RSASHA256', true);
  await world.serve(ADDRESS, served(makeZone(APEX, ADDRESS, [...collidingKeys(15, key.tag, true), key], [mx])));
  const told = await world.lookUp(APEX, 'MX', { apex: APEX, address: ADDRESS, key });
  expect(told.lookup).toMatchObject({ status: 'bogus', reason: { code: 'work-limit-signatures' } });
  expect(failedChecks(told)).toBeLessThanOrEqual(LIMITS.maximumFailedSignatureChecks);
});

/** A parent that is trusted and a child with the keys and DS records given. */
async function belowParent(world: AttackWorld, child: { readonly keys: readonly ZoneKey[]; readonly ds: readonly Uint8Array[] }): Promise<{ readonly apex: string; readonly address: string; readonly key: ZoneKey }> {
  const key = await makeKey('ECDSAP256SHA256', true);
  const owner = parseName(APEX);
  const parent = makeZone('example', '203.0.113.1', [key], [
    { owner, type: NS, ttl: 3600, rdata: parseName(`ns1.${APEX}`) }, { owner: parseName(`ns1.${APEX}`), type: A, ttl: 3600, rdata: addressRdata(ADDRESS) },
    ...child.ds.map((rdata) => ({ owner, type: DS, ttl: 3600, rdata })),
  ]);
  await world.serve('203.0.113.1', served(parent));
  await world.serve(ADDRESS, served(makeZone(APEX, ADDRESS, child.keys, [mx])));
  return { apex: 'example', address: '203.0.113.1', key };
}

test('many DS × many keys of one tag: thirty times forty digests that never match', async () => {
  const world = newWorld();
  const keys = collidingKeys(40, 4711, true);
  const [first] = keys;
  if (first === undefined) throw new Error('no keys');
  const ds = Array.from({ length: 30 }, (_, index) => concatBytes(dsRdata(parseName(APEX), first).subarray(0, 4), Uint8Array.from({ length: 32 }, () => index)));
  const told = await world.lookUp(APEX, 'MX', await belowParent(world, { keys, ds }));
  expect(told.lookup).toMatchObject({ status: 'bogus', reason: { code: 'work-limit-digests' } });
  expect(told.lookup.reason?.text).toContain(String(LIMITS.maximumDigests));
});

/** RFC 5155 §3.2 */
function nsec3Rdata(iterations: number, salt: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(1, 0), uint16(iterations), Uint8Array.of(salt.length), salt, Uint8Array.of(20), new Uint8Array(20), Uint8Array.of(0, 1, 0x40));
}

/** NXDOMAIN with NSEC3 records that fit nothing, each with parameters of its own. */
function nsec3Flood(zone: Zone, iterations: number, count: number): Answering {
  const owners = Array.from({ length: count }, (_, index) => parseName(`${'0123456789abcdefghijklmnopqrstuv'[index] ?? '0'}${'0'.repeat(30)}1.${APEX}`));
  const authority = owners.flatMap((owner, index) => recordsOf(zone.sign({ owner, type: NSEC3, ttl: 300, rdatas: [nsec3Rdata(iterations, Uint8Array.of(index))] }), DNSSEC_OK));
  const apex = zone.node(zone.apex);
  const soa = apex === undefined ? null : zone.rrset(apex, SOA);
  const denial = { rcode: NXDOMAIN, authoritative: true, answer: [], additional: [], authority: [...(soa === null ? [] : recordsOf(soa, DNSSEC_OK)), ...authority] };
  return lying(zone, (name) => labelsOf(name).length > 3 ? denial : null);
}

test('NSEC3 with 2,500 iterations: insecure before anything is hashed (RFC 9276 §3.2, CVE-2023-50868)', async () => {
  const world = newWorld();
  const key = await makeKey('ECDSAP256SHA256', true);
  await world.serve(ADDRESS, nsec3Flood(makeZone(APEX, ADDRESS, [key], []), 2500, 4));
  const told = await world.lookUp(`a.b.c.${APEX}`, 'MX', { apex: APEX, address: ADDRESS, key });
  expect(told.lookup).toMatchObject({ status: 'insecure', reason: { code: 'nsec3-iterations', rfc: 'RFC 9276 §3.2' } });
});

test('NSEC3 at the limit of iterations, 24 salts, a name of 110 labels: the closest encloser is looked for within the limit (CVE-2023-50868)', async () => {
  const world = newWorld();
  const key = await makeKey('ECDSAP256SHA256', true);
  await world.serve(ADDRESS, nsec3Flood(makeZone(APEX, ADDRESS, [key], []), LIMITS.maximumNsec3Iterations, 24));
  const told = await world.lookUp(`${'a.'.repeat(110)}${APEX}`, 'MX', { apex: APEX, address: ADDRESS, key });
  expect(told.lookup).toMatchObject({ status: 'bogus', reason: { code: 'work-limit-nsec3' } });
  expect(told.lookup.reason?.text).toContain(String(LIMITS.maximumNsec3Hashes));
  expect(checks(told)).toBeLessThanOrEqual(LIMITS.maximumSignatureChecks);
});

/** Refers everything below its zone to servers without addresses, each in a zone of its own that does the same. */
function fanOut(): Answering {
  return (query) => {
    const labels = labelsOf(query.name).map((label) => new TextDecoder().decode(label).toLowerCase());
    const cut = labels.slice(-3).join('.');
    if (labels.length < 3) return Promise.resolve({ rcode: NOERROR, authoritative: true, answer: [], authority: [], additional: [] });
    const servers = Array.from({ length: 26 }, (_, index) => `ns.${labels.at(-3) ?? ''}x${index}.${APEX}`);
    const authority = servers.map((server) => ({ owner: parseName(cut), type: NS, ttl: 3600, rdata: parseName(server) }));
    return Promise.resolve({ rcode: NOERROR, authoritative: false, answer: [], authority, additional: [] });
  };
}

test('NXNS: a referral to 26 servers without addresses, whose addresses are referred on likewise', async () => {
  const world = newWorld();
  const key = await makeKey('ECDSAP256SHA256', true);
  await world.serve(ADDRESS, fanOut());
  const told = await world.lookUp(`www.victim.${APEX}`, 'A', { apex: APEX, address: ADDRESS, key });
  expect(told.lookup).toMatchObject({ status: 'indeterminate', rcode: 'SERVFAIL', reason: { code: 'lookup-limit' } });
  expect(messages(told)).toBeGreaterThan(20);
  expect(messages(told)).toBeLessThanOrEqual(DEFAULT_RESOLVER_LIMITS.queries);
  expect(world.queries.get(ADDRESS)).toBe(messages(told));
});

/** `n1` is an alias for `n2`, and so on to `last`, which is one for `next`. */
function aliases(zone: Zone, target: (number: number) => number): Answering {
  return lying(zone, (name) => {
    const number = /^n(\d+)\./i.exec(nameText(name))?.[1];
    if (number === undefined) return null;
    const rrset = zone.sign({ owner: parseName(nameText(name).toLowerCase()), type: CNAME, ttl: 300, rdatas: [parseName(`n${target(Number(number))}.${APEX}`)] });
    return { rcode: NOERROR, authoritative: true, answer: recordsOf(rrset, DNSSEC_OK), authority: [], additional: [] };
  });
}

test('a chain of aliases without end', async () => {
  const world = newWorld();
  const key = await makeKey('ECDSAP256SHA256', true);
  await world.serve(ADDRESS, aliases(makeZone(APEX, ADDRESS, [key], []), (number) => number + 1));
  const told = await world.lookUp(`n1.${APEX}`, 'A', { apex: APEX, address: ADDRESS, key });
  expect(told.lookup).toMatchObject({ status: 'indeterminate', rcode: 'SERVFAIL', reason: { code: 'lookup-limit' } });
  expect(told.lookup.aliases.length).toBeLessThanOrEqual(DEFAULT_RESOLVER_LIMITS.aliases + 1);
  expect(messages(told)).toBeLessThanOrEqual(DEFAULT_RESOLVER_LIMITS.aliases + 4);
});

test('a loop of five aliases', async () => {
  const world = newWorld();
  const key = await makeKey('ECDSAP256SHA256', true);
  await world.serve(ADDRESS, aliases(makeZone(APEX, ADDRESS, [key], []), (number) => (number + 1) % 5));
  const told = await world.lookUp(`n1.${APEX}`, 'A', { apex: APEX, address: ADDRESS, key });
  expect(told.lookup).toMatchObject({ status: 'indeterminate', rcode: 'SERVFAIL', reason: { code: 'lookup-limit' } });
  expect(messages(told)).toBeLessThanOrEqual(8);
});
