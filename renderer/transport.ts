/** Finds who serves this page, Electron or the local host, and reaches the engine through it. Nothing else in the window asks. */
import { portClient, webSocketClient } from '../core/api/client.ts';
import type { InspectorClient } from '../core/api/inspector-client.ts';
import { APP_SCHEME, ENGINE_PORT, ENGINE_WANTED, RPC_PATH, SESSION_PATH, sessionProtocols } from '../core/api/page.ts';

const SESSION = 'danescope.session';
const CLOSED = 'The inspector that opened this page does not answer. Reload the page; if that does not help, start the inspector again: it opens a new page.';

/**
 * @param lost told once when a connection that was open ends, in words
 * @throws {Error} in words for the reader, where the page cannot get through
 */
export const connect = async (lost: (why: string) => void): Promise<InspectorClient> => (location.protocol === `${APP_SCHEME}:` ? overPort() : overWebSocket(lost));

/** The preload script answers our wish with one port of a channel whose other port the engine serves. */
async function overPort(): Promise<InspectorClient> {
  const port = await new Promise<MessagePort>((resolve) => {
    window.addEventListener('message', ({ source, data, ports: [given] }) => {
      if (source === window && data === ENGINE_PORT && given !== undefined) resolve(given);
    });
    window.postMessage(ENGINE_WANTED, location.origin);
  });
  port.start();
  return portClient(port);
}

async function overWebSocket(lost: (why: string) => void): Promise<InspectorClient> {
  const session = await ownSession();
  const url = new URL(RPC_PATH, location.href);
  url.protocol = 'ws:';
  const socket = new WebSocket(url, sessionProtocols(session));
  await opened(socket);
  // The session stays: it outlives the engine, so that a reload gets a new one.
  socket.addEventListener('close', () => lost('The engine closed the connection.'), { once: true });
  return webSocketClient(socket);
}

async function opened(socket: WebSocket): Promise<void> {
  const watch = new AbortController();
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { signal: watch.signal });
    socket.addEventListener('close', () => reject(new Error(CLOSED)), { signal: watch.signal });
  });
  watch.abort();
}

/** Swaps the one-time token of the address for a session value, which survives a reload of this page and nothing else. */
async function ownSession(): Promise<string> {
  const token = location.hash.slice(1);
  if (token === '') {
    const kept = sessionStorage.getItem(SESSION);
    if (kept === null) throw new Error('This page was opened without its one-time address. Start the inspector again; it opens a new page.');
    return kept;
  }
  history.replaceState(null, '', location.pathname);
  const answer = await fetch(SESSION_PATH, { method: 'POST', body: token });
  if (!answer.ok) throw new Error('The one-time address of this page was used before, or is too old. Start the inspector again; it opens a new page.');
  const session = await answer.text();
  sessionStorage.setItem(SESSION, session);
  return session;
}
