/** Finds who serves this page, Electron or the local host, and reaches the engine through it. Nothing else in the window asks. */
import { enginePortClient, webSocketClient } from '../core/api/client.ts';
import type { InspectorClient } from '../core/api/inspector-client.ts';
import { ENGINE_PORT, ENGINE_WANTED, RPC_PATH, SESSION_PATH, sessionProtocols } from '../core/api/page.ts';
import { reconnectingClient } from '../core/api/reconnecting-client.ts';
import { isDeepLink } from './selection/deep-link.ts';
import { portFromPreload } from './shell/preload-port.ts';

const SESSION = 'danescope.session';
const CLOSED = 'The inspector that opened this page does not answer. Reload the page; if that does not help, start the inspector again: it opens a new page.';

/** The local host speaks plain HTTP on loopback; the scheme of an Electron window is its own. */
export const isElectron = (): boolean => location.protocol !== 'http:';

/**
 * @param lost told each time a connection that was open ends, in words; the next question opens another
 * @throws {Error} in words for the reader, where the page cannot get through
 */
export async function connect(lost: (why: string) => void): Promise<InspectorClient> {
  if (isElectron()) return reconnectingClient(overPort, lost);
  // The token is swapped at once: it ages, and stands in the address until then.
  await ownSession();
  return reconnectingClient(overWebSocket, lost);
}

async function overPort(ended: (why: string) => void): Promise<InspectorClient> {
  const port = await portFromPreload(ENGINE_WANTED, ENGINE_PORT);
  const client = enginePortClient(port, (why) => ended(sentence(why)));
  port.start();
  return client;
}

/** `the engine ended with exit code 3`, as the engine's process is told of */
const sentence = (why: string): string => `${why.slice(0, 1).toUpperCase()}${why.slice(1)}.`;

/** The host's close code where the engine's process ended (RFC 6455 §7.4.1). */
const INTERNAL_ERROR = 1011;

async function overWebSocket(ended: (why: string) => void): Promise<InspectorClient> {
  const url = new URL(RPC_PATH, location.href);
  url.protocol = 'ws:';
  const socket = new WebSocket(url, sessionProtocols(await ownSession()));
  await opened(socket);
  // The session stays: it outlives the engine.
  socket.addEventListener('close', ({ code, reason }) => ended(code === INTERNAL_ERROR && reason !== '' ? sentence(reason) : CLOSED), { once: true });
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

/** The session value of this page; null where it has none. */
export const keptSession = (): string | null => sessionStorage.getItem(SESSION);

/** Swaps the one-time token of the address for a session value, which survives a reload of this page and nothing else. */
async function ownSession(): Promise<string> {
  const [token = '', ...rest] = isDeepLink(location.hash) ? ['', location.hash.slice(1)] : location.hash.slice(1).split('&');
  if (token === '') {
    const kept = keptSession();
    if (kept === null) throw new Error('This page was opened without its one-time address. Start the inspector again; it opens a new page.');
    return kept;
  }
  history.replaceState(null, '', `${location.pathname}${rest.length === 0 ? '' : `#${rest.join('&')}`}`);
  const answer = await fetch(SESSION_PATH, { method: 'POST', body: token });
  if (!answer.ok) throw new Error('The one-time address of this page was used before, or is too old. Start the inspector again; it opens a new page.');
  const session = await answer.text();
  sessionStorage.setItem(SESSION, session);
  return session;
}
