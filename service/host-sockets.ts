/** The WebSockets of the local host: who may open one, and the relay between each and its session in the engine. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { RPC_PATH, RPC_PROTOCOL, sessionOf } from '../core/api/page.ts';
import { MAXIMUM_MESSAGE } from './engine-messages.ts';
import type { EngineProcess } from './engine-process.ts';
import type { PageAccess } from './page-access.ts';
import { fetchSiteRule, firstRefusal, hostRule, originRule } from './request-rules.ts';

/** pages at once; more than a person opens */
const MAXIMUM_SOCKETS = 8;

export interface SocketOptions {
  readonly port: number;
  readonly access: PageAccess;
  readonly engine: EngineProcess;
  readonly grace: number;
  /** ms to wait for the first page, and for one whose engine ended */
  readonly firstWait: number;
}

export interface HostSockets {
  readonly empty: Promise<void>;
  close(): void;
}

export function acceptSockets(server: Server, options: SocketOptions): HostSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAXIMUM_MESSAGE, perMessageDeflate: false, handleProtocols: () => RPC_PROTOCOL });
  const pages = pageCount(options);
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // A browser that goes away in the middle is not our failure.
    stream.on('error', () => stream.destroy());
    const status = refusalOf(request, options, sockets.clients.size);
    if (status !== null) return refuse(stream, status);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      pages.came();
      let engineEnded = false;
      socket.once('close', () => pages.went(engineEnded));
      relay(socket, options.engine, () => (engineEnded = true));
    });
  });
  const close = (): void => {
    pages.stop();
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
  return { empty: pages.empty, close };
}

/** What asked for an upgrade is out of the server's hands and time limits: a client that never hangs up would keep its place, and the host from ending. */
function refuse(stream: Duplex, status: string): void {
  stream.once('finish', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** @returns the status line's end for a request that gets no WebSocket, or null */
function refusalOf(request: IncomingMessage, { port, access }: SocketOptions, open: number): string | null {
  const rules = [hostRule(request, port), originRule(request.headers, port), fetchSiteRule(request.headers)];
  if (!firstRefusal(rules).ok) return '403 Forbidden';
  if (request.url !== RPC_PATH) return '404 Not Found';
  const session = sessionOf((request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim()));
  if (session === null || !access.isSession(session)) return '401 Unauthorized';
  return open >= MAXIMUM_SOCKETS ? '503 Service Unavailable' : null;
}

/** Close codes of RFC 6455 §7.4.1. */
const UNSUPPORTED_DATA = 1003;
const INTERNAL_ERROR = 1011;

function relay(socket: WebSocket, engine: EngineProcess, engineEnded: () => void): void {
  const line = engine.openLine({
    message: (text) => socket.send(text),
    ended: (why) => {
      engineEnded();
      // The reason of a close frame holds at most 123 bytes (RFC 6455 §5.5).
      socket.close(INTERNAL_ERROR, why.replace(/[^\x20-\x7e]/g, '?').slice(0, 120));
    },
  });
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) return socket.close(UNSUPPORTED_DATA);
    line.send(data.toString('utf8'));
  });
  socket.on('error', () => socket.terminate());
  socket.once('close', () => line.close());
}

/** Tells when nobody looks any more: after the last page, or when none ever came. */
function pageCount({ grace, firstWait }: SocketOptions) {
  let pages = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let settle = (): void => {};
  const empty = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const wait = (ms: number): void => {
    clearTimeout(timer);
    // The pages that we close ourselves at the end are not waited for.
    if (!stopped) timer = setTimeout(settle, ms);
  };
  wait(firstWait);
  return {
    empty,
    came: (): void => {
      pages += 1;
      clearTimeout(timer);
    },
    /** @param engineEnded its page is still there, with what the run told so far, and connects again when it needs to */
    went: (engineEnded: boolean): void => {
      pages -= 1;
      if (pages === 0) wait(engineEnded ? firstWait : grace);
    },
    stop: (): void => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
