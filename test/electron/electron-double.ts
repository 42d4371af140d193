/** Stands in for the `electron` module: keeps what the app asks of Electron, and lets a test act as Electron would. */
import { EventEmitter } from 'node:events';

export class WebContentsDouble extends EventEmitter {
  readonly mainFrame = { url: 'app://inspector/' };
  windowOpen: ((details: { url: string }) => { action: string }) | null = null;

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpen = handler;
  }
}

interface WindowOptions {
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
}

class AppDouble extends EventEmitter {
  readonly isPackaged = false;
  readonly calls: string[] = [];

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
}

type Decide = (allowed: boolean) => void;
type PageHandler = (request: { readonly method: string; readonly url: string }) => Response;

export const app = new AppDouble();

export const session = {
  defaultSession: {
    request: null as ((contents: unknown, permission: string, decide: Decide) => void) | null,
    check: null as ((contents: unknown, permission: string) => boolean) | null,
    device: null as (() => boolean) | null,
    setPermissionRequestHandler(handler: (contents: unknown, permission: string, decide: Decide) => void): void {
      this.request = handler;
    },
    setPermissionCheckHandler(handler: (contents: unknown, permission: string) => boolean): void {
      this.check = handler;
    },
    setDevicePermissionHandler(handler: () => boolean): void {
      this.device = handler;
    },
  },
};

export const protocol = {
  schemes: [] as unknown[],
  handlers: new Map<string, PageHandler>(),
  registerSchemesAsPrivileged(schemes: unknown[]): void {
    this.schemes.push(...schemes);
  },
  handle(scheme: string, handler: PageHandler): void {
    this.handlers.set(scheme, handler);
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
