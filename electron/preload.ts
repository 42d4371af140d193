/**
 * The bridge between the page and Electron: it passes one end of the page's MessageChannel on, and exposes nothing. Runs
 * sandboxed as one CommonJS file.
 */
import { ipcRenderer } from 'electron';
import { ENGINE_PORT } from '../core/api/page.ts';

type Port = NonNullable<Parameters<typeof ipcRenderer.postMessage>[2]>[number];

interface PageMessage {
  readonly source: unknown;
  readonly data: unknown;
  readonly ports: readonly Port[];
}
interface Page {
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void;
}

const page = globalThis as unknown as Page;

page.addEventListener('message', ({ source, data, ports }) => {
  // A frame or another window could post here too: only the page itself may ask for the engine.
  if (source !== page || data !== ENGINE_PORT || ports.length !== 1) return;
  ipcRenderer.postMessage(ENGINE_PORT, null, [...ports]);
});
