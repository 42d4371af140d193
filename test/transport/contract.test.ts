import { createRouterClient } from '@orpc/server';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ConnectionLost, enginePortClient, inspectorClient, portClient, webSocketClient } from '../../core/api/client.ts';
import { RUNS_AT_ONCE, sessionRouter } from '../../core/api/engine.ts';
import type { ConsoleNews, InspectorClient, InspectRequest, OpenConsole } from '../../core/api/inspector-client.ts';
import { sessionProtocols } from '../../core/api/page.ts';
import { reconnectingClient } from '../../core/api/reconnecting-client.ts';
import type { ControlAction } from '../../core/inspection/control.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { relay } from '../../electron/relay.ts';
import { EngineProcess } from '../../service/engine-process.ts';
import { startHost } from '../../service/host.ts';
import { openSession } from '../../service/session.ts';
import { bundleEngine } from './bundled-engine.ts';
import type { BundledEngine } from './bundled-engine.ts';
import { countingEngine } from './counting-engine.ts';
import { messagePortMain } from './message-port-main.ts';

interface Wire {
  readonly client: InspectorClient;
  /** cuts the line as a closed window or a lost socket would; null where there is no line */
  readonly cut: (() => void) | null;
  close(): Promise<void>;
}

let bundle: BundledEngine;
beforeAll(async () => {
  bundle = await bundleEngine();
});
afterAll(() => bundle.remove());

const nothing = (): Promise<void> => Promise.resolve();

const transports: { readonly [name: string]: () => Promise<Wire> } = {
  'in the same process': () => {
    const client = inspectorClient(createRouterClient(sessionRouter(countingEngine('in-process'), new SystemClock())));
    return Promise.resolve({ client, cut: null, close: nothing });
  },
  'MessagePort': () => {
    const { port1, port2 } = new MessageChannel();
    const session = openSession(countingEngine('in-process'), new SystemClock(), (text) => port2.postMessage(text));
    port2.addEventListener('message', (event) => session.receive((event as MessageEvent<string>).data));
    port2.addEventListener('close', () => session.close());
    port2.start();
    port1.start();
    const cut = (): void => port1.close();
    return Promise.resolve({ client: portClient(port1), cut, close: () => Promise.resolve(cut()) });
  },
  'WebSocket of the local host': async () => {
    const engine = bundle.engine();
    const host = await startHost({ files: new Map(), engine, tokenLifetime: 60_000, grace: 1000, patience: 5000, now: Date.now });
    const origin = `http://127.0.0.1:${String(host.port)}`;
    const reply = await fetch(`${origin}/session`, { method: 'POST', headers: { Origin: origin }, body: host.address().split('#')[1] ?? '' });
    const session = await reply.text();
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(`ws://127.0.0.1:${String(host.port)}/rpc`, sessionProtocols(session), { origin });
    const client = webSocketClient(socket as unknown as Parameters<typeof webSocketClient>[0]);
    return { client, cut: () => socket.terminate(), close: () => closed(() => host.close(), engine) };
  },
  'Electron relay and child process': () => {
    const engine = bundle.engine();
    const { port1, port2 } = new MessageChannel();
    relay(messagePortMain(port2), engine);
    port1.start();
    const cut = (): void => port1.close();
    return Promise.resolve({ client: portClient(port1), cut, close: () => closed(() => Promise.resolve(cut()), engine) });
  },
};

async function closed(close: () => Promise<void>, engine: EngineProcess): Promise<void> {
  await close();
  engine.end();
}

async function collect(client: InspectorClient, request: InspectRequest, signal = new AbortController().signal): Promise<{ events: InspectionEvent[]; batches: number[] }> {
  const events: InspectionEvent[] = [];
  const batches: number[] = [];
  for await (const batch of client.inspect(request, signal)) {
    events.push(...batch);
    batches.push(batch.length);
  }
  return { events, batches };
}

/** Polls the engine until no run is under way: that a run stops is the point, not when. */
async function untilIdle(client: InspectorClient): Promise<void> {
  while ((await client.runtime()).resolver !== '0 running') await new Promise((resolve) => setTimeout(resolve, 5));
}

const CONSOLE: OpenConsole = { run: 'tab', host: 'mx.example', address: '192.0.2.1', keyType: null, allow: { mail: false, auth: false } };

async function news(client: InspectorClient, request: OpenConsole): Promise<ConsoleNews[]> {
  const told: ConsoleNews[] = [];
  for await (const one of client.openConsole(request, new AbortController().signal)) told.push(one);
  return told;
}

describe.each(Object.entries(transports))('the seam over %s', (_name, open) => {
  let wire: Wire;
  const opened = async (): Promise<InspectorClient> => {
    wire = await open();
    return wire.client;
  };
  afterEach(async () => wire.close());

  test('questions are answered, hostile text and astral characters unharmed', async () => {
    const client = await opened();
    expect(await client.runtime()).toMatchObject({ version: '0.0.0', resolver: '0 running' });
    expect((await client.scenes())[0]?.title).toBe('Good — “all” of it');
    expect(await client.parseTarget('mx1.example.org:25')).toMatchObject({ ok: true, target: { kind: 'host', port: 25 } });
    expect(await client.parseTarget('bad host')).toMatchObject({ ok: false, error: { code: 'unexpected' } });
  });

  test('all events come, in order, unharmed, in batches of at most 64', async () => {
    const { events, batches } = await collect(await opened(), { target: 'count-500.example', families: [4, 6] });
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 500 }, (_, index) => index));
    expect(events[7]).toEqual({ seq: 7, at: 7, subject: 'run:1', type: 'run.stopped', text: 'event 7 \u202e\u0000\ud83d\ude00' });
    expect(Math.max(...batches)).toBeLessThanOrEqual(64);
    expect(batches.length).toBeLessThan(50);
  });

  test('aborting stops the run in the engine and ends the stream quietly', async () => {
    const client = await opened();
    const stop = new AbortController();
    for await (const batch of client.inspect({ target: 'endless.example' }, stop.signal)) {
      expect(batch.length).toBeGreaterThan(0);
      stop.abort();
    }
    await untilIdle(client);
  });

  test('leaving the loop stops the run in the engine', async () => {
    const client = await opened();
    for await (const batch of client.inspect({ target: 'endless.example' }, new AbortController().signal)) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    await untilIdle(client);
  });

  test('a request that breaks the schema is refused before the engine sees it', async () => {
    const client = await opened();
    const refusals = [{ target: 'example.org', helo: 'a\r\nMAIL FROM:<>' }, { target: 'example.org', port: 0 }, { target: 'x'.repeat(3000) }, { target: 'example.org', families: [5] }, { target: 'example.org', extra: true }, { target: 'example.org', resolver: { address: 'resolver.example', port: 53 } }, { target: 'example.org', resolver: { address: '192.0.2.053', port: 53 } }];
    for (const request of refusals) await expect(collect(client, request as InspectRequest)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('one session has only so many runs at once', async () => {
    const client = await opened();
    const stop = new AbortController();
    const runs = Array.from({ length: RUNS_AT_ONCE }, () => client.inspect({ target: 'endless.example' }, stop.signal)[Symbol.asyncIterator]());
    await Promise.all(runs.map((run) => run.next()));
    await expect(collect(client, { target: 'count-1.example' })).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    stop.abort();
    for (const run of runs) await run.return?.();
    await untilIdle(client);
    expect((await collect(client, { target: 'count-1.example' })).events).toHaveLength(1);
  });

  test('a paused run takes a person’s words, one for each command, and is told of late ones', async () => {
    const client = await opened();
    const answers: unknown[] = [];
    for await (const batch of client.inspect({ target: 'paused.example', run: 'tab-1', step: true }, new AbortController().signal)) {
      for (const event of batch) {
        if (event.type !== 'smtp.paused') continue;
        if (event.pause === 1) {
          answers.push(await client.control('tab-1', { type: 'edit', pause: 1, text: 'EHLO a\r\nMAIL FROM:<>' }), await client.control('tab-1', { type: 'send', pause: 9 }));
          answers.push(await client.control('tab-1', { type: 'edit', pause: 1, text: 'EHLO \u202e😀' }), await client.control('tab-1', { type: 'send', pause: 1 }));
        } else answers.push(await client.control('tab-1', { type: 'stop' }));
      }
    }
    expect(answers).toMatchObject([
      { ok: false, failure: { code: 'line-break' } }, { ok: false, failure: { code: 'nothing-waits' } }, { ok: true }, { ok: false, failure: { code: 'nothing-waits' } }, { ok: true },
    ]);
    await untilIdle(client);
  });

  test('step mode can be switched off while a command waits', async () => {
    const client = await opened();
    const told: InspectionEvent[] = [];
    for await (const batch of client.inspect({ target: 'paused.example', run: 'tab-2', step: true }, new AbortController().signal)) {
      told.push(...batch);
      expect(await client.control('tab-2', { type: 'continue' })).toEqual({ ok: true });
    }
    expect(told).toHaveLength(1);
  });

  test('an unknown run, a run of no name and a name that is taken get an answer', async () => {
    const client = await opened();
    expect(await client.control('nobody', { type: 'pause' })).toMatchObject({ ok: false, failure: { code: 'unknown-run' } });
    expect(await news(client, { ...CONSOLE, run: 'nobody' })).toMatchObject([{ type: 'refused', refusal: { code: 'unknown-run' } }]);
    await collect(client, { target: 'count-1.example', run: 'tab-3' });
    await expect(collect(client, { target: 'count-1.example', run: 'tab-3' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await collect(client, { target: 'count-1.example' })).events).toHaveLength(1);
  });

  test('words and channels that break the schema are refused before the engine sees them', async () => {
    const client = await opened();
    const actions: readonly object[] = [{ type: 'shout' }, { type: 'send' }, { type: 'send', pause: 0 }, { type: 'edit', pause: 1, text: 'x'.repeat(20_000) }, { type: 'type', text: 'NOOP' }, { type: 'pause', extra: 1 }];
    for (const action of actions) await expect(client.control('tab', action as ControlAction)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    for (const run of ['', 'a b', '../x', 'x'.repeat(65)]) await expect(client.control(run, { type: 'pause' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    for (const change of [{ host: '' }, { keyType: 'DSA' }, { allow: { mail: true } }, { port: 25 }]) await expect(news(client, { ...CONSOLE, ...change } as OpenConsole)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('a console: lines in, guards, one at a time, closed by hand', async () => {
    const client = await opened();
    await collect(client, { target: 'count-1.example', run: 'console-1' });
    expect(await news(client, { ...CONSOLE, run: 'console-1', host: 'mx.elsewhere' })).toMatchObject([{ type: 'refused', refusal: { code: 'unknown-endpoint', text: 'not mx.elsewhere' } }]);
    expect(await client.control('console-1', { type: 'type', text: 'NOOP', confirmed: false })).toMatchObject({ ok: false, failure: { code: 'no-console' } });
    const texts: string[] = [];
    const words: ControlAction[] = [{ type: 'type', text: 'NOOP', confirmed: false }, { type: 'close' }];
    for await (const one of client.openConsole({ ...CONSOLE, run: 'console-1' }, new AbortController().signal)) {
      for (const event of one.type === 'events' ? one.events : []) {
        texts.push(event.type === 'run.stopped' ? event.text : '');
        if (texts.at(-1) !== 'next line') continue;
        expect(await client.control('console-1', { type: 'type', text: 'DATA', confirmed: true })).toMatchObject({ ok: false, failure: { code: 'not-allowed' } });
        const word = words.shift();
        if (word !== undefined) expect(await client.control('console-1', word)).toEqual({ ok: true });
      }
    }
    expect(texts).toEqual(['next line', 'NOOP', 'next line']);
    await untilIdle(client);
  });

  test('a page that leaves closes its console in the engine', async () => {
    const client = await opened();
    await collect(client, { target: 'count-1.example', run: 'console-2' });
    const stop = new AbortController();
    for await (const one of client.openConsole({ ...CONSOLE, run: 'console-2' }, stop.signal)) {
      expect(one.type).toBe('events');
      stop.abort();
    }
    await untilIdle(client);
  });

  test('a bug of the engine fails the run and leaves the session usable', async () => {
    const client = await opened();
    await expect(collect(client, { target: 'bug.example' })).rejects.toThrow();
    expect((await collect(client, { target: 'count-3.example' })).events).toHaveLength(3);
  });

  test('a line that is cut is told as lost', async () => {
    const client = await opened();
    const { cut } = wire;
    if (cut === null) return;
    const reading = async (): Promise<void> => {
      for await (const _batch of client.inspect({ target: 'endless.example' }, new AbortController().signal)) cut();
    };
    await expect(reading()).rejects.toBeInstanceOf(ConnectionLost);
  });
});

describe('the engine’s process', () => {
  test('a crash is told on every line, and the next line starts it anew', async () => {
    const engine = bundle.engine();
    const why = await new Promise<string>((resolve) => {
      engine.openLine({ message: () => {}, ended: () => {} }).close();
      engine.openLine({ message: () => {}, ended: resolve }).send('crash.example');
    });
    expect(why).toBe('the engine ended with exit code 3');
    const { port1, port2 } = new MessageChannel();
    relay(messagePortMain(port2), engine);
    port1.start();
    expect(await portClient(port1).runtime()).toMatchObject({ version: '0.0.0' });
    port1.close();
    engine.end();
  });

  test('no line starts it anew once its shell ended it', async () => {
    let started = 0;
    const engine = new EngineProcess(() => {
      started += 1;
      return { send: () => {}, kill: () => {} };
    });
    engine.openLine({ message: () => {}, ended: () => {} });
    engine.end();
    const why = await new Promise<string>((resolve) => engine.openLine({ message: () => {}, ended: resolve }).send('late'));
    expect({ why, started }).toEqual({ why: 'the engine was ended with its shell', started: 1 });
  });

  test('a client outlives a crash: the run tells why and keeps what it told, the next question starts the engine anew', async () => {
    const engine = bundle.engine();
    const told: string[] = [];
    const client = reconnectingClient((ended) => {
      const { port1, port2 } = new MessageChannel();
      relay(messagePortMain(port2), engine);
      const crossing = enginePortClient(port1, ended);
      port1.start();
      return Promise.resolve(crossing);
    }, (why) => told.push(why));
    const events: InspectionEvent[] = [];
    const run = async (): Promise<void> => {
      for await (const batch of client.inspect({ target: 'endless.example' }, new AbortController().signal)) {
        events.push(...batch);
        if (events.length === batch.length) engine.openLine({ message: () => {}, ended: () => {} }).send('crash.example');
      }
    };
    await expect(run()).rejects.toMatchObject({ name: 'ConnectionLost', message: 'the engine ended with exit code 3' });
    expect(events.length).toBeGreaterThan(0);
    expect(told).toEqual(['the engine ended with exit code 3']);
    expect(await client.runtime()).toMatchObject({ resolver: '0 running' });
    expect((await collect(client, { target: 'count-3.example' })).events).toHaveLength(3);
    engine.end();
  });

  test('a line that cannot be opened is tried again with the next question', async () => {
    let tries = 0;
    const client = reconnectingClient(() => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('nobody answers')) : Promise.resolve(inspectorClient(createRouterClient(sessionRouter(countingEngine('in-process'), new SystemClock()))));
    }, () => {});
    await expect(client.runtime()).rejects.toThrow('nobody answers');
    expect(await client.scenes()).toHaveLength(1);
    await client.parseTarget('example.org');
    expect(tries).toBe(2);
  });

  test('a message that is no RPC message harms nothing', async () => {
    const engine = bundle.engine();
    const line = engine.openLine({ message: () => {}, ended: () => {} });
    for (const text of ['', '{', '[]', '{"i":1,"t":9,"p":{}}', '\u0000'.repeat(1000), JSON.stringify({ i: '1', p: { u: '/../../etc/passwd' } })]) line.send(text);
    const { port1, port2 } = new MessageChannel();
    relay(messagePortMain(port2), engine);
    port1.start();
    expect((await collect(portClient(port1), { target: 'count-3.example' })).events).toHaveLength(3);
    port1.close();
    engine.end();
  });
});
