import { describe, expect, test } from 'vitest';
import { DnsClient, DEFAULT_DNS_TIMEOUTS } from '../../core/dns/exchange.ts';
import type { DnsFact } from '../../core/dns/facts.ts';
import { parseName } from '../../core/dns/name.ts';
import { rdataText } from '../../core/dns/presentation.ts';
import { RRTYPE } from '../../core/dns/rrtype.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import { ScriptedNetwork, type Server } from './scripted-network.ts';

const ADDRESS = '192.0.2.53';

async function ask(server: Server, times = 1) {
  const network = new ScriptedNetwork({ [ADDRESS]: server });
  const client = new DnsClient({ network, clock: new SystemClock(), random: new SystemRandom(), signal: new AbortController().signal, timeouts: DEFAULT_DNS_TIMEOUTS });
  const facts: DnsFact[] = [];
  const results = [];
  for (let time = 0; time < times; time += 1) {
    const stage = client.ask({
      server: { name: 'ns1.example', address: ADDRESS, port: 53 }, zone: parseName('example'), mayQuery: () => true,
      question: { name: parseName('a.long.name.example'), type: RRTYPE.A, class: 1 },
    });
    for (let step = await stage.next(); ; step = await stage.next()) {
      if (step.done === true) {
        results.push(step.value);
        break;
      }
      facts.push(step.value);
    }
  }
  return { network, facts, result: results.at(-1) as (typeof results)[number], types: facts.map((fact) => (fact.type === 'dns.notice' ? fact.code : fact.type)) };
}

const ANSWER = { answer: 'a.long.name.example. 60 A 192.0.2.1' };

describe('one question to one server', () => {
  test('is told as a query and an answer with its bytes', async () => {
    const { facts, result, network } = await ask(() => ANSWER);
    expect(result.ok && result.value.message.answer.map(({ type, rdata }) => rdataText(type, rdata))).toEqual(['192.0.2.1']);
    expect(facts).toMatchObject([
      { type: 'dns.queried', exchange: 1, zone: 'example', transport: 'udp', name: 'a.long.name.example', rrtype: 'A', subject: 'rrset:a.long.name.example/A' },
      { type: 'dns.answered', exchange: 1, rcode: 'NOERROR', truncated: false, authoritative: true },
    ]);
    expect(network.asked).toMatchObject([{ transport: 'udp', edns: true, flags: 0 }]);
  });

  test('goes over TCP after truncation (RFC 7766 §5)', async () => {
    const { types, result, network } = await ask(({ transport }) => (transport === 'udp' ? { truncated: true } : ANSWER));
    expect(types).toEqual(['dns.queried', 'dns.answered', 'truncated-retry-tcp', 'dns.queried', 'dns.answered']);
    expect(result.ok && result.value.message.answer.length).toBe(1);
    expect(network.asked.map(({ transport }) => transport)).toEqual(['udp', 'tcp']);
  });

  test('fails where the answer is truncated and TCP gives nothing: half an answer is none', async () => {
    const { result } = await ask(({ transport }) => (transport === 'udp' ? { truncated: true, ...ANSWER } : null));
    expect(result.ok ? null : result.failure.code).toBe('reset');
  });

  test.each([1, 4])('goes without EDNS where the server refuses it with RCODE %i (RFC 6891 §7), and remembers that', async (rcode) => {
    const { types, network, result } = await ask((asked) => (asked.edns ? { rcode, edns: false } : { ...ANSWER, edns: false }), 2);
    expect(result.ok).toBe(true);
    expect(types.filter((type) => type === 'edns-refused')).toHaveLength(1);
    expect(network.asked.map((asked) => asked.edns)).toEqual([true, false, false]);
  });

  test('an answer that lost the letter case is asked for again over TCP, where it cannot be forged blindly', async () => {
    const { types, network } = await ask(({ transport }) => ({ ...ANSWER, lowerCase: transport === 'udp' }));
    expect(types).toContain('response-discarded');
    expect(network.asked.map(({ transport }) => transport)).toEqual(['udp', 'tcp']);
  });

  test('silence and broken octets are failures with a code', async () => {
    expect(await ask(() => null)).toMatchObject({ result: { ok: false, failure: { code: 'timeout' } }, types: ['dns.queried', 'dns.failed'] });
    const header = Uint8Array.of(0, 0, 0x84, 1, 0, 0, 0, 9, 0, 0, 0, 0);
    expect(await ask(() => ({ bytes: header }))).toMatchObject({ result: { ok: false, failure: { code: 'malformed' } } });
  });
});
