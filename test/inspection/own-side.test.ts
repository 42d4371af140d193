/** What fails on our side is not held against the domain (RFC 7672 §2.1.3: the sender's own resolver has to be the security-aware one). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Network } from '../../core/base/ports.ts';
import { failed } from '../../core/base/result.ts';
import { assess } from '../../core/findings/assess.ts';
import { fold } from '../../core/inspection/fold.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { inspect } from '../../core/inspection/inspect.ts';
import type { Run } from '../../core/inspection/run.ts';
import type { ServerAddress } from '../../core/dns/facts.ts';
import { isOwnSide } from '../../core/dnssec/own-side.ts';
import { reasonFor } from '../../core/dnssec/reason.ts';
import { readTrustAnchors } from '../../core/dnssec/trust-anchor-file.ts';
import { labVantage, type Vantage } from '../../core/net/vantage.ts';
import { parseTarget } from '../../core/target/parse.ts';
import { type Lab, startLab } from '../../lab/start.ts';
import { RELAY, refusing, relayOver, spoilt, truncating, withoutAnything, withoutRecords } from '../dns/relay.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab({ only: ['good-311', 'ds-mismatch'] }); });
afterAll(() => lab.close());

const silent: Network = { exchangeUdp: async () => failed({ code: 'timeout', text: 'no answer in time' }), connectTcp: async () => failed({ code: 'timeout', text: 'no answer in time' }) };
const FORWARDING: Vantage['resolution'] = { mode: 'forwarding', servers: [RELAY], why: null };

async function inspected(text: string, network: Network, resolution: Vantage['resolution'] | null = FORWARDING, trustAnchors = labVantage(lab).trustAnchors): Promise<{ run: Run; codes: string[] }> {
  const target = parseTarget(text);
  if (!target.ok) throw new Error(target.failure.message);
  const vantage = labVantage(lab);
  const events: InspectionEvent[] = [];
  const options = { helo: 'probe.example', version: '0', resolution: resolution ?? vantage.resolution, trustAnchors };
  for await (const event of inspect(target.value, { ...vantage.ports, network }, options)) events.push(event);
  const run = fold(events);
  return { run, codes: [...new Set(assess(run).map(({ code }) => code))] };
}

async function verdict(...asked: Parameters<typeof inspected>): Promise<{ outcome: string; codes: string[] }> {
  const { run, codes } = await inspected(...asked);
  return { outcome: run.outcome.outcome, codes };
}

const UNKNOWN = { outcome: 'not-determined', codes: ['resolver-unusable'] };

test.each([['and EDNS', withoutAnything], ['and keeps EDNS', withoutRecords]])('a forwarder that removes signatures %s', async (_words, change) => {
  expect(await verdict('good-311.example', relayOver(lab, change))).toEqual(UNKNOWN);
});

test('a forwarder that refuses every question', async () => {
  expect(await verdict('good-311.example', relayOver(lab, refusing))).toEqual(UNKNOWN);
});

test('a forwarder that is silent', async () => {
  expect(await verdict('good-311.example', silent)).toEqual(UNKNOWN);
});

test('root servers that are out of reach', async () => {
  expect(await verdict('good-311.example', silent, null)).toEqual(UNKNOWN);
});

test('a host as the target has the same outcome', async () => {
  expect(await verdict('mx1.good-311.example:25', relayOver(lab, withoutRecords))).toEqual(UNKNOWN);
});

test('what is the domain’s fault stays its fault behind a forwarder that works', async () => {
  const { outcome, codes } = await verdict('ds-mismatch.example', relayOver(lab));
  expect([outcome, codes]).toEqual(['lookup-failed', ['ds-mismatch']]);
});

test('trust anchors that are not those of the root', async () => {
  const anchors = readTrustAnchors(`. IN DS 1 13 2 ${'00'.repeat(32)}\n`, 'other');
  if (!anchors.ok) throw new Error(anchors.failure.text);
  expect(await verdict('good-311.example', lab.network, null, anchors.value)).toEqual(UNKNOWN);
});

test('the closed list', () => {
  expect([reasonFor({ code: 'resolution-unavailable', detail: 'x' }), reasonFor({ code: 'no-trust-anchor', name: '.' }), reasonFor({ code: 'upstream-not-dnssec-capable', server: 'x' })].every(isOwnSide)).toBe(true);
  expect(isOwnSide(reasonFor({ code: 'dnskey-missing', zone: 'example' }))).toBe(false);
});

const fallingBack = (servers: readonly ServerAddress[]): Vantage['resolution'] => ({ mode: 'forwarding', servers, why: null, fallbackRootServers: lab.rootHints });

describe('with a fallback the authoritative servers are asked directly, and a notice says why', () => {
  test.each([
    ['removes signatures', withoutRecords],
    ['gives no answers', refusing],
    ['with what does not verify', spoilt],
    ['gives no answers', truncating],
  ])('the resolver %s', async (words, change) => {
    const { run, codes } = await inspected('good-311.example', relayOver(lab, change, true), fallingBack([RELAY]));
    expect([run.outcome.outcome, codes]).toEqual(['authenticated', []]);
    const notices = run.dnsNotices.filter(({ code }) => code === 'resolving-from-root');
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toMatch(new RegExp(`^The resolver 192\\.0\\.2\\.250 .*${words}.*; asking the authoritative servers directly\\.$`));
    expect(new Set(run.exchanges.map(({ exchange }) => exchange)).size).toBe(run.exchanges.length);
  });

  test('where the outside is out of reach nothing changes', async () => {
    expect(await verdict('good-311.example', relayOver(lab, withoutRecords), fallingBack([RELAY]))).toEqual(UNKNOWN);
  });

  test('a broken domain is no reason to go round a forwarder that works', async () => {
    const { run, codes } = await inspected('ds-mismatch.example', relayOver(lab, undefined, true), fallingBack([RELAY]));
    expect([run.outcome.outcome, codes, run.dnsNotices]).toEqual(['lookup-failed', ['ds-mismatch'], []]);
  });

  test('what is broken itself is told as broken, not as our fault', async () => {
    const { run, codes } = await inspected('ds-mismatch.example', relayOver(lab, withoutRecords, true), fallingBack([RELAY]));
    expect([run.outcome.outcome, codes]).toEqual(['lookup-failed', ['ds-mismatch']]);
  });
});
