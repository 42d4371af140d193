/** One authoritative name server on UDP and TCP at ephemeral ports of 127.0.0.1. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { Query } from './query.ts';
import { readQuery } from './query.ts';
import { uint16 } from './rdata.ts';
import type { Response } from './response.ts';
import { datagramLimit, errorResponse, writeResponse } from './response.ts';
import { BADVERS, CLASS_IN, FORMERR, NOTIMP, REFUSED } from './rrtype.ts';
import type { CookieServer } from './server-cookie.ts';
import { cookieFor } from './server-cookie.ts';

/** What the server answers; an error is a bug of the lab and goes to the process. */
export type Answering = (query: Query) => Promise<Response>;

export interface NameServer {
  readonly udpPort: number;
  readonly tcpPort: number;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const LONGEST_MESSAGE = 65_535;

/** @param cookies how it makes DNS cookies; null: it has none */
export async function startNameServer(answering: Answering, cookies: CookieServer | null = null): Promise<NameServer> {
  const server = { answering, cookies };
  const udp = await startUdp(server);
  const tcp = await startTcp(server);
  return {
    udpPort: udp.port,
    tcpPort: tcp.port,
    close: async () => { await Promise.all([udp.close(), tcp.close()]); },
  };
}

interface Serving {
  readonly answering: Answering;
  readonly cookies: CookieServer | null;
}

interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

function startUdp(serving: Serving): Promise<Listening> {
  const socket = createSocket('udp4');
  let closed = false;
  const reply = async (query: Query, to: { readonly port: number; readonly address: string }): Promise<void> => {
    const response = await respond(serving, query, { client: to.address, limit: datagramLimit(query) });
    // A failure to send is an asker that has gone.
    if (!closed) socket.send(response, to.port, to.address, () => {});
  };
  socket.on('message', (message, from) => {
    const query = readQuery(new Uint8Array(message));
    if (query !== null) void reply(query, from);
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, LOOPBACK, () => {
      resolve({ port: socket.address().port, close: () => new Promise((done) => { closed = true; socket.close(() => { done(); }); }) });
    });
  });
}

function startTcp(serving: Serving): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => { sockets.delete(socket); });
    socket.on('error', () => { socket.destroy(); });
    serveStream(socket, serving);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
      const close = (): Promise<void> => new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => { done(); });
      });
      resolve({ port: address.port, close });
    });
  });
}

/** Messages with a length of two octets in front, several a connection (RFC 1035 §4.2.2, RFC 7766 §6.2.1). */
function serveStream(socket: Socket, serving: Serving): void {
  let waiting = Buffer.alloc(0);
  const reply = async (query: Query): Promise<void> => {
    const response = await respond(serving, query, { client: socket.remoteAddress ?? LOOPBACK, limit: LONGEST_MESSAGE });
    if (socket.writable) socket.write(Buffer.concat([uint16(response.length), response]));
  };
  socket.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
      const length = waiting.readUInt16BE(0);
      const query = readQuery(new Uint8Array(waiting.subarray(2, 2 + length)));
      waiting = waiting.subarray(2 + length);
      if (query === null) {
        socket.destroy();
        return;
      }
      void reply(query);
    }
  });
}

async function respond({ answering, cookies }: Serving, query: Query, { client, limit }: { readonly client: string; readonly limit: number }): Promise<Uint8Array> {
  if (query.opcode !== 0) return writeResponse(query, errorResponse(NOTIMP), limit);
  if (query.edns !== null && query.edns.version !== 0) return writeResponse(query, errorResponse(BADVERS), limit);
  if (query.class !== CLASS_IN) return writeResponse(query, errorResponse(REFUSED), limit);
  if (cookies === null || query.edns === null || query.edns.cookie === null) return writeResponse(query, await answering(query), limit);
  const cookie = cookieFor(cookies, query.edns.cookie, client);
  // RFC 7873 §5.2.2
  if (cookie === null) return writeResponse(query, errorResponse(FORMERR), limit);
  return writeResponse(query, { ...await answering(query), cookie }, limit);
}
