/** The lab's `Network`: documentation addresses, latency, and faults on demand. */
import { afterEach, describe, expect, test } from 'vitest';
import { nameText } from '../../core/dns/name.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { A, AAAA } from '../../lab/dns/rrtype.ts';
import type { LabOptions } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';

const never = new AbortController().signal;
const ROOT = '203.0.113.1';
/** `. SOA` without EDNS */
const QUERY = Uint8Array.of(0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 1);
const all = { signal: never, accept: () => true };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => { await Promise.all(open.splice(0).map((lab) => lab.close())); });

async function start(options: LabOptions = { only: ['good-ipv6', 'connection-failed'] }): ReturnType<typeof startLab> {
  const lab = await startLab(options);
  open.push(lab);
  return lab;
}

/** Time that passes only while somebody sleeps. */
class VirtualClock extends SystemClock {
  slept = 0;
  override monotonic(): number {
    return this.slept;
  }
  override sleep(ms: number): Promise<void> {
    this.slept += ms;
    return Promise.resolve();
  }
}

describe('addresses', () => {
  test('an address that is not of the lab is unreachable', async () => {
    const { network } = await start();
    expect(await network.connectTcp('8.8.8.8', 53, never)).toMatchObject({ ok: false, failure: { code: 'unreachable' } });
    expect(await network.exchangeUdp('127.0.0.1', 53, QUERY, all)).toMatchObject({ ok: false, failure: { code: 'unreachable' } });
  });

  test('a host refuses a port at which nobody listens', async () => {
    const { network } = await start();
    expect(await network.connectTcp(ROOT, 25, never)).toMatchObject({ ok: false, failure: { code: 'refused' } });
  });

  test('any spelling of an IPv6 address will do (RFC 5952)', async () => {
    const { network } = await start();
    const connected = await network.connectTcp('2001:0DB8:25:0:0:0:0:11', 25, never);
    expect(connected).toMatchObject({ ok: true, value: { localAddress: '2001:db8:1::254' } });
    if (connected.ok) connected.value.close();
  });

  test('no two hosts share an address', async () => {
    const { zones } = await start({});
    const owners = new Map<string, string>();
    for (const load of zones.values()) for (const node of (await load()).nodes.values()) for (const type of [A, AAAA]) {
      for (const rdata of node.rrsets.get(type)?.rdatas ?? []) {
        expect(owners.get(rdata.join('.')) ?? nameText(node.owner)).toBe(nameText(node.owner));
        owners.set(rdata.join('.'), nameText(node.owner));
      }
    }
    expect(owners.size).toBeGreaterThan(80);
  });

  test('a scene has the same addresses whether alone or not', async () => {
    const whole = await start({});
    const alone = await start({ only: ['good-ipv6'] });
    expect(await whole.network.loopbackPort('2001:db8:25::11', 25, 'tcp')).not.toBeNull();
    expect(await alone.network.loopbackPort('2001:db8:25::11', 25, 'tcp')).not.toBeNull();
    expect(alone.scenes.map((scene) => scene.name)).toEqual(['good-ipv6']);
  });
});

test('a scene that does not exist is a mistake of the caller', async () => {
  await expect(startLab({ only: ['no-such-scene'] })).rejects.toThrow('no such scene: no-such-scene');
});

describe('latency', () => {
  test('a datagram and its answer take one round trip', async () => {
    const clock = new VirtualClock();
    const { network } = await start({ latencyMs: 40, clock });
    expect(await network.exchangeUdp(ROOT, 53, QUERY, all)).toMatchObject({ ok: true });
    expect(clock.slept).toBe(40);
  });

  test('connecting takes one round trip, and a write with its answer another one, half of it each way', async () => {
    const clock = new VirtualClock();
    const { network } = await start({ latencyMs: 40, clock });
    const connected = await network.connectTcp(ROOT, 53, never);
    if (!connected.ok) throw new Error(connected.failure.text);
    await connected.value.write(Uint8Array.of(0, QUERY.length, ...QUERY), never);
    const answer = await connected.value.read(never);
    expect(clock.slept).toBe(80);
    expect(answer.ok && answer.value !== null && answer.value.length > 12).toBe(true);
    connected.value.close();
  });

  test('a server that speaks first does so once it heard of the connection: its greeting takes another round trip', async () => {
    const clock = new VirtualClock();
    const { network } = await start({ only: ['good-ipv6'], latencyMs: 40, clock });
    const connected = await network.connectTcp('2001:db8:25::11', 25, never);
    if (!connected.ok) throw new Error(connected.failure.text);
    expect(clock.slept).toBe(40);
    expect(await connected.value.read(never)).toMatchObject({ ok: true });
    expect(clock.slept).toBe(80);
    connected.value.close();
  });
});

describe('disturbances', () => {
  test('drop: nothing comes back until the asker gives up', async () => {
    const { network } = await start();
    network.disturb(ROOT, 53, 'drop');
    const signal = AbortSignal.timeout(20);
    expect(await network.exchangeUdp(ROOT, 53, QUERY, { signal, accept: () => true })).toMatchObject({ ok: false, failure: { code: 'aborted' } });
  });

  test('truncate: TC, the question and no records', async () => {
    const { network } = await start();
    network.disturb(ROOT, 53, 'truncate');
    const answered = await network.exchangeUdp(ROOT, 53, QUERY, all);
    expect(answered.ok && [...answered.value]).toEqual([0x12, 0x34, 0x86, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 1]);
  });

  test('reset: the connection is broken, until the disturbance ends', async () => {
    const { network } = await start();
    network.disturb(ROOT, 53, 'reset');
    expect(await network.connectTcp(ROOT, 53, never)).toMatchObject({ ok: false, failure: { code: 'reset' } });
    network.disturb(ROOT, 53, null);
    const connected = await network.connectTcp(ROOT, 53, never);
    expect(connected.ok).toBe(true);
    if (connected.ok) connected.value.close();
  });
});
