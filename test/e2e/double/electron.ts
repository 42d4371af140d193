/**
 * Stands in for the `electron` module of the built main script: its windows are pages of a real Chromium, which the process
 * that started this one drives. What Electron enforces by the main script's handlers is asked of them here, each time.
 */
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { Peer } from './peer.ts';

const folder = process.env['DANESCOPE_DOUBLE_FOLDER'] ?? '';
const parent = new Peer({ send: (message) => process.connected && process.send?.(message, undefined, undefined, () => {}), on: (type, listener) => process.on(type, listener) }, {
  'ipc': ({ window, url, channel, message, ports }: Ipc) => {
    const { webContents } = windowOf(window);
    webContents.mainFrame.url = url;
    ipcMain.emit(channel, { sender: webContents, senderFrame: webContents.mainFrame, ports: ports.map((id) => new MessagePortMain(window, id)) }, message);
  },
  'port.message': ({ port, data }: { port: string; data: unknown }) => MessagePortMain.open.get(port)?.arrived(data),
  'port.closed': ({ port }: { port: string }) => MessagePortMain.open.get(port)?.gone(),
  'fetch': ({ window, url, method }: { window: number; url: string; method: string }) => windowOf(window).session.answer(url, method),
  'navigate': ({ window, url }: { window: number; url: string }) => isPrevented(windowOf(window).webContents, 'will-navigate', url),
  'frame-navigate': ({ window, url }: { window: number; url: string }) => isPrevented(windowOf(window).webContents, 'will-frame-navigate', url, false),
  'window-open': ({ window, url }: { window: number; url: string }) => windowOf(window).webContents.windowOpen({ url }).action,
  'permission': ({ window, permission }: { window: number; permission: string }) => windowOf(window).session.grants(permission),
  'crashed': ({ window }: { window: number }) => windowOf(window).webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 }),
  'close': ({ window }: { window: number }) => windowOf(window).close(),
  'menu.click': ({ id }: { id: string }) => clickable(id)?.click?.(),
  'app.event': ({ type, args }: { type: string; args: unknown[] }) => app.emit(type, { preventDefault: () => {} }, ...args),
});

interface Ipc {
  readonly window: number;
  readonly url: string;
  readonly channel: string;
  readonly message: unknown;
  readonly ports: readonly string[];
}

function isPrevented(contents: WebContents, type: string, url: string, isMainFrame = true): boolean {
  let prevented = false;
  contents.emit(type, { url, isMainFrame, preventDefault: () => (prevented = true) });
  return prevented;
}

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly #ready = Promise.resolve();

  setName(): void {}
  enableSandbox(): void {}
  requestSingleInstanceLock(): boolean {
    return true;
  }
  setAsDefaultProtocolClient(): boolean {
    return true;
  }
  getPath(name: string): string {
    return name === 'userData' ? folder : join(folder, name);
  }
  whenReady(): Promise<void> {
    return this.#ready;
  }
  quit(): void {
    this.emit('will-quit');
    process.disconnect();
  }
  exit(code: number): void {
    process.exit(code);
  }
}
export const app = new App();

type Decide = (allowed: boolean) => void;
type PageHandler = (request: Request) => Response | Promise<Response>;
interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

class Session extends EventEmitter {
  #request: (contents: unknown, permission: string, decide: Decide) => void = (_contents, _permission, decide) => decide(true);
  #before: (details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void = (_details, decide) => decide({ cancel: false });
  readonly #handlers = new Map<string, PageHandler>();
  readonly protocol = {
    handle: (scheme: string, handler: PageHandler): void => void this.#handlers.set(scheme, handler),
    unhandle: (scheme: string): void => void this.#handlers.delete(scheme),
    registerSchemesAsPrivileged: (): void => {},
  };
  readonly webRequest = {
    onBeforeRequest: (listener: Parameters<Session['beforeRequest']>[0]): void => this.beforeRequest(listener),
  };

  setPermissionRequestHandler(handler: (contents: unknown, permission: string, decide: Decide) => void): void {
    this.#request = handler;
  }
  setPermissionCheckHandler(): void {}
  setDevicePermissionHandler(): void {}

  beforeRequest(listener: (details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void): void {
    this.#before = listener;
  }

  grants(permission: string): Promise<boolean> {
    return new Promise((resolve) => this.#request({}, permission, resolve));
  }

  /** @returns null for what gets no answer: cancelled, or a scheme that nobody handles */
  async answer(url: string, method: string): Promise<Answer | null> {
    const cancelled = await new Promise<boolean>((resolve) => this.#before({ url }, ({ cancel }) => resolve(cancel)));
    const handler = this.#handlers.get(new URL(url).protocol.slice(0, -1));
    if (cancelled || handler === undefined) return null;
    const response = await handler(new Request(url, { method }));
    return { status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()).toString('base64') };
  }
}

const partitions = new Map<string, Session>();
export const session = {
  defaultSession: new Session(),
  fromPartition: (name: string): Session => {
    const known = partitions.get(name) ?? new Session();
    partitions.set(name, known);
    return known;
  },
};
export const { protocol } = session.defaultSession;

class MessagePortMain extends EventEmitter {
  static readonly open = new Map<string, MessagePortMain>();
  readonly #window: number;
  readonly #id: string;
  /** null once it is started */
  #queue: unknown[] | null = [];

  constructor(window: number, id: string) {
    super();
    this.#window = window;
    this.#id = id;
    MessagePortMain.open.set(id, this);
  }

  start(): void {
    const waiting = this.#queue ?? [];
    this.#queue = null;
    for (const data of waiting) this.emit('message', { data });
  }

  postMessage(text: unknown): void {
    parent.tell('port.post', { window: this.#window, port: this.#id, text });
  }

  close(): void {
    if (!MessagePortMain.open.delete(this.#id)) return;
    parent.tell('port.close', { window: this.#window, port: this.#id });
    this.emit('close');
  }

  arrived(data: unknown): void {
    if (this.#queue === null) this.emit('message', { data });
    else this.#queue.push(data);
  }

  gone(): void {
    MessagePortMain.open.delete(this.#id);
    this.emit('close');
  }
}

class WebContents extends EventEmitter {
  readonly mainFrame = { url: 'about:blank' };
  readonly #window: BrowserWindow;
  windowOpen: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  constructor(window: BrowserWindow) {
    super();
    this.#window = window;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpen = handler;
  }
  reload(): void {
    parent.tell('window.reload', { window: this.#window.id });
  }
  async printToPDF(options: object): Promise<Buffer> {
    return Buffer.from(await parent.ask<string>('window.print', { window: this.#window.id, options }), 'base64');
  }
}

interface WindowOptions {
  readonly show?: boolean;
  readonly width?: number;
  readonly height?: number;
  readonly webPreferences: { readonly preload?: string; readonly javascript?: boolean; readonly session?: Session; readonly sandbox?: boolean; readonly contextIsolation?: boolean };
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.all.filter((window) => !window.isDestroyed());
  }

  readonly id: number;
  readonly session: Session;
  readonly webContents: WebContents;
  readonly #opened: Promise<void>;
  readonly #size: { readonly width: number; readonly height: number };
  #destroyed = false;
  #maximised = false;

  constructor({ show, width = 800, height = 600, webPreferences }: WindowOptions) {
    super();
    // Without these the double would grant the page less than Electron does.
    if (webPreferences.sandbox !== true || webPreferences.contextIsolation !== true) throw new Error('the double has sandboxed, isolated windows alone');
    this.id = BrowserWindow.all.push(this);
    this.session = webPreferences.session ?? session.defaultSession;
    this.webContents = new WebContents(this);
    this.#size = { width, height };
    app.emit('web-contents-created', {}, this.webContents);
    this.#opened = parent.ask('window.open', { window: this.id, show, ...this.#size, preload: webPreferences.preload, javascript: webPreferences.javascript ?? true });
  }

  async loadURL(url: string): Promise<void> {
    await this.#opened;
    this.webContents.mainFrame.url = url;
    await parent.ask('window.load', { window: this.id, url });
    this.emit('ready-to-show');
  }

  show(): void {}
  focus(): void {
    parent.tell('window.focus', { window: this.id });
  }
  restore(): void {}
  maximize(): void {
    this.#maximised = true;
  }
  isMinimized(): boolean {
    return false;
  }
  isMaximized(): boolean {
    return this.#maximised;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  getNormalBounds(): object {
    return { x: 40, y: 30, ...this.#size };
  }

  /** As the person does. */
  close(): void {
    this.emit('close', { preventDefault: () => {} });
    this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    parent.tell('window.destroy', { window: this.id });
    this.emit('closed');
    if (BrowserWindow.getAllWindows().length === 0) app.emit('window-all-closed');
  }
}

function windowOf(id: number): BrowserWindow {
  const window = BrowserWindow.all[id - 1];
  if (window === undefined) throw new Error(`no window ${String(id)}`);
  return window;
}

export const ipcMain = new EventEmitter();

interface Item {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly enabled?: boolean;
  readonly accelerator?: string;
  readonly submenu?: readonly Item[];
  readonly click?: () => void;
}

let menu: readonly Item[] = [];
const clickable = (id: string): Item | undefined => menu.flatMap(({ submenu }) => submenu ?? []).find((item) => item.id === id && item.enabled !== false);

export const Menu = {
  buildFromTemplate: (template: readonly Item[]): readonly Item[] => template,
  setApplicationMenu: (items: readonly Item[]): void => {
    menu = items;
    parent.tell('menu', { items: JSON.parse(JSON.stringify(items)) as unknown });
  },
};

export const dialog = {
  showErrorBox: (title: string, content: string): void => void process.stderr.write(`${title}: ${content}\n`),
  showSaveDialog: (_window: BrowserWindow, options: object): Promise<unknown> => parent.ask('dialog.save', options),
  showOpenDialog: (_window: BrowserWindow, options: object): Promise<unknown> => parent.ask('dialog.open', options),
  showMessageBox: (_window: BrowserWindow, options: object): Promise<unknown> => parent.ask('dialog.message', options),
};

const SCREEN = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = { getPrimaryDisplay: () => SCREEN, getAllDisplays: () => [SCREEN] };

export const utilityProcess = {
  fork(): never {
    throw new Error('the double runs the engine on Node');
  },
};
