/** Inspections through the real sockets of the practice lab: how a run goes, stops, and fails. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionSubject } from '../../core/base/subject.ts';
import { fold } from '../../core/inspection/fold.ts';
import { inspect } from '../../core/inspection/inspect.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import type { InspectOptions } from '../../core/inspection/options.ts';
import type { Ports } from '../../core/inspection/ports.ts';
import { Turns } from '../../core/inspection/turns.ts';
import { readTrustAnchors } from '../../core/dnssec/trust-anchor-file.ts';
import { systemPorts } from '../../core/net/ports.ts';
import { parseTarget } from '../../core/target/parse.ts';
import { startLab, type Lab } from '../../lab/start.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab({ only: ['good-311', 'good-ipv6', 'dual-key-one-record', 'two-mx-one-bad', 'greeting-try-later', 'tlsa-lookup-failed'] }); });
afterAll(() => lab.close());

interface Circumstances {
  readonly ports?: Partial<Ports>;
  readonly options?: Partial<InspectOptions>;
  readonly signal?: AbortSignal;
}

function start(text: string, { ports, options, signal }: Circumstances = {}): AsyncGenerator<InspectionEvent, void> {
  const target = parseTarget(text);
  const anchors = readTrustAnchors(lab.trustAnchorText, 'practice lab');
  if (!target.ok || !anchors.ok) throw new Error('the test is wrong');
  return inspect(target.value, { ...systemPorts(), network: lab.network, ...ports }, {
    helo: 'visitor.example', version: '0.0.0', lab: lab.name, trustAnchors: anchors.value, resolution: { mode: 'iterative', rootServers: lab.rootHints, why: null }, ...options,
  }, signal);
}

async function all(text: string, circumstances: Circumstances = {}): Promise<InspectionEvent[]> {
  const events: InspectionEvent[] = [];
  for await (const event of start(text, circumstances)) events.push(event);
  return events;
}

describe('a run', () => {
  test('begins with its circumstances, is numbered without gaps, and ends', async () => {
    const events = await all('good-311.example');
    expect(events[0]).toMatchObject({ type: 'run.started', seq: 0, at: 0, context: { helo: 'visitor.example', probe: 'full', families: [4, 6], lab: 'practice lab' } });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect(events.every(({ at }) => at >= 0)).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'run.finished' });
  });

  test('is the same after it went through JSON', async () => {
    const events = await all('good-311.example');
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  test('tells each certificate once, however often it is shown', async () => {
    const seen = (await all('good-ipv6.example')).flatMap((event) => (event.type === 'certificate.seen' ? [event.certificate.sha256] : []));
    expect(seen).toHaveLength(new Set(seen).size);
    expect(seen).toHaveLength(2);
  });

  test('counts connections by address in their subject, the same for all that is told of one', async () => {
    const events = await all('good-ipv6.example');
    const { connections } = fold(events);
    const addresses = [...new Set(connections.map(({ connection }) => connection.address))];
    expect(addresses.length).toBeGreaterThan(1);
    for (const address of addresses) {
      const own = connections.filter(({ connection }) => connection.address === address);
      expect(own.length).toBeGreaterThan(1);
      expect(own.map(({ subject }) => subject)).toEqual(own.map(({ connection: { host } }, index) => connectionSubject(host, address, index + 1)));
    }
    const told = events.flatMap((event) => ('connection' in event && typeof event.connection === 'number' ? [[event.connection, event.subject]] : []));
    expect(told.filter(([number, subject]) => connections.find(({ connection }) => connection.number === number)?.subject !== subject)).toEqual([]);
  });

  test('shows every key type of an address, one connection after the other', async () => {
    const { endpoints, connections } = fold(await all('dual-key-one-record.example'));
    expect(new Map(endpoints.map(({ verdict }) => [verdict.keyType, verdict.outcome]))).toEqual(new Map([['ECDSA', 'authenticated'], ['RSA', 'refused']]));
    expect(connections.map(({ connection }) => connection.purpose)).toEqual(['default', 'RSA or EdDSA', 'EdDSA', 'TLS 1.2', 'TLS 1.2']);
    const ends = connections.map(({ startedAt, lines, phases }) => [startedAt, Math.max(startedAt, ...lines.map(({ at }) => at), ...Object.values(phases).map(({ at }) => at))]);
    expect(ends.slice(1).every(([began], index) => (began ?? 0) >= (ends[index]?.[1] ?? 0))).toBe(true);
  });

  test('makes one connection to an address where it is to be quick', async () => {
    const { endpoints, connections } = fold(await all('dual-key-one-record.example', { options: { probe: 'quick' } }));
    expect([endpoints.length, connections.length]).toEqual([1, 1]);
  });

  test('shares its turns with other runs: one connection at a time to an address', async () => {
    let open = 0;
    let most = 0;
    const counted: Ports['network'] = { exchangeUdp: lab.network.exchangeUdp.bind(lab.network), connectTcp: async (address, port, signal) => {
      const connected = await lab.network.connectTcp(address, port, signal);
      if (!connected.ok || port !== 25) return connected;
      open += 1;
      most = Math.max(most, open);
      const close = connected.value.close.bind(connected.value);
      let isOpen = true;
      connected.value.close = () => {
        if (isOpen) open -= 1;
        isOpen = false;
        close();
      };
      return connected;
    } };
    const circumstances = { ports: { network: counted }, options: { turns: new Turns(8) } };
    await Promise.all([all('good-311.example', circumstances), all('good-311.example', circumstances)]);
    expect(most).toBe(1);
  });

  test('does not come again to a server that puts it off', async () => {
    expect(fold(await all('greeting-try-later.example')).connections).toHaveLength(1);
  });

  test('RFC 7672 §2.1.2: probes a host whose lookup fails for the evidence, and the outcome stays', async () => {
    const run = fold(await all('tlsa-lookup-failed.example'));
    expect(run.endpoints).toMatchObject([{ verdict: { outcome: 'lookup-failed', chain: { length: 2 } } }]);
  });

  test('with addresses of one family only has nothing to test where there are none, and does not say that all is well', async () => {
    const run = fold(await all('good-311.example', { options: { families: [6] } }));
    expect(run).toMatchObject({ state: 'finished', connections: [], outcome: { outcome: 'not-determined' } });
  });

  test('RFC 6066 §3: sends no name to an address literal, and DANE does not apply', async () => {
    const run = fold(await all('192.0.2.11'));
    expect(run.connections[0]?.offer?.serverName).toBeNull();
    expect(run.hosts).toMatchObject([{ tlsa: 'not-applicable' }]);
    expect(run.outcome.outcome).toBe('opportunistic');
  });

  test('RFC 7672 §8.1: sends the TLSA base domain as the name', async () => {
    expect(fold(await all('good-311.example')).connections[0]?.offer?.serverName).toBe('mx1.good-311.example');
  });
});

describe('a run that is stopped', () => {
  test('says so and keeps what it has', async () => {
    const stop = new AbortController();
    const events: InspectionEvent[] = [];
    for await (const event of start('good-311.example', { signal: stop.signal })) {
      events.push(event);
      if (event.type === 'smtp.connection') stop.abort();
    }
    expect(events.at(-1)?.type).toBe('run.stopped');
    expect(fold(events)).toMatchObject({ state: 'stopped', destination: { kind: 'mx' } });
  });

  test('before it began has nothing but its circumstances', async () => {
    const stop = new AbortController();
    stop.abort();
    expect((await all('good-311.example', { signal: stop.signal })).map(({ type }) => type)).toEqual(['run.started', 'run.stopped']);
  });

  test('while a server does not answer stops at once', async () => {
    const stop = new AbortController();
    const real = systemPorts();
    const silent: Ports['network'] = { exchangeUdp: lab.network.exchangeUdp.bind(lab.network), connectTcp: async (_address, _port, signal) => {
      queueMicrotask(() => { stop.abort(); });
      await new Promise<void>((resolve) => { signal.addEventListener('abort', () => { resolve(); }); });
      return { ok: false, failure: { code: 'aborted', text: 'aborted' } };
    } };
    expect((await all('good-311.example', { ports: { ...real, network: silent }, signal: stop.signal })).at(-1)?.type).toBe('run.stopped');
  });

  test('ends when the time of a run is over, and says so, although a server never answers', async () => {
    const silent: Ports['network'] = { exchangeUdp: lab.network.exchangeUdp.bind(lab.network), connectTcp: async (_address, _port, signal) => {
      await new Promise<void>((resolve) => { signal.addEventListener('abort', () => { resolve(); }); });
      return { ok: false, failure: { code: 'aborted', text: 'aborted' } };
    } };
    const events = await all('good-311.example', { ports: { network: silent }, options: { deadline: 400 } });
    expect(events.at(-1)).toMatchObject({ type: 'run.stopped', text: expect.stringContaining('the time a run may take') as string });
  });

  test('ends when the time of a run is over, although no name server answers', async () => {
    const dead: Ports['network'] = { connectTcp: lab.network.connectTcp.bind(lab.network), exchangeUdp: async (...[, , , { signal }]) => {
      await new Promise<void>((resolve) => { signal.addEventListener('abort', () => { resolve(); }); });
      return { ok: false, failure: { code: 'aborted', text: 'aborted' } };
    } };
    expect((await all('good-311.example', { ports: { network: dead }, options: { deadline: 300 } })).at(-1)?.type).toBe('run.stopped');
  });

  test('by a viewer who leaves frees everything, although hosts wait for one another', async () => {
    for await (const event of start('two-mx-one-bad.example')) if (event.type === 'smtp.phase' && event.phase === 'banner') break;
    // Leaving returned: no stage was left waiting. The lab still answers the next.
    expect((await all('two-mx-one-bad.example')).at(-1)?.type).toBe('run.finished');
  });
});

describe('a bug of ours', () => {
  test('ends the run, is told, and leaves the evidence', async () => {
    const ports = systemPorts();
    const broken = { library: ports.tls.library, handshake: () => { throw new TypeError('a bug in the handshake'); } };
    const events = await all('good-311.example', { ports: { tls: broken } });
    expect(events.at(-1)).toMatchObject({ type: 'run.failed', text: expect.stringContaining('a bug in the handshake') as string });
    expect(fold(events)).toMatchObject({ state: 'failed', destination: { kind: 'mx' }, connections: { length: 1 } });
  });
});
