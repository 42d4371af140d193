import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { sessionProtocols } from '../../core/api/page.ts';
import type { EngineProcess } from '../../service/engine-process.ts';
import { startHost } from '../../service/host.ts';
import type { Host } from '../../service/host.ts';
import { bundleEngine } from '../transport/bundled-engine.ts';
import type { BundledEngine } from '../transport/bundled-engine.ts';

const files = new Map([
  ['/', { type: 'text/html; charset=utf-8', bytes: new TextEncoder().encode('<!doctype html><title>page</title>') }],
  ['/assets/page.js', { type: 'text/javascript; charset=utf-8', bytes: new TextEncoder().encode('export {};') }],
]);

let bundle: BundledEngine;
let engine: EngineProcess;
let host: Host;
let now: number;

beforeAll(async () => {
  bundle = await bundleEngine();
});
afterAll(() => bundle.remove());
beforeEach(async () => {
  now = 1_000_000;
  engine = bundle.engine();
  host = await startHost({ files, engine, tokenLifetime: 60_000, grace: 20, patience: 5000, now: () => now });
});
afterEach(async () => {
  await host.close();
  engine.end();
});

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Ask {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Node's fetch forbids some of the headers that an attacker can send; this does not. */
function ask({ path = '/', method = 'GET', headers = {}, body }: Ask): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: host.port, path, method, headers: { Host: `127.0.0.1:${String(host.port)}`, ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const origin = (): string => `http://127.0.0.1:${String(host.port)}`;
const tokenOf = (address: string): string => new URL(address).hash.slice(1);
const swap = (token: string, headers: OutgoingHttpHeaders = { Origin: origin() }): Promise<Reply> =>
  ask({ path: '/session', method: 'POST', headers, body: token });
const newSession = async (): Promise<string> => (await swap(tokenOf(host.address()))).text;

interface Opening {
  readonly path?: string;
  readonly protocols?: readonly string[];
  readonly headers?: { readonly [name: string]: string };
}

/** @returns the open socket, or the status of the refusal */
function open({ path = '/rpc', protocols = [], headers = { Origin: origin() } }: Opening): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${String(host.port)}${path}`, [...protocols], { headers: { ...headers } });
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.once('error', reject);
  });
}

const closeCode = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));

describe('what the host serves', () => {
  test('the page and its files, and nothing of the disk', async () => {
    expect(await ask({})).toMatchObject({ status: 200, text: '<!doctype html><title>page</title>' });
    expect(await ask({ path: '/assets/page.js?x' })).toMatchObject({ status: 200, text: 'export {};' });
    for (const path of ['/package.json', '/../package.json', '/..%2fpackage.json', '/assets/', '//etc/passwd', '/%00']) expect((await ask({ path })).status).toBe(404);
  });

  test('only GET and HEAD; HEAD has no body', async () => {
    expect(await ask({ method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) expect((await ask({ method })).status).toBe(405);
    expect((await ask({ path: '/session' })).status).toBe(405);
  });

  test('every answer carries the security headers, refusals too', async () => {
    for (const reply of [await ask({}), await ask({ path: '/none' }), await ask({ headers: { Host: 'evil.example' } })]) {
      expect(reply.headers).toMatchObject({
        'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp', 'cache-control': 'no-store', 'x-dns-prefetch-control': 'off',
      });
    }
  });

  test('the content policy has no inline or evaluated script and connects to this server alone', async () => {
    const policy = String((await ask({})).headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${String(host.port)}`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.join(' ')).not.toContain('unsafe-eval');
  });

  test('only the worker that lays graphs out may compile WebAssembly', async () => {
    const policy = async (path: string): Promise<string> => String((await ask({ path })).headers['content-security-policy']);
    expect(await policy('/assets/layout-worker-7UKe9FR3.js')).toContain("script-src 'self' 'wasm-unsafe-eval';");
    for (const path of ['/', '/assets/index-7UKe9FR3.js', '/x/assets/layout-worker-7.js', '/assets/layout-worker-7.js/x']) expect(await policy(path)).toContain("script-src 'self';");
  });

  test('it listens on 127.0.0.1 and on no other address', async () => {
    const elsewhere = await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: host.port });
      socket.once('connect', () => resolve('connected'));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    expect(elsewhere).toBe('ECONNREFUSED');
  });

  test('an over-long header is refused', async () => {
    expect((await ask({ headers: { 'X-Long': 'x'.repeat(20_000) } })).status).toBe(431);
  });
});

test('a request that is sent drop by drop is cut off', async () => {
  const impatient = await startHost({ files, engine, tokenLifetime: 60_000, grace: 20, patience: 50, now: Date.now });
  for (const beginning of ['', 'GET / HTTP/1.1\r\nHost: ', `POST /session HTTP/1.1\r\nHost: 127.0.0.1:${String(impatient.port)}\r\nOrigin: http://127.0.0.1:${String(impatient.port)}\r\nContent-Length: 43\r\n\r\nx`]) {
    await new Promise((settle) => {
      const socket = connect({ host: '127.0.0.1', port: impatient.port }, () => socket.write(beginning));
      socket.resume().once('close', settle);
    });
  }
  await impatient.close();
});

describe('who may ask', () => {
  test('a name that was pointed at 127.0.0.1 is refused (DNS rebinding)', async () => {
    for (const name of ['evil.example', `evil.example:${String(host.port)}`, `localhost:${String(host.port)}`, `[::1]:${String(host.port)}`, `127.0.0.1.:${String(host.port)}`, '127.0.0.1', `127.0.0.1:${String(host.port)}.evil.example`]) {
      expect((await ask({ headers: { Host: name } })).status).toBe(403);
    }
  });

  test('RFC 9112 §3.2: a request with two Hosts, or none, is refused, whichever stands first', async () => {
    const own = `Host: 127.0.0.1:${String(host.port)}`;
    const statusOf = (...hosts: readonly string[]): Promise<string> => new Promise((settle, reject) => {
      let said = '';
      const socket = connect({ host: '127.0.0.1', port: host.port }, () => socket.write(`${['GET / HTTP/1.1', ...hosts, 'Connection: close'].join('\r\n')}\r\n\r\n`));
      socket.setEncoding('latin1').on('data', (text: string) => (said += text)).on('error', reject).once('close', () => settle(said.slice(9, 12)));
    });
    expect([await statusOf(own), await statusOf(own, 'Host: evil.example'), await statusOf('Host: evil.example', own), await statusOf(own, own), await statusOf()]).toEqual(['200', '403', '403', '403', '400']);
  });

  test('another site gets nothing, but may lead a person to the page', async () => {
    const cross = (mode: string, dest: string): OutgoingHttpHeaders => ({ 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': mode, 'Sec-Fetch-Dest': dest });
    expect((await ask({ headers: cross('no-cors', 'script') })).status).toBe(403);
    expect((await ask({ headers: cross('navigate', 'iframe') })).status).toBe(403);
    expect((await ask({ headers: { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors' } })).status).toBe(403);
    expect((await ask({ headers: cross('navigate', 'document') })).status).toBe(200);
    expect((await ask({ headers: { 'Sec-Fetch-Site': 'same-origin' } })).status).toBe(200);
  });

  test('a browser that tells no Sec-Fetch-Site is held to the Origin that it tells', async () => {
    for (const foreign of ['http://evil.example', 'null', 'http://127.0.0.1:1', `http://[::1]:${String(host.port)}`]) expect((await ask({ headers: { Origin: foreign } })).status).toBe(403);
    expect((await ask({ headers: { Origin: origin() } })).status).toBe(200);
  });
});

describe('the one-time token', () => {
  test('has 256 bits, is swapped once, and then no more', async () => {
    const token = tokenOf(host.address());
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const first = await swap(token);
    expect(first.status).toBe(200);
    expect(Buffer.from(first.text, 'base64url')).toHaveLength(32);
    expect(first.text).not.toBe(token);
    expect((await swap(token)).status).toBe(401);
  });

  test('is answered without a cookie, which would go to every port of this computer', async () => {
    for (const reply of [await ask({}), await swap(tokenOf(host.address())), await swap('x')]) expect(reply.headers['set-cookie']).toBeUndefined();
  });

  test('a new address makes the one before useless', async () => {
    const before = tokenOf(host.address());
    const after = tokenOf(host.address());
    expect((await swap(before)).status).toBe(401);
    expect((await swap(after)).status).toBe(200);
  });

  test('is too old after its lifetime', async () => {
    const token = tokenOf(host.address());
    now += 60_001;
    expect((await swap(token)).status).toBe(401);
  });

  test('is not swapped for a page of another origin, or without one', async () => {
    const token = tokenOf(host.address());
    for (const headers of [{}, { Origin: 'http://evil.example' }, { Origin: 'null' }, { Origin: 'http://127.0.0.1:1' }]) expect((await swap(token, headers)).status).toBe(403);
    expect((await swap(token)).status).toBe(200);
  });

  test('what is no token is refused, and a wrong one does not use up the right one', async () => {
    const token = tokenOf(host.address());
    for (const wrong of ['', 'x', '{}', ` ${token}`, `${token}x`]) expect((await swap(wrong)).status).toBe(401);
    expect((await swap('x'.repeat(2000))).status).toBe(413);
    expect((await swap(token)).status).toBe(200);
  });
});

describe('the line to the engine', () => {
  test('opens for a session of this host and our own page', async () => {
    const socket = await open({ protocols: sessionProtocols(await newSession()) });
    expect(socket).toBeInstanceOf(WebSocket);
    expect((socket as WebSocket).protocol).toBe('inspector.v1');
    (socket as WebSocket).terminate();
  });

  test('opens again after a reload, with the same session', async () => {
    const session = await newSession();
    for (let load = 0; load < 2; load += 1) {
      const socket = await open({ protocols: sessionProtocols(session) });
      expect(socket).toBeInstanceOf(WebSocket);
      (socket as WebSocket).terminate();
    }
  });

  test('stays shut for anybody else', async () => {
    const session = await newSession();
    expect(await open({})).toBe(401);
    expect(await open({ protocols: ['inspector.v1'] })).toBe(401);
    expect(await open({ protocols: sessionProtocols('x'.repeat(43)) })).toBe(401);
    expect(await open({ protocols: sessionProtocols(tokenOf(host.address())) })).toBe(401);
    expect(await open({ protocols: sessionProtocols(session).slice(1) })).toBe(401);
    expect(await open({ protocols: sessionProtocols(session), headers: {} })).toBe(403);
    expect(await open({ protocols: sessionProtocols(session), headers: { Origin: 'http://evil.example' } })).toBe(403);
    expect(await open({ protocols: sessionProtocols(session), headers: { Origin: origin(), Host: 'evil.example' } })).toBe(403);
    expect(await open({ protocols: sessionProtocols(session), headers: { Origin: origin(), 'Sec-Fetch-Site': 'cross-site' } })).toBe(403);
    expect(await open({ path: '/other', protocols: sessionProtocols(session) })).toBe(404);
  });

  test('compresses nothing: what is secret beside what a stranger sends would show in the length', async () => {
    const socket = (await open({ protocols: sessionProtocols(await newSession()) })) as WebSocket;
    expect(socket.extensions).toBe('');
    socket.terminate();
  });

  test('opens for a few pages, not for many', async () => {
    const session = await newSession();
    const sockets = await Promise.all(Array.from({ length: 8 }, () => open({ protocols: sessionProtocols(session) })));
    expect(await open({ protocols: sessionProtocols(session) })).toBe(503);
    for (const socket of sockets) (socket as WebSocket).terminate();
  });

  test('a message over 1 MiB, or one that is not text, closes it', async () => {
    const session = await newSession();
    const big = (await open({ protocols: sessionProtocols(session) })) as WebSocket;
    big.on('error', () => {});
    big.send('x'.repeat(1024 * 1024 + 1));
    expect(await closeCode(big)).toBe(1009);
    const binary = (await open({ protocols: sessionProtocols(session) })) as WebSocket;
    binary.send(Buffer.from([0, 1, 2]));
    expect(await closeCode(binary)).toBe(1003);
  });

  test('is closed with a reason when the engine ends', async () => {
    const socket = (await open({ protocols: sessionProtocols(await newSession()) })) as WebSocket;
    const reason = new Promise<[number, string]>((resolve) => socket.once('close', (code, text) => resolve([code, text.toString()])));
    socket.send('crash.example');
    expect(await reason).toEqual([1011, 'the engine ended with exit code 3']);
  });

  test('opens anew for the page whose engine ended: the host waits longer for it than for a reload', async () => {
    const patient = await startHost({ files, engine, tokenLifetime: 60_000, grace: 0, patience: 5000, now: Date.now });
    const own = `http://127.0.0.1:${String(patient.port)}`;
    const reply = await fetch(`${own}/session`, { method: 'POST', headers: { Origin: own }, body: tokenOf(patient.address()) });
    const protocols = sessionProtocols(await reply.text());
    const connectAgain = (): Promise<WebSocket> => new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${String(patient.port)}/rpc`, protocols, { origin: own });
      socket.once('open', () => resolve(socket)).once('error', reject);
    });
    let ended = false;
    void patient.empty.then(() => (ended = true));
    const first = await connectAgain();
    first.send('crash.example');
    await closeCode(first);
    const second = await connectAgain();
    expect(ended).toBe(false);
    second.terminate();
    await patient.empty;
    await patient.close();
  });
});

describe('a client that never hangs up', () => {
  /** Keeps its half of the connection open whatever the host does. */
  const refusedUpgrade = (port: number): Promise<{ readonly socket: Socket; readonly gone: Promise<void> }> => new Promise((settle, reject) => {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true }, () => socket.write(`GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`));
    const gone = new Promise<void>((left) => socket.once('close', left));
    socket.on('error', reject);
    socket.resume().once('end', () => settle({ socket, gone }));
  });

  test('holds no connection after it was refused a WebSocket: the host ends all the same', async () => {
    const besieged = await startHost({ files, engine, tokenLifetime: 60_000, grace: 20, patience: 5000, now: Date.now });
    const { socket, gone } = await refusedUpgrade(besieged.port);
    socket.on('error', () => {}).on('end', () => {});
    await besieged.close();
    socket.end('x');
    await gone;
  });

  test('does not take the place of a page, however often it asks', async () => {
    const refused = [];
    for (let count = 0; count < 64; count += 1) refused.push(await refusedUpgrade(host.port));
    expect(await ask({})).toMatchObject({ status: 200 });
    for (const { socket } of refused) socket.on('error', () => {}).destroy();
  });
});

describe('the end', () => {
  test('comes with the last page, after time for a reload', async () => {
    const session = await newSession();
    const first = (await open({ protocols: sessionProtocols(session) })) as WebSocket;
    const second = (await open({ protocols: sessionProtocols(session) })) as WebSocket;
    first.terminate();
    second.terminate();
    await host.empty;
  });

  test('comes when no page ever came', async () => {
    const lonely = await startHost({ files, engine, tokenLifetime: 10, grace: 20, patience: 5000, now: Date.now });
    await lonely.empty;
    await lonely.close();
  });
});

describe('the preferred port', () => {
  const options = () => ({ files, engine, tokenLifetime: 60_000, grace: 20, patience: 5000, now: () => now });

  test('is taken again once it is free, so that a browser finds what it kept', async () => {
    const before = await startHost(options());
    await before.close();
    const again = await startHost({ ...options(), preferredPort: before.port });
    expect(again.port).toBe(before.port);
    await again.close();
  });

  test('that another holds is left to it', async () => {
    const second = await startHost({ ...options(), preferredPort: host.port });
    expect(second.port).not.toBe(host.port);
    await second.close();
  });
});
