/**
 * The bridge between the page and Electron: it gives the page one end of a channel whose other end the engine, or the main
 * process, serves, and exposes nothing. Runs sandboxed as one CommonJS file.
 */
import { ipcRenderer } from 'electron';
import { ENGINE_PORT, ENGINE_WANTED, SHELL_PORT, SHELL_WANTED } from '../core/api/page.ts';

type Port = NonNullable<Parameters<typeof ipcRenderer.postMessage>[2]>[number];

/** What of the window is used here: the scripts of Node and Electron are compiled without its types. */
interface Page {
  readonly location: { readonly origin: string };
  addEventListener(type: 'message', listener: (event: { readonly source: unknown; readonly data: unknown }) => void): void;
  postMessage(message: string, origin: string, ports: readonly Port[]): void;
}

const page = globalThis as unknown as Page;

const CHANNELS: ReadonlyMap<unknown, string> = new Map([[ENGINE_WANTED, ENGINE_PORT], [SHELL_WANTED, SHELL_PORT]]);

page.addEventListener('message', ({ source, data }) => {
  const channel = CHANNELS.get(data);
  // A frame or another window could post here too: only the page itself may ask.
  if (source !== page || channel === undefined) return;
  const { port1, port2 } = new MessageChannel();
  ipcRenderer.postMessage(channel, null, [port2]);
  page.postMessage(channel, page.location.origin, [port1]);
});
