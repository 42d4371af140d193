/** Passes text between a page's MessagePort and whoever serves it; reads none of it. */
import type { MessageEvent, MessagePortMain } from 'electron';
import { ENGINE_ENDED } from '../core/api/page.ts';
import { LARGEST_DOCUMENT } from '../core/api/shell-contract.ts';
import { MAXIMUM_MESSAGE } from '../service/engine-messages.ts';
import type { EngineProcess } from '../service/engine-process.ts';
import { serveRouter } from '../service/session.ts';
import type { ServedRouter } from '../service/session.ts';

export type PagePort = Pick<MessagePortMain, 'on' | 'postMessage' | 'start' | 'close'>;

/** @param ended is told when the engine's process ended under this page, and why. @returns what ends the line, and closes the port */
export function relay(port: PagePort, engine: EngineProcess, ended: (why: string) => void = () => {}): () => void {
  const line = engine.openLine({
    message: (text) => port.postMessage(text),
    ended: (why) => {
      port.postMessage(`${ENGINE_ENDED}${why}`);
      port.close();
      ended(why);
    },
  });
  return passOn(port, MAXIMUM_MESSAGE, { receive: (text) => line.send(text), close: () => line.close() });
}

/** A run file is JSON in JSON: each quote and backslash takes two characters. */
const LARGEST_SHELL_MESSAGE = 2 * LARGEST_DOCUMENT;

/** @returns as `relay` does */
export function serveShell(port: PagePort, router: ServedRouter): () => void {
  const session = serveRouter(router, (text) => port.postMessage(text));
  return passOn(port, LARGEST_SHELL_MESSAGE, { receive: (text) => session.receive(text), close: () => session.close() });
}

interface Receiver {
  readonly receive: (text: string) => void;
  readonly close: () => void;
}

function passOn(port: PagePort, longest: number, { receive, close }: Receiver): () => void {
  const end = (): void => {
    close();
    port.close();
  };
  port.on('message', ({ data }: MessageEvent) => {
    const text: unknown = data;
    if (typeof text === 'string' && text.length <= longest) return receive(text);
    // Our page sends only bounded text; what sends anything else is not our page any more.
    end();
  });
  port.on('close', close);
  port.start();
  return end;
}
