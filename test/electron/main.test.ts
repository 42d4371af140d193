import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { portClient } from '../../core/api/client.ts';
import { ENGINE_PORT, ENGINE_WANTED, SHELL_PORT, SHELL_WANTED } from '../../core/api/page.ts';
import { findNode, outsideOfArchive } from '../../electron/engine-start.ts';
import { servePorts } from '../../electron/ipc.ts';
import { servePage } from '../../electron/page.ts';
import { relay } from '../../electron/relay.ts';
import { engineEnvironment } from '../../service/engine-process.ts';
import type { EngineProcess } from '../../service/engine-process.ts';
import { bundleEngine } from '../transport/bundled-engine.ts';
import type { BundledEngine } from '../transport/bundled-engine.ts';
import { messagePortMain } from '../transport/message-port-main.ts';
import { app, BrowserWindow, ipcMain, ipcRenderer, Menu, protocol, session } from './electron-double.ts';
import type { WebContentsDouble } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

describe('the app at its start', () => {
  let window: BrowserWindow;

  beforeAll(async () => {
    await import('../../electron/main.ts');
    await vi.waitUntil(() => BrowserWindow.all.length > 0);
    window = BrowserWindow.all[0] as BrowserWindow;
  });

  test('the sandbox is on for everything, before any window', () => {
    expect(app.calls.indexOf('sandbox')).toBeLessThan(app.calls.indexOf('ready'));
    expect(app.calls).toContain('sandbox');
  });

  test('the window is shut off: sandbox, isolation, no Node, no webview', () => {
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
      webSecurity: true, webviewTag: false, navigateOnDragDrop: false,
    });
    expect(window.calls).toContain('load app://inspector/');
  });

  const prevented = (type: string, url: string): boolean => {
    const event = { url, prevented: false, preventDefault(): void { this.prevented = true; } };
    window.webContents.emit(type, event);
    return event.prevented;
  };

  test('no page navigates, redirects, opens a window or attaches a webview', () => {
    for (const type of ['will-navigate', 'will-redirect', 'will-attach-webview']) expect([type, prevented(type, 'https://evil.example/')]).toEqual([type, true]);
    for (const url of ['app://inspector/other', 'app://inspector.evil.example/', 'app://report/']) expect([url, prevented('will-navigate', url)]).toEqual([url, true]);
    expect(window.webContents.windowOpen?.({ url: 'https://example.org' })).toEqual({ action: 'deny' });
  });

  test('no frame of the page navigates: the report’s preview has its text from the page, and its links are places in it', () => {
    const framePrevented = (url: string, isMainFrame: boolean): boolean => {
      const event = { url, isMainFrame, prevented: false, preventDefault(): void { this.prevented = true; } };
      window.webContents.emit('will-frame-navigate', event);
      return event.prevented;
    };
    for (const url of ['https://evil.example/', 'app://inspector/', 'file:///etc/passwd', 'data:text/html,x', 'about:blank', 'about:srcdoc.evil']) expect([url, framePrevented(url, false)]).toEqual([url, true]);
    expect(framePrevented('about:srcdoc', false)).toBe(false);
    // Where the window itself goes, `will-navigate` decides.
    expect(framePrevented('app://inspector/', true)).toBe(false);
  });

  test('the page may load itself again, as its Reload button does', () => {
    for (const url of ['app://inspector/', 'app://inspector/#mx:mx1.example.org']) expect(prevented('will-navigate', url)).toBe(false);
  });

  test('no permission is granted but writing text to the clipboard', () => {
    const granted = (permission: string): boolean | null => {
      let answer: boolean | null = null;
      session.defaultSession.request?.({}, permission, (allowed) => {
        answer = allowed;
      });
      return answer;
    };
    for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'clipboard-read', 'fileSystem']) {
      expect([permission, granted(permission), session.defaultSession.check?.({}, permission)]).toEqual([permission, false, false]);
    }
    expect(granted('clipboard-sanitized-write')).toBe(true);
    expect(session.defaultSession.device?.()).toBe(false);
  });

  test('the window loads its own page and what the page made, and nothing from the network: what no content policy covers too', () => {
    const loads = (url: string): boolean => {
      let cancelled = true;
      session.defaultSession.before?.({ url }, ({ cancel }) => (cancelled = cancel));
      return !cancelled;
    };
    for (const url of ['app://inspector/', 'app://inspector/assets/index.js', 'data:image/png;base64,AA', 'blob:app://inspector/1', 'devtools://devtools/bundled/inspector.html']) expect([url, loads(url)]).toEqual([url, true]);
    for (const url of ['https://evil.example/', 'http://127.0.0.1:80/', 'ws://evil.example/', 'wss://evil.example/', 'ftp://evil.example/', 'file:///etc/passwd', 'app:inspector', 'blob:https://evil.example/1', 'app://inspector.evil.example/']) {
      expect([url, loads(url)]).toEqual([url, false]);
    }
  });

  test('nothing is downloaded: a file goes through the dialogue that the main process opens, under a name that it made safe', () => {
    const event = { prevented: false, preventDefault(): void { this.prevented = true; } };
    session.defaultSession.emit('will-download', event);
    expect(event.prevented).toBe(true);
  });

  test('a second start brings the window to the front', async () => {
    app.emit('second-instance', {}, ['electron', 'main.mjs'], '/');
    await vi.waitUntil(() => window.calls.includes('focus'));
    expect(window.calls.slice(-2)).toEqual(['restore', 'focus']);
  });

  test('there is a menu of our own before the page shows its commands', () => {
    expect(Menu.application).not.toBeNull();
  });
});

describe('the page under app://inspector/', () => {
  const answer = (url: string, method = 'GET'): Response => (protocol.handlers.get('app') as (request: { method: string; url: string }) => Response)({ method, url });

  beforeAll(() => {
    servePage(new Map([['/', { type: 'text/html; charset=utf-8', bytes: new TextEncoder().encode('page') }]]));
  });

  test('the scheme is standard and secure, so that it has an origin', () => {
    expect(protocol.schemes).toContainEqual({ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } });
  });

  test('a file is served with its type and a strict content policy', async () => {
    const response = answer('app://inspector/#mx');
    expect(await response.text()).toBe('page');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; .*connect-src 'self';/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('nothing else is: no other host, no path of the disk, no other method', () => {
    for (const url of ['app://other/', 'app://inspector/../package.json', 'app://inspector/etc/passwd', 'app://inspector.evil/', 'app://inspector/%2e%2e/package.json', 'app://inspector//etc/passwd', 'app:inspector/', 'app://inspector:1/', 'app://x@inspector/']) expect([url, answer(url).status]).toEqual([url, 404]);
    expect(answer('app://inspector/', 'POST').status).toBe(405);
  });

  test('every answer carries the policy and the headers of the local host', () => {
    for (const response of [answer('app://inspector/'), answer('app://inspector/none'), answer('app://other/'), answer('app://inspector/', 'POST')]) {
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-security-policy': expect.stringMatching(/^default-src 'none'; /) as string, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-dns-prefetch-control': 'off',
        'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp',
      });
    }
  });
});

describe('ports that a page hands over', () => {
  let bundle: BundledEngine;
  let engine: EngineProcess;
  const refused: string[] = [];

  beforeAll(async () => {
    bundle = await bundleEngine();
    engine = bundle.engine();
    ipcMain.removeAllListeners();
    servePorts({ engine: (port) => relay(port, engine), shell: (port) => () => port.close(), refused: (why) => refused.push(why) });
  });
  afterAll(() => {
    engine.end();
    bundle.remove();
  });

  interface Sent {
    readonly sender?: WebContentsDouble | { readonly mainFrame: object };
    readonly senderFrame?: object | null;
    readonly message?: unknown;
    readonly ports?: number;
  }

  /** As Electron would: our page's main frame sends one port, but for what the test changes. */
  function send({ sender, senderFrame, message = null, ports = 1 }: Sent): { readonly kept: MessagePort } {
    const mainFrame = { url: 'app://inspector/' };
    const { port1, port2 } = new MessageChannel();
    const given = [port2, new MessageChannel().port2].slice(0, ports).map(messagePortMain);
    ipcMain.emit(ENGINE_PORT, { sender: sender ?? { mainFrame }, senderFrame: senderFrame === undefined ? mainFrame : senderFrame, ports: given }, message);
    if (senderFrame === undefined && sender === undefined) port1.start();
    return { kept: port1 };
  }

  const ours = (sent: Omit<Sent, 'sender' | 'senderFrame'>): { readonly kept: MessagePort } => {
    const mainFrame = { url: 'app://inspector/index.html' };
    return send({ sender: { mainFrame }, senderFrame: mainFrame, ...sent });
  };

  test('the port of our page reaches the engine in its process', async () => {
    const { kept } = ours({});
    kept.start();
    expect(await portClient(kept).runtime()).toMatchObject({ version: '0.0.0' });
    kept.close();
    expect(refused).toEqual([]);
  });

  test('a page that asks for ports without end has the last few; the others are closed, and their lines with them', async () => {
    const kept = Array.from({ length: 10 }, () => ours({}).kept);
    const closed = kept.slice(0, 6).map((port) => new Promise((resolve) => port.addEventListener('close', resolve)));
    for (const port of kept) port.start();
    await Promise.all(closed);
    expect(await portClient(kept[9] as MessagePort).runtime()).toMatchObject({ version: '0.0.0' });
    for (const port of kept) port.close();
  });

  test('a frame, a page that navigated away and a frame that is gone are refused, and their port is closed', async () => {
    const mainFrame = { url: 'app://inspector/' };
    const elsewhere = { url: 'https://evil.example/' };
    const lookalike = { url: 'app://inspector.evil.example/' };
    const cases: readonly Sent[] = [
      { sender: { mainFrame }, senderFrame: { url: 'app://inspector/frame' } },
      { sender: { mainFrame: elsewhere }, senderFrame: elsewhere },
      { sender: { mainFrame: lookalike }, senderFrame: lookalike },
      { sender: { mainFrame }, senderFrame: null },
    ];
    for (const sent of cases) {
      refused.length = 0;
      const { kept } = send(sent);
      await new Promise((resolve) => {
        kept.addEventListener('close', resolve);
        kept.start();
      });
      expect(refused).toHaveLength(1);
    }
  });

  test('a message that is anything but one port is refused', () => {
    for (const sent of [{ message: 'text' }, { message: {} }, { ports: 0 }, { ports: 2 }]) {
      refused.length = 0;
      ours(sent).kept.close();
      expect(refused).toEqual(['the message is not one port']);
    }
  });

  test('a page that sends anything but short text loses its port', async () => {
    for (const bad of [{ an: 'object' }, new Uint8Array(4), 7, null, 'x'.repeat(1024 * 1024 + 1)]) {
      const { kept } = ours({});
      const closed = new Promise((resolve) => kept.addEventListener('close', resolve));
      kept.start();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
      kept.postMessage(bad);
      await closed;
    }
  });
});

describe('the preload script', () => {
  test('answers the page itself with one end of a channel, gives the other to the main process, and exposes nothing', async () => {
    const listeners: ((event: object) => void)[] = [];
    const posted: unknown[][] = [];
    vi.stubGlobal('addEventListener', (_type: string, listener: (event: object) => void) => listeners.push(listener));
    vi.stubGlobal('postMessage', (...message: unknown[]) => posted.push(message));
    vi.stubGlobal('location', { origin: 'app://inspector' });
    const before = Object.keys(globalThis);
    await import('../../electron/preload.ts');
    expect(Object.keys(globalThis)).toEqual(before);
    const tell = (event: object): void => listeners.forEach((listener) => listener(event));
    for (const event of [{ source: {}, data: ENGINE_WANTED }, { source: globalThis, data: 'other' }, { source: globalThis, data: ENGINE_PORT }]) tell(event);
    expect([posted, ipcRenderer.sent]).toEqual([[], []]);
    tell({ source: globalThis, data: ENGINE_WANTED });
    expect(ipcRenderer.sent).toEqual([[ENGINE_PORT, null, [expect.any(MessagePort)]]]);
    tell({ source: globalThis, data: SHELL_WANTED });
    expect(ipcRenderer.sent.slice(1)).toEqual([[SHELL_PORT, null, [expect.any(MessagePort)]]]);
    expect(posted).toEqual([[ENGINE_PORT, 'app://inspector', [expect.any(MessagePort)]], [SHELL_PORT, 'app://inspector', [expect.any(MessagePort)]]]);
    vi.unstubAllGlobals();
  });
});

describe('the program that runs the engine', () => {
  const { platform, execPath } = process;
  const folder = resolve(execPath, '..');

  test('is the one that is named, else one of the PATH that is new enough, for a build from source', () => {
    const built = { platform, packed: null };
    expect(findNode({ ...built, environment: { DANESCOPE_NODE: execPath, PATH: '' } })).toBe(execPath);
    expect(findNode({ ...built, environment: { PATH: folder } })).toBe(execPath);
    expect(findNode({ ...built, environment: { PATH: '/nowhere' } })).toBeNull();
  });

  test('is no program that lies in the folder we were started in: a relative part of the PATH leads nowhere', () => {
    const here = process.cwd();
    process.chdir(folder);
    try {
      for (const PATH of ['.', './', '']) expect(findNode({ platform, packed: null, environment: { PATH } })).toBeNull();
    } finally {
      process.chdir(here);
    }
  });

  test('is, for an installed app, the one that came with it and no other: nothing is run by variable', () => {
    expect(findNode({ platform, packed: folder, environment: {} })).toBe(execPath);
    expect(findNode({ platform, packed: '/nowhere', environment: { DANESCOPE_NODE: execPath, PATH: folder } })).toBeNull();
  });

  test('gets no variable that makes Node or its TLS library load or believe something else', () => {
    const foreign = { NODE_OPTIONS: '--require /tmp/x.js', NODE_PATH: '/tmp', NODE_TLS_REJECT_UNAUTHORIZED: '0', node_extra_ca_certs: '/tmp/ca', OPENSSL_CONF: '/tmp/c', OPENSSL_MODULES: '/tmp', ELECTRON_RUN_AS_NODE: '1' };
    for (const [name, value] of Object.entries(foreign)) vi.stubEnv(name, value);
    vi.stubEnv('DANESCOPE_HOME', '/home/me');
    const given = engineEnvironment({ shell: 'electron', lab: false, helo: null });
    vi.unstubAllEnvs();
    expect(Object.keys(foreign).filter((name) => Object.hasOwn(given, name))).toEqual([]);
    expect(given).toMatchObject({ DANESCOPE_HOME: '/home/me', PATH: process.env['PATH'], DANESCOPE_ENGINE: '{"shell":"electron","lab":false,"helo":null}' });
  });

  test('reads the engine beside the archive of an installed app, which it cannot read into', () => {
    expect(outsideOfArchive('/opt/Danescope/resources/app.asar/out/node/service/engine-main.js')).toBe('/opt/Danescope/resources/app.asar.unpacked/out/node/service/engine-main.js');
    expect(outsideOfArchive('/home/me/my-app.asar/x/engine-main.js')).toBe('/home/me/my-app.asar/x/engine-main.js');
  });
});
