/** Stands in for the `electron` module: keeps what the app asks of Electron, and lets a test act as Electron would. */
import { EventEmitter } from 'node:events';

export class WebContentsDouble extends EventEmitter {
  readonly mainFrame = { url: 'app://inspector/' };
  readonly calls: string[] = [];
  windowOpen: ((details: { url: string }) => { action: string }) | null = null;

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpen = handler;
  }

  reload(): void {
    this.calls.push('reload');
  }

  printToPDF(options: object): Promise<Buffer> {
    this.calls.push(`print ${JSON.stringify(options)}`);
    return Promise.resolve(Buffer.from('%PDF-1.7'));
  }
}

interface WindowOptions {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly webPreferences: { readonly [name: string]: unknown };
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.all;
  }

  readonly options: WindowOptions;
  readonly webContents = new WebContentsDouble();
  readonly calls: string[] = [];

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(url: string): Promise<void> {
    this.calls.push(`load ${url}`);
    return Promise.resolve();
  }

  show(): void {
    this.calls.push('show');
  }

  focus(): void {
    this.calls.push('focus');
  }

  restore(): void {
    this.calls.push('restore');
  }

  isMinimized(): boolean {
    return true;
  }

  isDestroyed(): boolean {
    return false;
  }

  isMaximized(): boolean {
    return false;
  }

  maximize(): void {
    this.calls.push('maximize');
  }

  destroy(): void {
    this.calls.push('destroy');
  }

  getNormalBounds(): object {
    return { x: 10, y: 20, width: 1000, height: 700 };
  }
}

class AppDouble extends EventEmitter {
  isPackaged = false;
  readonly calls: string[] = [];

  /** where the app keeps what it remembers; a test sets it */
  userData = '/nonexistent';

  getPath(name: string): string {
    return name === 'userData' ? this.userData : '/nonexistent';
  }

  setName(name: string): void {
    this.calls.push(`name ${name}`);
  }

  enableSandbox(): void {
    this.calls.push('sandbox');
  }

  requestSingleInstanceLock(): boolean {
    return true;
  }

  whenReady(): Promise<void> {
    this.calls.push('ready');
    return Promise.resolve();
  }

  quit(): void {
    this.calls.push('quit');
  }

  exit(code: number): void {
    this.calls.push(`exit ${String(code)}`);
  }
}

type Decide = (allowed: boolean) => void;
type PageHandler = (request: { readonly method: string; readonly url: string }) => Response;

export const app = new AppDouble();

/** A session with its own handlers, as a partition has. */
export class SessionDouble extends EventEmitter {
  request: ((contents: unknown, permission: string, decide: Decide) => void) | null = null;
  check: ((contents: unknown, permission: string) => boolean) | null = null;
  device: (() => boolean) | null = null;
  before: ((details: { readonly url: string }, decide: (answer: { readonly cancel: boolean }) => void) => void) | null = null;
  readonly handlers = new Map<string, PageHandler>();
  readonly protocol = {
    handle: (scheme: string, handler: PageHandler): void => void this.handlers.set(scheme, handler),
    unhandle: (scheme: string): void => void this.handlers.delete(scheme),
  };
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<SessionDouble['before']>): void => {
      this.before = listener;
    },
  };

  setPermissionRequestHandler(handler: NonNullable<SessionDouble['request']>): void {
    this.request = handler;
  }

  setPermissionCheckHandler(handler: NonNullable<SessionDouble['check']>): void {
    this.check = handler;
  }

  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler;
  }
}

export const session = {
  defaultSession: new SessionDouble(),
  partitions: new Map<string, SessionDouble>(),
  fromPartition(name: string): SessionDouble {
    const known = this.partitions.get(name) ?? new SessionDouble();
    this.partitions.set(name, known);
    return known;
  },
};

export const protocol = {
  schemes: [] as unknown[],
  handlers: session.defaultSession.handlers,
  registerSchemesAsPrivileged(schemes: unknown[]): void {
    this.schemes.push(...schemes);
  },
  handle(scheme: string, handler: PageHandler): void {
    this.handlers.set(scheme, handler);
  },
};

const SCREEN = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };

export const screen = {
  getPrimaryDisplay: () => SCREEN,
  getAllDisplays: () => [SCREEN],
};

/** Answers as the test has set, and keeps what was asked. */
export const dialog = {
  asked: [] as { readonly [option: string]: unknown }[],
  save: { canceled: true, filePath: '' },
  open: { canceled: true, filePaths: [] as string[] },
  response: 0,
  showSaveDialog(_window: unknown, options: { readonly [option: string]: unknown }): Promise<{ canceled: boolean; filePath: string }> {
    this.asked.push(options);
    return Promise.resolve(this.save);
  },
  showOpenDialog(_window: unknown, options: { readonly [option: string]: unknown }): Promise<{ canceled: boolean; filePaths: string[] }> {
    this.asked.push(options);
    return Promise.resolve(this.open);
  },
  showErrorBox(title: string, content: string): void {
    this.asked.push({ title, content });
  },
  showMessageBox(_window: unknown, options: { readonly [option: string]: unknown }): Promise<{ response: number }> {
    this.asked.push(options);
    return Promise.resolve({ response: this.response });
  },
};

export const ipcMain = new EventEmitter();

export const ipcRenderer = {
  sent: [] as unknown[][],
  postMessage(...message: unknown[]): void {
    this.sent.push(message);
  },
};

export const Menu = {
  application: null as unknown,
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu(menu: unknown): void {
    Menu.application = menu;
  },
};

export const utilityProcess = {
  fork(): never {
    throw new Error('the tests run the engine on Node');
  },
};
