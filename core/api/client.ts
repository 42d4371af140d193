/**
 * The face's side of the seam: one typed client over whatever carries the messages. In Electron that is a MessagePort, in the
 * local host a WebSocket; a face calls `portClient` or `webSocketClient` and never asks again.
 */
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { LinkMessagePortClientOptions } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import type { LinkWebsocketClientOptions } from '@orpc/client/websocket';
import type { InspectorRpc } from './contract.ts';
import { ENGINE_ENDED } from './page.ts';
import type { InspectorClient, InspectRequest } from './inspector-client.ts';

/** The engine went away while it was needed: its process ended, or the connection to it was lost. */
export class ConnectionLost extends Error {
  constructor(cause: unknown, why = 'connection to the engine lost') {
    super(why, { cause });
    this.name = 'ConnectionLost';
  }
}

/** @param port one end of a MessageChannel whose other end the engine serves; start it (`port.start()`) */
export function portClient(port: LinkMessagePortClientOptions['port']): InspectorClient {
  return inspectorClient(createORPCClient<InspectorRpc>(new PortLink({ port })));
}

/** What of a MessagePort is used; a page's and Node's have it alike. */
export interface EnginePort {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

/**
 * @param port as above, to Electron's relay
 * @param ended is told once why the engine's process ended
 */
export function enginePortClient(port: EnginePort, ended: (why: string) => void): InspectorClient {
  const listeners: { readonly [type: string]: ((event: { readonly data: unknown }) => void)[] } = { message: [], close: [] };
  port.addEventListener('message', (event) => {
    const { data } = event;
    if (typeof data !== 'string' || !data.startsWith(ENGINE_ENDED)) return listeners['message']?.forEach((listener) => listener(event));
    ended(data.slice(ENGINE_ENDED.length));
    listeners['close']?.forEach((listener) => listener(event));
  });
  const untilEnded = {
    addEventListener: (type: string, listener: (event: { readonly data: unknown }) => void): void => void listeners[type]?.push(listener),
    postMessage: (message: unknown): void => port.postMessage(message),
  };
  return portClient(untilEnded as unknown as LinkMessagePortClientOptions['port']);
}

/** @param websocket open or opening, to the `/rpc` of the local host */
export function webSocketClient(websocket: LinkWebsocketClientOptions['websocket']): InspectorClient {
  return inspectorClient(createORPCClient<InspectorRpc>(new WebSocketLink({ websocket })));
}

export function inspectorClient(rpc: InspectorRpc): InspectorClient {
  return {
    runtime: () => answer(rpc.runtime()),
    parseTarget: (text) => answer(rpc.parseTarget(text)),
    scenes: () => answer(rpc.scenes()),
    inspect: (request, signal) => told(() => rpc.inspect(writable(request), { signal }), signal),
    control: (run, action) => answer(rpc.control({ run, action })),
    openConsole: (request, signal) => told(() => rpc.openConsole(request, { signal }), signal),
  };
}

/** Ends quietly when the signal is aborted: the caller knows. */
async function* told<News>(begin: () => Promise<AsyncIterable<News>>, signal: AbortSignal): AsyncGenerator<News, void> {
  try {
    yield* await begin();
  } catch (error) {
    if (signal.aborted) return;
    throw lostOr(error);
  }
}

/** The schema's type has a mutable array. */
const writable = (request: InspectRequest): Parameters<InspectorRpc['inspect']>[0] => {
  const { families, ...rest } = request;
  return families === undefined ? rest : { ...rest, families: [...families] };
};

async function answer<Value>(reply: Promise<Value>): Promise<Value> {
  try {
    return await reply;
  } catch (error) {
    throw lostOr(error);
  }
}

/** The link tells a closed connection as an AbortError; nobody aborted, so the connection was lost. */
function lostOr(error: unknown): unknown {
  return error instanceof Error && error.name === 'AbortError' ? new ConnectionLost(error) : error;
}
