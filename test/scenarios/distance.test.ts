/** Distance and bad lines change how long a run takes, not what it says. */
import { afterEach, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { inspectInLab } from './inspect-lab.ts';

const open: Lab[] = [];
afterEach(async () => { await Promise.all(open.splice(0).map((lab) => lab.close())); });

async function start(options: Parameters<typeof startLab>[0]): Promise<Lab> {
  const lab = await startLab(options);
  open.push(lab);
  return lab;
}

async function verdict(lab: Lab, target: string): Promise<string> {
  const { run } = await inspectInLab(lab, target);
  return [run.state, run.outcome.outcome, ...assess(run).map((finding) => finding.code)].join(' ');
}

test('a round trip of 30 ms', async () => {
  const lab = await start({ latencyMs: 30 });
  const verdicts = await Promise.all(['good-311.example', 'good-tcp.example', 'handshake-failed.example', 'tlsa-mismatch.example'].map((domain) => verdict(lab, domain)));
  expect(verdicts).toEqual(['finished authenticated', 'finished authenticated', 'finished refused handshake-failed', 'finished refused tlsa-mismatch']);
});

test('every datagram truncated: all of DNS over TCP (RFC 7766 §5)', async () => {
  const lab = await start({ only: ['good-311'] });
  const addresses = new Set<string>();
  const first = await inspectInLab(lab, 'good-311.example');
  for (const event of first.events) if (event.type === 'dns.queried') addresses.add(event.server.address);
  for (const address of addresses) lab.network.disturb(address, 53, 'truncate');
  const again = await inspectInLab(lab, 'good-311.example');
  expect(again.run.outcome.outcome).toBe('authenticated');
  expect(again.run.exchanges.some((exchange) => exchange.transport === 'tcp')).toBe(true);
  expect(again.run.exchanges.filter((exchange) => exchange.transport === 'udp' && exchange.answer?.truncated !== true)).toEqual([]);
});

test('a mail server that resets every connection is not determined, not refused', async () => {
  const lab = await start({ only: ['good-311'] });
  const { run } = await inspectInLab(lab, 'good-311.example');
  for (const host of run.hosts) for (const { address } of host.addresses) lab.network.disturb(address, 25, 'reset');
  expect(await verdict(lab, 'good-311.example')).toBe('finished not-determined connection-failed');
});
