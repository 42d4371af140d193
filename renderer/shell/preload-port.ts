/** In Electron the preload script answers a wish with one port of a channel whose other port somebody serves; it exposes nothing else. */
export function portFromPreload(wish: string, answer: string): Promise<MessagePort> {
  return new Promise((resolve) => {
    const listener = ({ source, data, ports: [port] }: MessageEvent): void => {
      if (source !== window || data !== answer || port === undefined) return;
      window.removeEventListener('message', listener);
      resolve(port);
    };
    window.addEventListener('message', listener);
    window.postMessage(wish, location.origin);
  });
}
