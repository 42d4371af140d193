/** Passes text between the page's MessagePort and its session in the engine's process; reads none of it. */
import type { MessageEvent, MessagePortMain } from 'electron';
import { MAXIMUM_MESSAGE } from '../service/engine-messages.ts';
import type { EngineProcess } from '../service/engine-process.ts';

export function relay(port: Pick<MessagePortMain, 'on' | 'postMessage' | 'start' | 'close'>, engine: EngineProcess): void {
  const line = engine.openLine({ message: (text) => port.postMessage(text), ended: () => port.close() });
  port.on('message', ({ data }: MessageEvent) => {
    const text: unknown = data;
    if (typeof text === 'string' && text.length <= MAXIMUM_MESSAGE) return line.send(text);
    // Our page sends only short text; what sends anything else is not our page any more.
    line.close();
    port.close();
  });
  port.on('close', () => line.close());
  port.start();
}
