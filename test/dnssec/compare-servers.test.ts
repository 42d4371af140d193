/** Three name servers of one zone, one of which is not as the others. */
import { describe, expect, test } from 'vitest';
import { valueOf } from '../../core/base/parallel.ts';
import type { ServerComparison } from '../../core/dns/facts.ts';
import { createResolver } from '../../core/dnssec/resolver.ts';
import { assess } from '../../core/findings/assess.ts';
import type { Finding } from '../../core/findings/finding.ts';
import { EMPTY_RUN } from '../../core/inspection/fold.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import { ScriptedNetwork, type Script, type Server } from '../dns/scripted-network.ts';

const SERVERS = ['192.0.2.11', '192.0.2.12', '2001:db8::13'];
const OWNER = '_25._tcp.mx.example';
const RRSIG = `${OWNER}. RRSIG TLSA 13 4 300 20400101000000 20200101000000 1 example. AAAA`;
const GOOD: Script = { answer: `${OWNER}. TLSA 3 1 1 00\n${RRSIG}` };

const network = (third: (type: string) => Script | null): ScriptedNetwork => new ScriptedNetwork({
  '192.0.2.1': () => ({ authoritative: false, authority: 'example. NS ns1.example.\nexample. NS ns2.example.', additional: 'ns1.example. A 192.0.2.11\nns2.example. A 192.0.2.12' }),
  ...Object.fromEntries(SERVERS.map((address, index): [string, Server] => [address, ({ name, type }) => {
    if (type === 'NS') return { answer: 'example. NS ns1.example.\nexample. NS ns2.example.\nexample. NS ns3.example.' };
    if (name === 'ns3.example' && type === 'AAAA') return { answer: 'ns3.example. AAAA 2001:db8::13' };
    if (name.startsWith('ns') && type === 'A') return { answer: name === 'ns3.example' ? '' : `${name}. A 192.0.2.1${name.slice(2, 3)}` };
    if (type === 'SOA') return { answer: `example. SOA ns1.example. hostmaster.example. ${index === 2 ? 7 : 8} 1 1 1 1` };
    return type === 'TLSA' && index === 2 ? third(type) : type === 'TLSA' ? GOOD : {};
  }])),
});

async function compared(third: Script | null): Promise<{ comparison: ServerComparison; findings: Finding[] }> {
  const resolver = createResolver({
    network: network(() => third), clock: new SystemClock(), random: new SystemRandom(), trustAnchors: [],
    resolution: { mode: 'iterative', rootHints: [{ name: null, address: '192.0.2.1', port: 53 }] },
  });
  const comparison = await valueOf(resolver.compareServers(OWNER, 'TLSA'));
  if (comparison === null) throw new Error('nothing was compared');
  return { comparison, findings: assess({ ...EMPTY_RUN, comparisons: [{ ...comparison, seq: 0 }] }) };
}

test('servers of the delegation and of the zone’s own NS RRset are asked, at IPv4 and IPv6', async () => {
  const { comparison, findings } = await compared(GOOD);
  expect(comparison).toMatchObject({ name: OWNER, rrtype: 'TLSA', zone: 'example' });
  expect(comparison.servers.map(({ server, serial, group, records, failure }) => [server.name, server.address, serial, group, records, failure])).toEqual([
    ['ns1.example', '192.0.2.11', 8, 0, ['TLSA 3 1 1 00'], null], ['ns2.example', '192.0.2.12', 8, 0, ['TLSA 3 1 1 00'], null], ['ns3.example', '2001:db8::13', 7, 0, ['TLSA 3 1 1 00'], null],
  ]);
  expect(comparison.servers[0]?.signatures).toEqual([{ typeCovered: 'TLSA', keyTag: 1, inception: 1577836800, expiration: 2208988800 }]);
  // Another serial alone is a transfer under way.
  expect(findings).toEqual([]);
});

describe('servers-differ', () => {
  test.each<[string, Script | null, Finding['severity'], RegExp]>([
    ['has no TLSA record', { authority: 'example. SOA ns1.example. h.example. 7 1 1 1 1' }, 'error', /sends no signatures \(serial 7 instead of 8\)/],
    ['denies it with a signature', { authority: `example. SOA ns1.example. h.example. 7 1 1 1 1\nexample. RRSIG SOA 13 1 300 20400101000000 20200101000000 1 example. AAAA` }, 'error', /has no such record/],
    ['answers SERVFAIL', { rcode: 2 }, 'error', /answers SERVFAIL/],
    ['has an old record', { answer: `${OWNER}. TLSA 3 1 1 01\n${RRSIG}` }, 'warning', /has TLSA 3 1 1 01/],
    ['is silent', null, 'warning', /does not answer/],
  ])('one that %s', async (_words, third, severity, text) => {
    const { findings } = await compared(third);
    expect(findings.map((finding) => [finding.code, finding.severity, finding.subject])).toEqual([['servers-differ', severity, `rrset:${OWNER}/TLSA`]]);
    expect(findings[0]?.message).toMatch(text);
    expect(findings[0]?.message).toContain('ns3.example (2001:db8::13)');
  });
});

test('behind a forwarder there is no way to the name servers', async () => {
  const resolver = createResolver({
    network: network(() => GOOD), clock: new SystemClock(), random: new SystemRandom(), trustAnchors: [],
    resolution: { mode: 'forwarding', forwarders: [{ name: null, address: '192.0.2.1', port: 53 }] },
  });
  expect(await valueOf(resolver.compareServers(OWNER, 'TLSA'))).toBeNull();
});
