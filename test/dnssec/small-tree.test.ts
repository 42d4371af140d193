/** What a small signed tree shows: aliases, wildcards, cuts and anchors, from the root down and through a forwarder. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseName } from '../../core/dns/name.ts';
import { CNAME, RRSIG, TXT } from '../../lab/dns/rrtype.ts';
import { parseAnchors } from '../lab/attack-anchor.ts';
import { MODES, SmallTree, address, record } from './small-tree.ts';

let tree: SmallTree;
beforeAll(async () => {
  tree = await SmallTree.grow([
    {
      apex: 'example',
      records: [
        address('www.example'), record('loop.example', CNAME, parseName('loop.opt')), record('*.wild.example', CNAME, parseName('www.opt')), record('off.example', CNAME, parseName('www.plain.example')),
        record('gone.example', CNAME, parseName('nowhere.opt')),
      ],
    },
    { apex: 'apex.example' },
    { apex: 'opt', denial: 'nsec3-opt-out', records: [address('www.opt'), record('loop.opt', CNAME, parseName('loop.example')), record('*.wild.opt', CNAME, parseName('www.example'))] },
    { apex: 'loose.opt', signed: false, records: [address('www.loose.opt')] },
    { apex: 'plain.example', signed: false, records: [address('www.plain.example'), record('alias.plain.example', CNAME, parseName('www.example'))] },
    { apex: 'isle.plain.example', records: [address('www.isle.plain.example')] },
    { apex: 'hash', denial: 'nsec3', records: [address('www.hash'), address('a.b.ent.hash'), record('*.wild.hash', CNAME, parseName('www.hash'))] },
  ]);
});
afterAll(() => tree.fell());
beforeEach(() => { tree.tamper('none', (response) => response); });

describe.each(MODES)('%s', (mode) => {
  test.each([
    ['www.example', 'A', 'secure', 'NOERROR', 'RFC 4035 §5.3'],
    ['x.wild.example', 'A', 'secure', 'NOERROR', 'a CNAME from a wildcard needs its denial, its target is another zone’s (RFC 4035 §5.3.4)'],
    ['x.wild.hash', 'A', 'secure', 'NOERROR', 'the same with NSEC3 (RFC 5155 §8.8)'],
    ['x.wild.opt', 'A', 'insecure', 'NOERROR', 'the next closer name lies in an opt-out span (RFC 5155 §9.2)'],
    ['gone.example', 'A', 'insecure', 'NXDOMAIN', 'the end of the alias lies in an opt-out span'],
    ['apex.example', 'DS', 'secure', 'NOERROR', 'the DS of a cut is the parent’s (RFC 4035 §3.1.4.1)'],
    ['x.apex.example', 'DS', 'secure', 'NXDOMAIN', 'the DS of a name that does not exist'],
    ['off.example', 'A', 'insecure', 'NOERROR', 'a signed alias into an unsigned zone: the weakest link (RFC 4035 §4.3)'],
    ['alias.plain.example', 'A', 'insecure', 'NOERROR', 'an unsigned alias to a signed name'],
    ['www.isle.plain.example', 'A', 'insecure', 'NOERROR', 'signed below an unsigned zone (RFC 4035 §5.2)'],
    ['b.ent.hash', 'A', 'secure', 'NOERROR', 'empty non-terminal (RFC 5155 §7.1)'],
    ['www.loose.opt', 'A', 'insecure', 'NOERROR', 'unsigned delegation in an opt-out span (RFC 5155 §8.9)'],
    ['loose.opt', 'DS', 'insecure', 'NOERROR', 'its DS (RFC 5155 §8.6)'],
    ['.', 'SOA', 'secure', 'NOERROR', 'the root itself'],
    ['.', 'DS', 'secure', 'NOERROR', 'the root has no parent to hold a DS'],
    ['nope', 'DS', 'secure', 'NXDOMAIN', 'a top-level domain that does not exist'],
    ['www.example', 'ANY', 'secure', 'NOERROR', 'every RRset of the answer (RFC 6840 §4.2)'],
  ])('%s %s is %s, %s: %s', async (name, type, status, rcode) => {
    const found = await tree.resolve(mode, name, type);
    expect([found.status, found.rcode, found.reason?.text]).toEqual([status, rcode, status === 'secure' ? undefined : found.reason?.text]);
  });

  test('aliases of two zones that lead to one another', async () => {
    expect(await tree.resolve(mode, 'loop.example', 'A')).toMatchObject({ rcode: 'SERVFAIL', reason: { code: 'lookup-limit' } });
  });

  test('a TTL above the original one is cut to it (RFC 4035 §5.3.3)', async () => {
    tree.tamper('example', (response, { name }) => (name === 'www.example' ? { ...response, answer: response.answer.map((one) => ({ ...one, ttl: 90_000 })) } : response));
    expect((await tree.resolve(mode, 'www.example', 'A')).lookup).toMatchObject({ status: 'secure', ttl: 3600 });
  });

  test('ANY with an unsigned RRset among the signed is bogus', async () => {
    tree.tamper('example', (response, { name }) => (name === 'www.example' ? { ...response, answer: [...response.answer, record('www.example', TXT, Uint8Array.of(1, 0x78))] } : response));
    expect(await tree.resolve(mode, 'www.example', 'ANY')).toMatchObject({ status: 'bogus' });
  });

  test('the closest anchor counts: below an unsigned zone, and where it is wrong (RFC 6840 §5.10)', async () => {
    const root = parseAnchors('.', tree.key('.'));
    expect(await tree.resolve(mode, 'www.isle.plain.example', 'A', { trustAnchors: [...root, ...parseAnchors('isle.plain.example', tree.key('isle.plain.example'))] })).toMatchObject({ status: 'secure', chain: ['isle.plain.example'] });
    expect(await tree.resolve(mode, 'www.example', 'A', { trustAnchors: [...root, ...parseAnchors('example', tree.key('opt'))] })).toMatchObject({ status: 'bogus' });
  });

  test('a negative anchor switches off validation below it, a closer anchor on again (RFC 7646 §2)', async () => {
    const all = [...parseAnchors('.', tree.key('.')), ...parseAnchors('apex.example', tree.key('apex.example'))];
    const off = { negativeTrustAnchors: ['example'], trustAnchors: all };
    tree.tamper('example', (response) => ({ ...response, answer: response.answer.filter(({ type }) => type !== RRSIG) }));
    expect(await tree.resolve(mode, 'www.example', 'A', off)).toMatchObject({ status: 'insecure', reason: { code: 'negative-trust-anchor' } });
    expect(await tree.resolve(mode, 'apex.example', 'SOA', off)).toMatchObject({ status: 'secure' });
  });
});
