/**
 * The local browser host: serves the page and its line to the engine on 127.0.0.1, to the one browser that was given the token.
 * It trusts nobody else on this computer and no web page.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PRINT_PATH, SESSION_PATH } from '../core/api/page.ts';
import type { EngineProcess } from './engine-process.ts';
import { printDesk } from './host-print.ts';
import type { AnswerPrint, Print } from './host-print.ts';
import { acceptSockets } from './host-sockets.ts';
import type { HostSockets } from './host-sockets.ts';
import { logFault } from './log-fault.ts';
import { PageAccess } from './page-access.ts';
import type { PageFile } from './page-files.ts';
import { fetchSiteRule, firstRefusal, hostRule, methodRule, originRule, securityHeaders, toldOriginRule } from './request-rules.ts';

export interface HostOptions {
  readonly files: ReadonlyMap<string, PageFile>;
  readonly engine: EngineProcess;
  /** taken if it is free: what a browser keeps belongs to an address with its port; 0 for any */
  readonly preferredPort?: number;
  /** ms for which the one-time address works */
  readonly tokenLifetime: number;
  /** ms without any page after which `empty` settles: a reload is shorter */
  readonly grace: number;
  /** ms for the headers of a request, and for its body */
  readonly patience: number;
  readonly now: () => number;
  /** the browser that prints reports; one of this computer where none is given */
  readonly print?: Print;
}

export interface Host {
  readonly port: number;
  /** a fresh one-time address of the page; the one before works no more */
  address(): string;
  /** settles when the last page was closed, or none came while the address worked */
  readonly empty: Promise<void>;
  close(): Promise<void>;
}

const SESSION_REQUEST_LIMIT = 1024;

/** Listens on 127.0.0.1 at the preferred port, or at another that is free. */
export async function startHost(options: HostOptions): Promise<Host> {
  const access = new PageAccess(options.tokenLifetime, options.now);
  const { patience } = options;
  // Node looks for slow requests only every 30 s by itself.
  const timeouts = { headersTimeout: patience, requestTimeout: 2 * patience, connectionsCheckingInterval: Math.min(patience, 1000) };
  const server = createServer({ ...timeouts, maxHeaderSize: 8192, keepAliveTimeout: 5000 });
  server.maxConnections = 64;
  await listenAt(server, options.preferredPort ?? 0).catch(() => listenAt(server, 0));
  const { port } = server.address() as AddressInfo;
  const print = printDesk(options.print);
  server.on('request', (request, response) => void answered({ request, response, port, files: options.files, access, print }));
  const sockets = acceptSockets(server, { port, access, engine: options.engine, grace: options.grace, firstWait: options.tokenLifetime });
  const address = (): string => `http://127.0.0.1:${String(port)}/#${access.newToken()}`;
  return { port, address, empty: sockets.empty, close: () => closeAll(server, sockets) };
}

function listenAt(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function closeAll(server: Server, sockets: HostSockets): Promise<void> {
  sockets.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly port: number;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly access: PageAccess;
  readonly print: AnswerPrint;
}

/** One request that goes wrong by a fault of ours must not end the runs of the pages. */
async function answered(exchange: Exchange): Promise<void> {
  try {
    await answer(exchange);
  } catch (error) {
    logFault('host', error);
    if (exchange.response.headersSent) exchange.response.destroy();
    else refuse(exchange.response, 500, 'a fault of the inspector; what it printed where it was started says more');
  }
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, port } = exchange;
  for (const [name, value] of Object.entries(securityHeaders(`ws://127.0.0.1:${String(port)}`, pathOf(request)))) response.setHeader(name, value);
  const everywhere = firstRefusal([hostRule(request, port), toldOriginRule(request.headers, port), fetchSiteRule(request.headers)]);
  if (!everywhere.ok) return refuse(response, everywhere.status, everywhere.why);
  if (request.url === PRINT_PATH) return printReport(exchange);
  return request.url === SESSION_PATH ? swapToken(exchange) : sendFile(exchange);
}

async function printReport(exchange: Exchange): Promise<void> {
  const refusal = await exchange.print(exchange);
  if (refusal !== null) refuse(exchange.response, refusal.status, refusal.why);
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? '';

function sendFile({ request, response, files }: Exchange): void {
  const verdict = methodRule(request.method, ['GET', 'HEAD']);
  if (!verdict.ok) return refuse(response, verdict.status, verdict.why);
  const file = files.get(pathOf(request));
  if (file === undefined) return refuse(response, 404, 'no such file');
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.bytes.length });
  response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

async function swapToken({ request, response, port, access }: Exchange): Promise<void> {
  const verdict = firstRefusal([methodRule(request.method, ['POST']), originRule(request.headers, port)]);
  if (!verdict.ok) return refuse(response, verdict.status, verdict.why);
  const token = await readText(request, SESSION_REQUEST_LIMIT);
  if (token === null) return refuse(response, 413, 'too long');
  const session = access.swap(token);
  if (session === null) return refuse(response, 401, 'this address was used before or is too old; open the inspector again');
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(session);
}

/** @returns null where the body is longer than the limit or breaks off */
async function readText(request: IncomingMessage, limit: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      if (chunks.reduce((sum, { length }) => sum + length, 0) > limit) return null;
    }
  } catch {
    return null; // the client went away
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(response: ServerResponse, status: number, why: string): void {
  // What is left of a refused body is not read.
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(`${why}\n`);
}
