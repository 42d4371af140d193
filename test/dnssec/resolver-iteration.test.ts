import { describe, expect, test } from 'vitest';
import type { Lookup } from '../../core/dns/facts.ts';
import { createResolver, type ResolverOptions } from '../../core/dnssec/resolver.ts';
import type { ResolverFact } from '../../core/dnssec/effort.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import { MovableClock } from '../dns/movable-clock.ts';
import { ScriptedNetwork, type Server } from '../dns/scripted-network.ts';

const ROOT_SERVER = '192.0.2.1';

async function lookUp(servers: Readonly<Record<string, Server>>, name: string, options: Partial<ResolverOptions> = {}): Promise<{ lookup: Lookup; network: ScriptedNetwork; facts: ResolverFact[] }> {
  const network = new ScriptedNetwork(servers);
  const resolver = createResolver({
    network, clock: new SystemClock(), random: new SystemRandom(), trustAnchors: [], primeRoot: false,
    resolution: { mode: 'iterative', rootHints: [{ name: null, address: ROOT_SERVER, port: 53 }] }, ...options,
  });
  const stage = resolver.lookUp(name, 'A');
  const facts: ResolverFact[] = [];
  for (;;) {
    const step = await stage.next();
    if (step.done === true) return { lookup: step.value, network, facts };
    facts.push(step.value);
  }
}

const refer = (zone: string, server: string, glue?: string): ReturnType<Server> =>
  ({ authoritative: false, authority: `${zone} NS ${server}`, ...(glue === undefined ? {} : { additional: `${server} A ${glue}` }) });

const records = (lookup: Lookup): string[] => lookup.records.map(({ owner, text }) => `${owner} ${text}`);
const notices = (facts: readonly ResolverFact[]): string[] => facts.flatMap((fact) => (fact.type === 'dns.notice' ? fact.code : []));

describe('the way down from the root', () => {
  test('follows referrals with glue and asks each server once', async () => {
    const { lookup, network } = await lookUp({
      [ROOT_SERVER]: () => refer('example.', 'ns.example.', '192.0.2.2'),
      '192.0.2.2': () => ({ answer: 'www.example. A 198.51.100.1' }),
    }, 'www.example');
    expect(records(lookup)).toEqual(['www.example 198.51.100.1']);
    expect(network.asked.map(({ address, name, type }) => `${address} ${name} ${type}`)).toEqual(['192.0.2.1 www.example A', '192.0.2.2 www.example A']);
    expect(lookup).toMatchObject({ status: 'indeterminate', rcode: 'NOERROR', reason: { code: 'no-trust-anchor' } });
  });

  test('glue outside the zone of the server that refers is not believed (RFC 2181 §5.4.1)', async () => {
    const { network, lookup } = await lookUp({
      [ROOT_SERVER]: ({ name }) => (name.endsWith('test') ? refer('test.', 'ns.test.', '192.0.2.3') : refer('example.', 'ns.example.', '192.0.2.2')),
      '192.0.2.2': () => ({ authoritative: false, authority: 'sub.example. NS ns.test.', additional: 'ns.test. A 192.0.2.66' }),
      '192.0.2.3': () => ({ answer: 'ns.test. A 192.0.2.4' }),
      '192.0.2.4': () => ({ answer: 'www.sub.example. A 198.51.100.1' }),
      '192.0.2.66': () => ({ answer: 'www.sub.example. A 203.0.113.66' }),
    }, 'www.sub.example');
    expect(records(lookup)).toEqual(['www.sub.example 198.51.100.1']);
    expect(network.asked.some(({ address }) => address === '192.0.2.66')).toBe(false);
  });

  test('a lame server is left for the next one, with a word about it', async () => {
    const { lookup, facts } = await lookUp({
      [ROOT_SERVER]: () => ({ authoritative: false, authority: 'example. NS a.example.\nexample. NS b.example.', additional: 'a.example. A 192.0.2.2\nb.example. A 192.0.2.3' }),
      '192.0.2.2': () => ({ rcode: 5 }),
      '192.0.2.3': () => ({ answer: 'www.example. A 198.51.100.1' }),
    }, 'www.example');
    expect(records(lookup)).toHaveLength(1);
    expect(notices(facts).every((code) => code === 'server-lame')).toBe(true);
  });

  test('a referral upward or sideways is lame, not a way', async () => {
    const { lookup } = await lookUp({
      [ROOT_SERVER]: () => refer('example.', 'ns.example.', '192.0.2.2'),
      '192.0.2.2': () => refer('.', 'a.root.', ROOT_SERVER),
    }, 'www.example');
    expect(lookup).toMatchObject({ status: 'indeterminate', rcode: 'SERVFAIL', reason: { code: 'lookup-failed' } });
  });

  test('records that nobody asked for are not believed', async () => {
    const { lookup } = await lookUp({
      [ROOT_SERVER]: ({ name }) => (name.endsWith('test') ? refer('test.', 'ns.test.', '192.0.2.3') : refer('example.', 'ns.example.', '192.0.2.2')),
      '192.0.2.2': () => ({ answer: 'www.example. CNAME www.test.\nwww.test. A 203.0.113.66' }),
      '192.0.2.3': () => ({ answer: 'www.test. A 198.51.100.1' }),
    }, 'www.example');
    expect(records(lookup)).toEqual(['www.test 198.51.100.1']);
    expect(lookup).toMatchObject({ canonicalName: 'www.test', aliases: [{ owner: 'www.example', target: 'www.test', synthesised: false }] });
  });

  test('DNAME is followed by what it makes, not by the CNAME beside it (RFC 6672 §5.3.1)', async () => {
    const { lookup } = await lookUp({
      [ROOT_SERVER]: ({ name }) => (name.endsWith('test') ? { answer: 'a.b.test. A 198.51.100.1' } : { answer: 'example. DNAME test.\na.b.example. CNAME evil.test.' }),
    }, 'a.b.example');
    expect(records(lookup)).toEqual(['a.b.test 198.51.100.1']);
    expect(lookup.aliases).toMatchObject([{ owner: 'a.b.example', target: 'a.b.test', synthesised: true }]);
  });
});

describe('loops and limits', () => {
  test('aliases that lead back end the lookup', async () => {
    const { lookup, network } = await lookUp({
      [ROOT_SERVER]: ({ name }) => ({ answer: name === 'a.example' ? 'a.example. CNAME b.test.' : 'b.test. CNAME a.example.' }),
    }, 'a.example');
    expect(lookup).toMatchObject({ rcode: 'SERVFAIL', reason: { code: 'lookup-limit' } });
    expect(network.asked.length).toBeLessThan(5);
  });

  test('zones whose servers lie in one another cannot be reached, and end', async () => {
    const { lookup, network } = await lookUp({
      [ROOT_SERVER]: ({ name }) => (name.endsWith('test') ? refer('test.', 'ns.example.') : refer('example.', 'ns.test.')),
    }, 'www.example');
    expect(lookup.reason?.code).toBe('lookup-failed');
    expect(network.asked.length).toBeLessThan(12);
  });

  test('a delegation with many servers without addresses costs a few questions only (NXNS)', async () => {
    const { network } = await lookUp({
      [ROOT_SERVER]: ({ name }) => (name.endsWith('victim') ? { rcode: 3 } : { authoritative: false, authority: Array.from({ length: 60 }, (_, index) => `example. NS n${index}.victim.`).join('\n') }),
    }, 'www.example');
    expect(network.asked.filter(({ name }) => name.endsWith('victim')).length).toBeLessThanOrEqual(8);
  });

  test('referrals without end are cut, and the number of queries is limited', async () => {
    const deep: Server = ({ name }) => {
      const labels = name.split('.');
      return refer(`${labels.slice(-(depth += 1)).join('.')}.`, 'ns.root.', ROOT_SERVER);
    };
    let depth = 0;
    const { lookup, network } = await lookUp({ [ROOT_SERVER]: deep }, Array.from({ length: 100 }, () => 'a').join('.'), { limits: { queries: 20 } });
    expect(lookup.rcode).toBe('SERVFAIL');
    expect(network.asked.length).toBeLessThanOrEqual(20);
  });

  test('silent servers are asked twice, not for ever', async () => {
    const { lookup, network } = await lookUp({ [ROOT_SERVER]: () => null }, 'www.example');
    expect(lookup.reason?.text).toContain('no answer in time');
    expect(network.asked).toHaveLength(2);
  });
});

describe('addresses of name servers', () => {
  const outside = (server: Server, at: Record<string, Server>): Record<string, Server> => ({
    [ROOT_SERVER]: ({ name }) => (name.endsWith('test') ? refer('test.', 'ns.test.', '192.0.2.3') : refer('example.', 'ns.test.')), '192.0.2.3': server, ...at,
  });
  const both: Server = ({ type }) => ({ answer: type === 'AAAA' ? 'ns.test. AAAA 2001:db8::4' : 'ns.test. A 192.0.2.4' });
  const found: Server = () => ({ answer: 'www.example. A 198.51.100.1' });

  test('AAAA is not asked for where an address of A answers', async () => {
    const { network } = await lookUp(outside(both, { '192.0.2.4': found }), 'www.example');
    expect(network.asked.filter(({ type }) => type === 'AAAA')).toEqual([]);
  });

  test('and is where those of A are silent (RFC 1034 §5.3.3)', async () => {
    const { lookup } = await lookUp(outside(both, { '192.0.2.4': () => null, '2001:db8::4': found }), 'www.example');
    expect(records(lookup)).toEqual(['www.example 198.51.100.1']);
  });

  test('a failed look-up is kept for seconds, not for the run (RFC 9520 §3.2)', async () => {
    let dead = true;
    const network = new ScriptedNetwork(outside((one) => (dead ? { rcode: 2 } : both(one)), { '192.0.2.4': found }));
    const clock = new MovableClock();
    const resolver = createResolver({ network, clock, random: new SystemRandom(), trustAnchors: [], primeRoot: false, resolution: { mode: 'iterative', rootHints: [{ name: null, address: ROOT_SERVER, port: 53 }] } });
    expect((await resolver.resolve('www.example', 'A')).rcode).toBe('SERVFAIL');
    const asked = network.asked.length;
    expect((await resolver.resolve('mail.example', 'A')).rcode).toBe('SERVFAIL');
    expect(network.asked.slice(asked).filter(({ name }) => name === 'ns.test')).toEqual([]);
    dead = false;
    clock.passedMs += 6000;
    expect((await resolver.resolve('www.example', 'A')).rcode).toBe('NOERROR');
  });
});

describe('servers that are none', () => {
  test('a resolver in place of a server of the zone: another one is asked, its answer is used where there is none (RFC 1034 §6.2.6)', async () => {
    const two = { authoritative: false, authority: 'example. NS a.example.\nexample. NS b.example.', additional: 'a.example. A 192.0.2.2\nb.example. A 192.0.2.3' };
    const cached: Server = () => ({ authoritative: false, recursionAvailable: true, answer: 'www.example. A 203.0.113.66' });
    const one = await lookUp({ [ROOT_SERVER]: () => two, '192.0.2.2': cached, '192.0.2.3': () => ({ answer: 'www.example. A 198.51.100.1' }) }, 'www.example');
    expect(records(one.lookup)).toEqual(['www.example 198.51.100.1']);
    const all = await lookUp({ [ROOT_SERVER]: () => two, '192.0.2.2': cached, '192.0.2.3': cached }, 'www.example');
    expect([records(all.lookup), notices(all.facts)]).toEqual([['www.example 203.0.113.66'], ['server-lame', 'server-lame']]);
  });

  test('truncated over TCP too is no answer (RFC 2181 §9)', async () => {
    const { lookup, network } = await lookUp({ [ROOT_SERVER]: () => ({ truncated: true, answer: 'www.example. A 198.51.100.1' }) }, 'www.example');
    expect(lookup).toMatchObject({ rcode: 'SERVFAIL', reason: { code: 'resolution-unavailable' } });
    expect(network.asked.map(({ transport }) => transport)).toEqual(['udp', 'tcp']);
  });

  test('without EDNS an answer that does not fit comes over TCP (RFC 6891 §7)', async () => {
    const { lookup, network } = await lookUp({ [ROOT_SERVER]: ({ edns, transport }) => (edns ? { rcode: 1, edns: false } : { edns: false, truncated: transport === 'udp', answer: 'www.example. A 198.51.100.1' }) }, 'www.example');
    expect(records(lookup)).toEqual(['www.example 198.51.100.1']);
    expect(network.asked.map(({ transport, edns }) => `${transport} ${edns}`)).toEqual(['udp true', 'udp false', 'tcp false']);
  });
});

describe('minimised names (RFC 9156)', () => {
  const asked = async (example: Server, name: string): Promise<{ names: string[]; notices: string[]; found: string[] }> => {
    const { lookup, network, facts } = await lookUp({ [ROOT_SERVER]: () => refer('example.', 'ns.example.', '192.0.2.2'), '192.0.2.2': example }, name, { minimiseQueryNames: true });
    return { names: network.asked.map((one) => one.name), notices: notices(facts), found: records(lookup) };
  };
  const whole = (name: string): Server => (one) => (one.name === name ? { answer: `${name}. A 198.51.100.1` } : { authority: 'example. SOA ns.example. h.example. 1 1 1 1 1' });

  test('§2.2: one label more, until the name is whole', async () => {
    const { names, found } = await asked(whole('c.b.a.example'), 'c.b.a.example');
    expect(names).toEqual(['example', 'a.example', 'b.a.example', 'c.b.a.example']);
    expect(found).toEqual(['c.b.a.example 198.51.100.1']);
  });

  test('§2.3: labels that begin with an underscore cost no question, and a long name no more than ten', async () => {
    expect((await asked(whole('_25._tcp.mx.example'), '_25._tcp.mx.example')).names).toEqual(['example', 'mx.example', '_25._tcp.mx.example']);
    const long = `${Array.from({ length: 60 }, () => 'a').join('.')}.example`;
    expect((await asked(whole(long), long)).names.length).toBeLessThanOrEqual(12);
  });

  test.each([['SERVFAIL', { rcode: 2 }, ['query-minimisation-fallback']], ['REFUSED', { rcode: 5 }, ['server-lame', 'query-minimisation-fallback']], ['NXDOMAIN', { rcode: 3 }, ['query-minimisation-fallback']]] as const)(
    'a server that answers a name in between with %s is asked for the whole name', async (_rcode, between, told) => {
      const { names, notices: codes, found } = await asked((one) => (one.name === 'b.a.example' ? { answer: 'b.a.example. A 198.51.100.1' } : between), 'b.a.example');
      expect([names.at(-1), found, codes]).toEqual(['b.a.example', ['b.a.example 198.51.100.1'], told]);
    });
});
