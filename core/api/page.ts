/**
 * How a page reaches its engine, in the words that the page and its hosts share.
 *
 * In Electron the page lies at `APP_ORIGIN`. It asks with `window.postMessage(ENGINE_WANTED)`; the preload script answers with
 * `ENGINE_PORT` and one port of a channel whose other port went to the engine. With `SHELL_WANTED` and `SHELL_PORT` it gets a port
 * to the main process in the same way: files, print, menu, links.
 *
 * In the local host the page is opened at `http://127.0.0.1:PORT/#TOKEN`. It takes the token out of the address
 * (`history.replaceState`), swaps it once with `POST SESSION_PATH` (the token as text, answered by the session as text), keeps
 * the session in `sessionStorage` so that a reload works, and opens a WebSocket to `RPC_PATH` with
 * `sessionProtocols(session)`. A reply of 401 means that the token was used or is too old: the page asks to be opened anew.
 */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://inspector';
export const ENGINE_WANTED = 'rpc:engine-wanted';
export const ENGINE_PORT = 'rpc:engine';
/** Begins the last message on the engine's port, which goes on with why the engine ended: Chromium tells a page nothing when a port is closed. No JSON begins so. */
export const ENGINE_ENDED = 'rpc:engine-ended ';
export const SHELL_WANTED = 'rpc:shell-wanted';
export const SHELL_PORT = 'rpc:shell';

export const SESSION_PATH = '/session';
/** A report as HTML, posted with the session in `SESSION_HEADER`, is answered by its PDF, or by why there is none. */
export const PRINT_PATH = '/print';
export const SESSION_HEADER = 'X-Danescope-Session';
export const RPC_PATH = '/rpc';
export const RPC_PROTOCOL = 'inspector.v1';
const SESSION_PROTOCOL = 'auth.';

/** A cookie would go to every port of 127.0.0.1, an address would be logged: the session travels as a subprotocol. */
export const sessionProtocols = (session: string): string[] => [RPC_PROTOCOL, `${SESSION_PROTOCOL}${session}`];

/** @returns the session that a WebSocket offers, or null */
export function sessionOf(protocols: readonly string[]): string | null {
  const offered = protocols.find((protocol) => protocol.startsWith(SESSION_PROTOCOL));
  return protocols.includes(RPC_PROTOCOL) && offered !== undefined ? offered.slice(SESSION_PROTOCOL.length) : null;
}
