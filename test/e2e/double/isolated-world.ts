/**
 * What a sandboxed preload script finds: a world of its own beside the page's, `require('electron')` and nothing else. The
 * ports that it posts to the main process are carried there as text.
 */
export const WORLD = 'electron preload';
/** of the isolated world alone: the page has no such name */
export const BINDING = '__toMain';

/** @param preload the built preload script */
export const isolatedWorld = (preload: string): string => `(() => {
  // Electron runs it in the main frame alone, unless nodeIntegrationInSubFrames is on.
  if (window !== window.top) return;
  const ports = new Map();
  const tell = (message) => ${BINDING}(JSON.stringify(message));
  const carried = (port) => {
    const id = crypto.randomUUID();
    ports.set(id, port);
    port.addEventListener('message', ({ data }) => tell({ type: 'port.message', port: id, data: typeof data === 'string' ? data : { notText: typeof data } }));
    port.start();
    return id;
  };
  const ipcRenderer = { postMessage: (channel, message, given = []) => tell({ type: 'ipc', channel, message, ports: given.map(carried) }) };
  globalThis.__fromMain = { post: (id, text) => ports.get(id)?.postMessage(text), close: (id) => { const port = ports.get(id); ports.delete(id); port?.close(); } };
  const require = (name) => {
    if (name !== 'electron') throw new Error('a sandboxed preload script cannot require ' + name);
    return { ipcRenderer };
  };
  const module = { exports: {} };
  ((require, module, exports) => {
${preload}
  })(require, module, module.exports);
})();`;
