/** The built main script in a process of its own, over the double: its windows are pages of this process's Chromium. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import type { MenuEntry, Native } from '../native.ts';
import { ChromiumWindow } from './chromium-window.ts';
import type { PrintWish, WindowLook, WindowWish } from './chromium-window.ts';
import { Peer } from './peer.ts';

const root = resolve(import.meta.dirname, '../../..');

/** @returns the file of the double, as Node can load it */
export async function bundleDouble(): Promise<{ readonly file: string; remove(): void }> {
  // Only here: every worker reads this file, also of the lane that bundles nothing.
  const { build } = await import('vite');
  const folder = mkdtempSync(join(root, 'out/electron-double-'));
  await build({
    configFile: false, logLevel: 'error',
    build: { ssr: resolve(import.meta.dirname, 'electron.ts'), outDir: folder, target: 'node20', rolldownOptions: { output: { entryFileNames: 'electron.mjs' } } },
  });
  return { file: join(folder, 'electron.mjs'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** enough for a start, which is what goes wrong unseen */
const MOST_NOTES = 60;

interface MenuItem {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly enabled?: boolean;
  readonly submenu?: readonly MenuItem[];
}

interface MessageBox {
  readonly message: string;
  readonly detail?: string;
}

export interface LaunchOptions {
  /** path of the bundled double */
  readonly double: string;
  readonly browser: Browser;
  readonly look: WindowLook;
  readonly args: readonly string[];
}

export class DoubleApp implements Native {
  readonly folder = mkdtempSync(join(tmpdir(), 'danescope-double-'));
  readonly #browser: Browser;
  readonly #look: WindowLook;
  readonly #child: ChildProcess;
  readonly #main: Peer;
  readonly #exit: Promise<number | null>;
  readonly #windows = new Map<number, ChromiumWindow>();
  readonly #urls = new Map<number, string>();
  /** the first window has its page; anew after a crash */
  #loaded: Promise<void>;
  #nowLoaded = (): void => {};
  #save: string | null = null;
  #open: string | null = null;
  readonly #messages: string[] = [];
  readonly #suggested: string[] = [];
  #menu: readonly MenuItem[] = [];
  readonly errors: string[] = [];
  /** what passed between page and main process, with the ms since the start */
  readonly trail: string[] = [];
  readonly #started = Date.now();

  constructor({ double, browser, look, args }: LaunchOptions) {
    this.#browser = browser;
    this.#look = look;
    this.#loaded = this.#nextLoad();
    this.#child = fork(join(root, 'out/electron/main.mjs'), args, {
      execArgv: ['--import', pathToFileURL(join(import.meta.dirname, 'register.mjs')).href],
      env: { ...process.env, DANESCOPE_ELECTRON_DOUBLE: pathToFileURL(double).href, DANESCOPE_DOUBLE_FOLDER: this.folder, DANESCOPE_NODE: process.execPath },
    });
    this.#exit = new Promise((settle) => this.#child.once('exit', settle));
    this.#main = new Peer({ send: (message) => this.#child.connected && this.#child.send(message, () => {}), on: (type, listener) => this.#child.on(type, listener) }, this.#handlers());
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async page(): Promise<Page> {
    await this.#loaded;
    return this.#window(1).page;
  }

  saveTo(path: string | null): Promise<void> {
    this.#save = path;
    return Promise.resolve();
  }

  openFrom(path: string | null): Promise<void> {
    this.#open = path;
    return Promise.resolve();
  }

  suggested(): Promise<readonly string[]> {
    return Promise.resolve(this.#suggested);
  }

  messages(): Promise<readonly string[]> {
    return Promise.resolve(this.#messages);
  }

  menu(): Promise<readonly MenuEntry[]> {
    const entries = this.#menu.flatMap(({ label = '', submenu = [] }) => submenu.map((item): MenuEntry => (
      { menu: label, id: item.id ?? item.role ?? '', label: item.label ?? '', accelerator: item.accelerator ?? null, enabled: item.enabled !== false })));
    return Promise.resolve(entries);
  }

  choose(id: string): Promise<void> {
    return this.#main.ask('menu.click', { id });
  }

  secondStart(...words: readonly string[]): Promise<void> {
    return this.#main.ask('app.event', { type: 'second-instance', args: [['electron', 'main.mjs', ...words], '/'] });
  }

  async crashPage(): Promise<void> {
    const page = await this.page();
    const crashed = page.waitForEvent('crash');
    await this.#window(1).rememberSession();
    this.#loaded = this.#nextLoad();
    const cdp = await page.context().newCDPSession(page);
    // It has no answer: who would give it is gone.
    cdp.send('Page.crash').catch(() => {});
    await crashed;
  }

  async closeWindow(): Promise<void> {
    if (this.#child.connected) this.#main.tell('close', { window: 1 });
    await this.#exit;
  }

  async close(): Promise<void> {
    await this.closeWindow();
    for (const window of this.#windows.values()) await window.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #noted(what: string): void {
    if (this.trail.length < MOST_NOTES) this.trail.push(`${String(Date.now() - this.#started)} ${what.slice(0, 160)}`);
  }

  #nextLoad(): Promise<void> {
    return new Promise((settle) => {
      this.#nowLoaded = settle;
    });
  }

  #window(id: number): ChromiumWindow {
    const window = this.#windows.get(id);
    if (window === undefined) throw new Error(`no window ${String(id)}`);
    return window;
  }

  #handlers() {
    return {
      'window.open': async (wish: WindowWish) => {
        this.#windows.set(wish.window, await ChromiumWindow.open(this.#browser, this.#main, wish, { ...this.#look, trail: (what) => this.#noted(what) }));
      },
      'window.load': async ({ window, url }: { window: number; url: string }) => {
        this.#urls.set(window, url);
        await this.#window(window).load(url);
        this.#noted(`window ${String(window)}: loaded`);
        if (window === 1) this.#nowLoaded();
      },
      'window.reload': async ({ window }: { window: number }) => {
        await this.#window(window).reload(this.#urls.get(window) ?? '');
        this.#nowLoaded();
      },
      'window.focus': ({ window }: { window: number }) => this.#window(window).page.bringToFront(),
      'window.destroy': async ({ window }: { window: number }) => {
        const gone = this.#window(window);
        this.errors.push(...gone.errors.splice(0));
        await gone.close();
      },
      'window.print': ({ window, options }: { window: number; options: PrintWish }) => this.#window(window).print(options),
      'port.post': ({ window, port, text }: { window: number; port: string; text: string }) => this.#windows.get(window)?.post(port, text),
      'port.close': ({ window, port }: { window: number; port: string }) => this.#windows.get(window)?.closePort(port),
      'menu': ({ items }: { items: readonly MenuItem[] }) => {
        this.#menu = items;
      },
      'dialog.save': ({ defaultPath }: { defaultPath: string }) => {
        this.#suggested.push(basename(defaultPath));
        return { canceled: this.#save === null, filePath: this.#save ?? '' };
      },
      'dialog.open': () => ({ canceled: this.#open === null, filePaths: this.#open === null ? [] : [this.#open] }),
      'dialog.message': ({ message, detail = '' }: MessageBox) => {
        this.#messages.push(`${message}: ${detail}`);
        return { response: 0 };
      },
    };
  }
}
