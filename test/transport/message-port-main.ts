/** A port with the face of Electron's MessagePortMain over one of Node's. */
import type { MessagePortMain } from 'electron';

export function messagePortMain(port: MessagePort): Pick<MessagePortMain, 'on' | 'postMessage' | 'start' | 'close'> {
  const face = {
    on(type: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) {
      port.addEventListener(type, (event) => listener({ data: (event as { readonly data?: unknown }).data }));
      return face;
    },
    postMessage: (message: unknown): void => port.postMessage(message),
    start: (): void => port.start(),
    close: (): void => port.close(),
  };
  return face as unknown as MessagePortMain;
}
