import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parallel, valueOf } from '../../core/base/parallel.ts';
import type { Network } from '../../core/base/ports.ts';
import { failed } from '../../core/base/result.ts';
import type { Lookup } from '../../core/dns/facts.ts';
import { parseMessage } from '../../core/dns/message.ts';
import { createResolver, type Resolver, type ResolverOptions } from '../../core/dnssec/resolver.ts';
import type { ResolverFact } from '../../core/dnssec/effort.ts';
import { readTrustAnchors } from '../../core/dnssec/trust-anchor-file.ts';
import type { TrustAnchor } from '../../core/dnssec/trust-anchor.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import { type Lab, startLab } from '../../lab/start.ts';
import { RELAY, relayOver, withoutAnything } from '../dns/relay.ts';

let lab: Lab;
let trustAnchors: readonly TrustAnchor[];
const clock = new SystemClock();
const random = new SystemRandom();

beforeAll(async () => {
  lab = await startLab({ only: ['good-311', 'good-nsec3', 'domain-unsigned', 'signature-expired', 'ds-mismatch', 'parent-unsigned', 'good-tcp'] });
  const anchors = readTrustAnchors(lab.trustAnchorText, 'lab');
  if (!anchors.ok) throw new Error(anchors.failure.text);
  trustAnchors = anchors.value;
});

afterAll(() => lab.close());

const open = (options: Partial<ResolverOptions> = {}): Resolver =>
  createResolver({ network: lab.network, clock, random, trustAnchors, primeRoot: false, resolution: { mode: 'iterative', rootHints: lab.rootHints }, ...options });

async function told(stage: AsyncGenerator<ResolverFact, Lookup>): Promise<{ facts: ResolverFact[]; lookup: Lookup }> {
  const facts: ResolverFact[] = [];
  for (;;) {
    const step = await stage.next();
    if (step.done === true) return { facts, lookup: step.value };
    facts.push(step.value);
  }
}

const queries = (facts: readonly ResolverFact[]): string[] => facts.flatMap((fact) => (fact.type === 'dns.queried' ? `${fact.name} ${fact.rrtype} @${fact.zone ?? 'forwarder'}` : []));

describe('from the root down', () => {
  test('a signed answer is secure; no question is asked that it does not need', async () => {
    const { facts, lookup } = await told(open().lookUp('Good-311.Example', 'mx'));
    expect(lookup).toMatchObject({
      name: 'good-311.example', rrtype: 'MX', status: 'secure', rcode: 'NOERROR', noData: false, reason: null, zones: ['.', 'example', 'good-311.example'],
      records: [{ owner: 'good-311.example', type: 'MX', text: '10 mx1.good-311.example.' }], fromCache: false,
    });
    expect(queries(facts).sort()).toEqual([
      '. DNSKEY @.', 'example DNSKEY @example', 'good-311.example DNSKEY @good-311.example',
      'good-311.example MX @.', 'good-311.example MX @example', 'good-311.example MX @good-311.example',
    ]);
    expect(facts.filter(({ type }) => type === 'dnssec.anchor')).toHaveLength(1);
    expect(facts.flatMap((fact) => (fact.type === 'dnssec.zone' ? `${fact.zone.parent ?? '-'} ${fact.zone.zone} ${fact.zone.status}` : []))).toEqual([
      '- . secure', '. example secure', 'example good-311.example secure',
    ]);
    expect(facts.flatMap((fact) => (fact.type === 'dnssec.signature' ? fact.check.result : [])).every((result) => result === 'valid')).toBe(true);
  });

  test('the keys of a zone are asked for beside the question: one round trip a zone', async () => {
    const { facts } = await told(open().lookUp('good-311.example', 'MX'));
    const flow = facts.flatMap((fact) => (fact.type === 'dns.queried' ? `> ${fact.exchange}` : fact.type === 'dns.answered' ? `< ${fact.exchange}` : []));
    // Whatever the order of arrival, no query for the child's key waits for the answer with its parent's key.
    const asked = facts.flatMap((fact) => (fact.type === 'dns.queried' ? [{ exchange: fact.exchange, key: `${fact.name} ${fact.rrtype} ${fact.zone ?? ''}` }] : []));
    const referral = asked.find(({ key }) => key === 'good-311.example MX example')?.exchange ?? 0;
    const childKey = asked.find(({ key }) => key === 'good-311.example DNSKEY good-311.example')?.exchange ?? 0;
    expect(flow.slice(flow.indexOf(`< ${referral}`), flow.indexOf(`> ${childKey}`)).filter((step) => step.startsWith('<'))).toEqual([`< ${referral}`]);
  });

  test('with minimised names the zones above learn one label each (RFC 9156 §2.2)', async () => {
    const { facts, lookup } = await told(open({ minimiseQueryNames: true }).lookUp('_25._tcp.mx1.good-311.example', 'TLSA'));
    expect(lookup.status).toBe('secure');
    expect(queries(facts).filter((query) => !query.includes('DNSKEY'))).toEqual([
      'example A @.', 'good-311.example A @example', 'mx1.good-311.example A @good-311.example', '_25._tcp.mx1.good-311.example TLSA @good-311.example',
    ]);
  });

  test('in the order of an inspection minimised names cost no question more', async () => {
    const asked = async (minimiseQueryNames: boolean): Promise<number> => {
      const resolver = open({ minimiseQueryNames });
      const all: string[] = [];
      for (const [name, type] of [['good-311.example', 'MX'], ['mx1.good-311.example', 'A'], ['mx1.good-311.example', 'AAAA'], ['_25._tcp.mx1.good-311.example', 'TLSA']] as const) {
        all.push(...queries((await told(resolver.lookUp(name, type))).facts));
      }
      return all.length;
    };
    expect(await asked(true)).toBe(await asked(false));
  });

  test('a second lookup asks only what is new, a repeated one nothing', async () => {
    const resolver = open();
    await told(resolver.lookUp('good-311.example', 'MX'));
    expect(queries((await told(resolver.lookUp('_25._tcp.mx1.good-311.example', 'TLSA'))).facts)).toEqual(['_25._tcp.mx1.good-311.example TLSA @good-311.example']);
    const repeated = await told(resolver.lookUp('good-311.example', 'MX'));
    expect([queries(repeated.facts), repeated.lookup.fromCache]).toEqual([[], true]);
  });

  test('lookups at once share what they wait for, and one that stops holds up nobody', async () => {
    const resolver = open();
    const stopped = resolver.lookUp('good-311.example', 'MX');
    await stopped.next();
    await stopped.next();
    const facts: ResolverFact[] = [];
    const stage = parallel(['good-311.example', 'mx1.good-311.example', 'good-311.example'].map((name) => resolver.lookUp(name, 'A')));
    for (let step = await stage.next(); step.done !== true; step = await stage.next()) facts.push(step.value);
    const asked = queries(facts);
    expect(asked.filter((query) => query.includes('DNSKEY'))).toHaveLength(new Set(asked.filter((query) => query.includes('DNSKEY'))).size);
    expect((await valueOf(stopped)).status).toBe('secure');
  });

  test.each([
    ['nope.good-311.example', 'A', 'NXDOMAIN', 'name-error'],
    ['good-311.example', 'SRV', 'NOERROR', 'no-data'],
    ['nope.good-nsec3.test', 'A', 'NXDOMAIN', 'name-error'],
    ['_tcp.mx1.good-nsec3.test', 'A', 'NOERROR', 'no-data'],
  ])('%s %s is proved not to exist: %s', async (name, type, rcode, claim) => {
    const { facts, lookup } = await told(open().lookUp(name, type));
    expect(lookup).toMatchObject({ status: 'secure', rcode, noData: rcode === 'NOERROR', records: [] });
    expect(facts.flatMap((fact) => (fact.type === 'dnssec.denial' ? `${fact.check.claim} ${fact.check.result}` : [])).at(-1)).toBe(`${claim} proved`);
  });

  test.each([
    ['domain-unsigned.example', 'insecure', 'NOERROR', 'insecure-delegation'],
    ['parent-unsigned.invalid', 'insecure', 'NOERROR', 'insecure-delegation'],
    ['ds-mismatch.example', 'bogus', 'SERVFAIL', 'dnskey-not-vouched'],
  ])('%s is %s', async (name, status, rcode, code) => {
    const lookup = await valueOf(open().lookUp(name, 'MX'));
    expect(lookup).toMatchObject({ status, rcode, reason: { code } });
  });

  test('an expired signature is bogus, and says by how much', async () => {
    const lookup = await valueOf(open().lookUp('_25._tcp.mx1.signature-expired.example', 'TLSA'));
    expect(lookup).toMatchObject({ status: 'bogus', rcode: 'SERVFAIL', ttl: 0, reason: { code: 'signature-expired', ede: 7, rfc: 'RFC 4035 §5.3.1' } });
  });

  test('a negative trust anchor switches validation off below it (RFC 7646)', async () => {
    const lookup = await valueOf(open({ negativeTrustAnchors: ['ds-mismatch.example'] }).lookUp('ds-mismatch.example', 'MX'));
    expect(lookup).toMatchObject({ status: 'insecure', rcode: 'NOERROR', reason: { code: 'negative-trust-anchor' } });
  });

  test('without an anchor above nothing is decided, and nothing more asked (RFC 4033 §5)', async () => {
    const { facts, lookup } = await told(open({ trustAnchors: [] }).lookUp('good-311.example', 'MX'));
    expect(lookup).toMatchObject({ status: 'indeterminate', rcode: 'NOERROR', reason: { code: 'no-trust-anchor' } });
    expect(queries(facts)).toHaveLength(3);
  });

  test('a limit on work ends in its own reason', async () => {
    const lookup = await valueOf(open({ policy: { maximumSignatureChecks: 2 } }).lookUp('good-311.example', 'MX'));
    expect(lookup).toMatchObject({ status: 'bogus', reason: { code: 'work-limit-signatures' } });
  });

  test('a text that is no name and a type that is none are the caller\'s mistakes', async () => {
    await expect(open().resolve('a..b', 'A')).rejects.toThrow('empty label');
    await expect(open().resolve('a.example', 'NOPE')).rejects.toThrow(RangeError);
  });
});

describe('through a forwarder', () => {
  const forwarded = (network: Network): Resolver => open({ network, resolution: { mode: 'forwarding', forwarders: [RELAY] } });

  test.each([
    ['good-311.example', 'MX', 'secure', null],
    ['nope.good-nsec3.test', 'A', 'secure', null],
    ['domain-unsigned.example', 'MX', 'insecure', 'insecure-delegation'],
    ['ds-mismatch.example', 'MX', 'bogus', 'dnskey-not-vouched'],
    ['_25._tcp.mx1.signature-expired.example', 'TLSA', 'bogus', 'signature-expired'],
  ])('%s %s is %s all the same', async (name, type, status, code) => {
    const lookup = await valueOf(forwarded(relayOver(lab)).lookUp(name, type));
    expect([lookup.status, lookup.reason?.code ?? null]).toEqual([status, code]);
  });

  test('RD, CD and DO are set (RFC 6840 §5.9)', async () => {
    const seen: Uint8Array[] = [];
    await valueOf(forwarded(relayOver(lab, (answer, query) => (seen.push(query), answer))).lookUp('good-311.example', 'MX'));
    for (const query of seen) expect(parseMessage(query)).toMatchObject({ ok: true, value: { recursionDesired: true, checkingDisabled: true, edns: { dnssecOk: true } } });
    expect(seen.length).toBeGreaterThan(3);
  });

  test('one that strips signatures makes the answer indeterminate, not bogus', async () => {
    const { facts, lookup } = await told(forwarded(relayOver(lab, withoutAnything)).lookUp('good-311.example', 'MX'));
    expect(lookup).toMatchObject({ status: 'indeterminate', rcode: 'SERVFAIL', reason: { code: 'upstream-not-dnssec-capable' } });
    expect(facts.some((fact) => fact.type === 'dns.notice' && fact.code === 'forwarder-strips-dnssec')).toBe(true);
  });

  test('one that is silent is told as unusable, and nothing is decided', async () => {
    const network: Network = { exchangeUdp: async () => failed({ code: 'timeout', text: 'no answer in time' }), connectTcp: async () => failed({ code: 'refused', text: 'no' }) };
    const { facts, lookup } = await told(forwarded(network).lookUp('good-311.example', 'MX'));
    expect(lookup).toMatchObject({ status: 'indeterminate', rcode: 'SERVFAIL', reason: { code: 'resolution-unavailable' } });
    expect(facts.some((fact) => fact.type === 'dns.notice' && fact.code === 'forwarder-unusable')).toBe(true);
  });
});
