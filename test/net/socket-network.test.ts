import { createSocket } from 'node:dgram';
import type { Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Network } from '../../core/base/ports.ts';
import { failed } from '../../core/base/result.ts';
import { ROOT_HINTS } from '../../core/dns/root-hints.ts';
import { SocketNetwork } from '../../core/net/socket-network.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { outsidePort53Reachable, parseResolvConf } from '../../core/net/system-resolver.ts';

const network = new SocketNetwork();
const never = new AbortController().signal;
const cleanups: (() => void)[] = [];

afterEach(() => { for (const cleanup of cleanups.splice(0)) cleanup(); });

async function tcpServer(serve: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    cleanups.push(() => { socket.destroy(); });
    socket.on('error', () => { /* the client's side is looked at */ });
    serve(socket);
  }).listen(0, '127.0.0.1');
  cleanups.push(() => { server.close(); });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function udpServer(answer: (socket: UdpSocket, query: Buffer, port: number) => void): Promise<number> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => { answer(socket, query, from.port); }).bind(0, '127.0.0.1');
  cleanups.push(() => { socket.close(); });
  await once(socket, 'listening');
  return socket.address().port;
}

async function connectTo(port: number, via = network) {
  const connected = await via.connectTcp('127.0.0.1', port, never);
  if (!connected.ok) throw new Error(connected.failure.text);
  cleanups.push(() => { connected.value.close(); });
  return connected.value;
}

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : new TextDecoder().decode(bytes));

describe('TCP', () => {
  test('reads what came, then the FIN, and again', async () => {
    const connection = await connectTo(await tcpServer((socket) => { socket.end('hello'); }));
    const first = await connection.read(never);
    expect(first.ok && text(first.value)).toBe('hello');
    expect(await connection.read(never)).toEqual({ ok: true, value: null });
    expect(await connection.read(never)).toEqual({ ok: true, value: null });
  });

  test('our side stays open after the FIN of the peer', async () => {
    let heard = '';
    const port = await tcpServer((socket) => { socket.end('bye'); socket.on('data', (data) => { heard += data.toString(); }); });
    const connection = await connectTo(port);
    while ((await connection.read(never) as { readonly value?: Uint8Array | null }).value !== null) { /* to the end */ }
    expect(await connection.write(new TextEncoder().encode('QUIT\r\n'), never)).toEqual({ ok: true, value: undefined });
    await expect.poll(() => heard, { timeout: 10_000 }).toBe('QUIT\r\n');
  });

  test('a reset comes after the octets before it, and is none of FIN', async () => {
    const connection = await connectTo(await tcpServer((socket) => { socket.write('hello', () => setTimeout(() => { socket.resetAndDestroy(); }, 20)); }));
    const first = await connection.read(never);
    expect(first.ok && text(first.value)).toBe('hello');
    expect(await connection.read(never)).toMatchObject({ ok: false, failure: { code: 'reset' } });
  });

  test('an aborted read leaves the connection usable', async () => {
    let say: (() => void) | null = null;
    const connection = await connectTo(await tcpServer((socket) => { say = () => { socket.write('late'); }; }));
    const stop = new AbortController();
    setTimeout(() => { stop.abort(); }, 10);
    expect(await connection.read(stop.signal)).toMatchObject({ ok: false, failure: { code: 'aborted' } });
    (say as (() => void) | null)?.();
    const read = await connection.read(never);
    expect(read.ok && text(read.value)).toBe('late');
  });

  test('a peer that floods is held back, and nothing is lost', async () => {
    const total = 20_000_000;
    let written = 0;
    const port = await tcpServer((socket) => {
      socket.write(Buffer.alloc(total, 'x'), () => { written = total; });
      socket.end();
    });
    const connection = await connectTo(port);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    expect(written).toBe(0);
    let size = 0;
    for (;;) {
      const read = await connection.read(never);
      if (!read.ok || read.value === null) break;
      size += read.value.length;
    }
    expect(size).toBe(total);
  });

  test('refused, aborted, not an address', async () => {
    const port = await tcpServer(() => { /* closed below */ });
    for (const cleanup of cleanups.splice(0)) cleanup();
    expect(await network.connectTcp('127.0.0.1', port, never)).toMatchObject({ ok: false, failure: { code: 'refused' } });
    expect(await network.connectTcp('127.0.0.1', port, AbortSignal.abort())).toMatchObject({ ok: false, failure: { code: 'aborted' } });
    expect(await network.connectTcp('localhost', port, never)).toMatchObject({ ok: false, failure: { code: 'other' } });
  });

  test('a source address of this machine is used, another one is told', async () => {
    const port = await tcpServer((socket) => { socket.end(socket.remoteAddress ?? ''); });
    const connection = await connectTo(port, new SocketNetwork({ sourceAddresses: ['127.0.0.2', '::1'] }));
    const read = await connection.read(never);
    expect(read.ok && text(read.value)).toBe('127.0.0.2');
    expect(connection.localAddress).toBe('127.0.0.2');
    const elsewhere = new SocketNetwork({ sourceAddresses: ['192.0.2.1'] });
    expect(await elsewhere.connectTcp('127.0.0.1', port, never)).toMatchObject({ ok: false, failure: { code: 'no-route' } });
  });

  test('closing twice, and using what is closed', async () => {
    const connection = await connectTo(await tcpServer(() => { /* waits */ }));
    connection.close();
    connection.close();
    expect(await connection.read(never)).toMatchObject({ ok: false });
    expect(await connection.write(Uint8Array.of(1), never)).toMatchObject({ ok: false });
  });
});

describe('UDP', () => {
  const query = Uint8Array.of(1, 2, 3);
  const take = { signal: never, accept: () => true };

  test('the answer', async () => {
    const port = await udpServer((socket, asked, from) => { socket.send(Buffer.concat([asked, Buffer.from([9])]), from, '127.0.0.1'); });
    expect(await network.exchangeUdp('127.0.0.1', port, query, take)).toEqual({ ok: true, value: Uint8Array.of(1, 2, 3, 9) });
  });

  test('what is not the answer does not end the wait (RFC 5452 §9.1)', async () => {
    const port = await udpServer((socket, _asked, from) => { for (const first of [7, 8, 1]) socket.send(Uint8Array.of(first), from, '127.0.0.1'); });
    expect(await network.exchangeUdp('127.0.0.1', port, query, { signal: never, accept: ([first]) => first === 1 })).toEqual({ ok: true, value: Uint8Array.of(1) });
  });

  test('what another port sends is not seen at all', async () => {
    const other = createSocket('udp4');
    cleanups.push(() => { other.close(); });
    const seen: number[] = [];
    const port = await udpServer((socket, _asked, from) => {
      other.send(Uint8Array.of(66), from, '127.0.0.1', () => { setTimeout(() => { socket.send(Uint8Array.of(1), from, '127.0.0.1'); }, 20); });
    });
    await network.exchangeUdp('127.0.0.1', port, query, { signal: never, accept: ([first = 0]) => { seen.push(first); return true; } });
    expect(seen).toEqual([1]);
  });

  test('refused, aborted', async () => {
    const port = await udpServer(() => { /* closed below */ });
    for (const cleanup of cleanups.splice(0)) cleanup();
    expect(await network.exchangeUdp('127.0.0.1', port, query, take)).toMatchObject({ ok: false, failure: { code: 'refused' } });
    const silent = await udpServer(() => { /* silent */ });
    expect(await network.exchangeUdp('127.0.0.1', silent, query, { ...take, signal: AbortSignal.timeout(30) })).toMatchObject({ ok: false, failure: { code: 'aborted' } });
  });
});

describe('the clock', () => {
  const clock = new SystemClock();

  test('a deadline expires, is cleared, follows its parent', async () => {
    const short = clock.deadline(5, never);
    await clock.sleep(1000, short.signal);
    expect([short.signal.aborted, short.expired()]).toEqual([true, true]);
    const parent = new AbortController();
    const long = clock.deadline(60_000, parent.signal);
    parent.abort();
    expect([long.signal.aborted, long.expired()]).toEqual([true, false]);
    long.clear();
    expect(clock.deadline(60_000, AbortSignal.abort()).signal.aborted).toBe(true);
  });
});

describe('the resolver of this machine', () => {
  test('nameserver lines of resolv.conf(5), three at most', () => {
    const servers = parseResolvConf('# nameserver 192.0.2.9\nsearch example.org\nnameserver 192.0.2.1\n  nameserver\t2001:db8::53 \nnameserver nonsense\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n');
    expect(servers).toEqual(['192.0.2.1', '2001:db8::53', '192.0.2.3'].map((address) => ({ name: null, address, port: 53 })));
  });

  const hint = (port: number) => [{ name: 'a.root-servers.net', address: '127.0.0.1', port }];
  const answering = (flags: readonly [number, number]) => udpServer((socket, asked, from) => { asked.set(flags, 2); socket.send(asked, from, '127.0.0.1'); });

  test('a root server that answers with authority is the outside; a box in between and silence are not', async () => {
    const clock = new SystemClock();
    expect(await outsidePort53Reachable(network, hint(await answering([0x84, 0])), clock)).toBe(true);
    expect(await outsidePort53Reachable(network, hint(await answering([0x81, 0x80])), clock)).toBe(false);
    expect(await outsidePort53Reachable(network, hint(await answering([0x84, 5])), clock)).toBe(false);
    expect(await outsidePort53Reachable(network, [], clock)).toBe(false);
  });

  test('two root servers are asked, by IPv4 and IPv6, as the window says before a run', async () => {
    const asked: string[] = [];
    const silent: Network = { connectTcp: () => Promise.reject(new Error('not over TCP')), exchangeUdp: (address) => { asked.push(address); return Promise.resolve(failed({ code: 'timeout', text: '' })); } };
    const first = ROOT_HINTS.slice(0, 2).flatMap(({ addresses }) => addresses);
    await outsidePort53Reachable(silent, ROOT_HINTS.flatMap(({ addresses }) => addresses.map((address) => ({ name: null, address, port: 53 }))), new SystemClock());
    expect(asked).toEqual(first);
  });
});
