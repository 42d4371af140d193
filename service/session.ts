/** One session of a router over a channel of text messages, whatever carries it. */
import { RPCHandler } from '@orpc/server/ws';
import { sessionRouter } from '../core/api/engine.ts';
import type { InspectorEngine } from '../core/api/engine.ts';
import type { Clock } from '../core/base/ports.ts';
import { logFault } from './log-fault.ts';

export interface Session {
  /** a message of the client; one that is no RPC message is dropped */
  receive(text: string): void;
  /** the client went away: its runs stop */
  close(): void;
}

/** A session of the engine. @param send gets each message for the client */
export const openSession = (engine: InspectorEngine, clock: Clock, send: (text: string) => void): Session => serveRouter(sessionRouter(engine, clock), send);

/** @param send gets each message for the client */
export function serveRouter(router: ServedRouter, send: (text: string) => void): Session {
  const listeners: { readonly [type: string]: ((event: { readonly data: string }) => void)[] } = { message: [], close: [] };
  const socket = {
    send: (data: unknown): void => send(textOf(data)),
    addEventListener: (type: string, listener: (event: never) => void): void => {
      listeners[type]?.push(listener as (event: { readonly data: string }) => void);
    },
  };
  // Of oRPC's adapters this one catches what a message throws; that for MessagePorts lets it end the process.
  void new RPCHandler(router, { interceptors: [logged] }).upgrade(socket as Parameters<RPCHandler<object>['upgrade']>[0]);
  const tell = (type: string, data: string): void => listeners[type]?.forEach((listener) => listener({ data }));
  return {
    receive: (text) => {
      if (isRpcMessage(text)) tell('message', text);
    },
    close: () => tell('close', ''),
  };
}

/** A router that needs no context: who the client is was settled when the channel was opened. */
export type ServedRouter = ConstructorParameters<typeof RPCHandler<object>>[0];

/** message type of oRPC's peer protocol; a request carries none, and nothing else comes from a client of ours */
const ABORT = 4;

/** The shape that the adapter takes for granted; it would print what it cannot read into our log. */
function isRpcMessage(text: string): boolean {
  try {
    const { i: id, t: type, p: payload } = JSON.parse(text) as { readonly i?: unknown; readonly t?: unknown; readonly p?: { readonly u?: unknown } };
    const request = type === undefined && typeof payload?.u === 'string' && payload.u.startsWith('/');
    return typeof id === 'string' && (request || type === ABORT);
  } catch {
    return false; // not JSON, or null
  }
}

/** All payloads are plain JSON; binary messages would be a bug of ours. */
function textOf(data: unknown): string {
  if (typeof data === 'string') return data;
  throw new Error('the engine sent a message that is not text');
}

/** The client learns of our bug that there is one, the log what it is. */
async function logged<Result>(options: { next(): Promise<Result> }): Promise<Result> {
  try {
    return await options.next();
  } catch (error) {
    if (!(error instanceof Error && 'defined' in error)) logFault('engine', error);
    throw error;
  }
}
