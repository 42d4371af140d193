/** The real runtime, where it was downloaded. */
import { mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import type { MenuEntry, Native } from './native.ts';

const root = resolve(import.meta.dirname, '../..');

/** @returns the program of Electron's runtime, or null where it was not downloaded */
export function electronRuntime(): string | null {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const program = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const binary = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), program);
  return existsSync(binary) ? binary : null;
}

export class RuntimeApp implements Native {
  readonly folder: string;
  readonly errors: string[] = [];
  readonly #app: ElectronApplication;

  static async launch(executablePath: string, args: readonly string[]): Promise<RuntimeApp> {
    const folder = mkdtempSync(join(tmpdir(), 'danescope-electron-'));
    const app = await _electron.launch({ executablePath, args: [join(root, 'out/electron/main.mjs'), `--user-data-dir=${folder}`, ...args] });
    return new RuntimeApp(app, folder);
  }

  private constructor(app: ElectronApplication, folder: string) {
    this.#app = app;
    this.folder = folder;
    app.on('window', (page) => {
      page.on('pageerror', (error) => this.errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') this.errors.push(message.text());
      });
    });
  }

  get pid(): number {
    return this.#app.process().pid ?? 0;
  }

  page(): Promise<Page> {
    return this.#app.firstWindow();
  }

  clipboard(): Promise<string> {
    return this.#app.evaluate(({ clipboard }) => clipboard.readText());
  }

  saveTo(path: string | null): Promise<void> {
    return this.#app.evaluate(({ dialog }, filePath) => {
      const keeper = globalThis as { suggestedNames?: string[] };
      dialog.showSaveDialog = ((_window: unknown, { defaultPath }: { defaultPath: string }) => {
        (keeper.suggestedNames ??= []).push(defaultPath.replace(/^.*[\\/]/s, ''));
        return Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' });
      }) as unknown as typeof dialog.showSaveDialog;
    }, path);
  }

  suggested(): Promise<readonly string[]> {
    return this.#app.evaluate(() => (globalThis as { suggestedNames?: string[] }).suggestedNames ?? []);
  }

  openFrom(path: string | null): Promise<void> {
    return this.#app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: filePath === null, filePaths: filePath === null ? [] : [filePath] });
    }, path);
  }

  async messages(): Promise<readonly string[]> {
    // The first look puts the record in the place of the dialogue: call it once before.
    return this.#app.evaluate(({ dialog }) => {
      const keeper = globalThis as { shownMessages?: string[] };
      if (keeper.shownMessages === undefined) {
        const shown: string[] = [];
        keeper.shownMessages = shown;
        dialog.showMessageBox = ((_window: unknown, { message, detail }: { message: string; detail?: string }) => {
          shown.push(`${message}: ${detail ?? ''}`);
          return Promise.resolve({ response: 0, checkboxChecked: false });
        }) as unknown as typeof dialog.showMessageBox;
      }
      return keeper.shownMessages;
    });
  }

  menu(): Promise<readonly MenuEntry[]> {
    return this.#app.evaluate(({ Menu }) => (Menu.getApplicationMenu()?.items ?? []).flatMap(({ label, submenu }) => (submenu?.items ?? []).map((item) => (
      { menu: label, id: item.id ?? '', label: item.label, accelerator: item.accelerator === undefined ? null : String(item.accelerator), enabled: item.enabled }))));
  }

  choose(id: string): Promise<void> {
    return this.#app.evaluate(({ Menu }, chosen) => Menu.getApplicationMenu()?.getMenuItemById(chosen)?.click(), id);
  }

  secondStart(...words: readonly string[]): Promise<void> {
    return this.#app.evaluate(({ app }, argv) => void app.emit('second-instance', {}, argv, '/'), ['electron', 'main.mjs', ...words]);
  }

  async crashPage(): Promise<void> {
    const loaded = this.#app.evaluate(({ BrowserWindow }) => new Promise<void>((settle) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.webContents.once('did-finish-load', () => settle());
      window?.webContents.forcefullyCrashRenderer();
    }));
    await loaded;
  }

  async closeWindow(): Promise<void> {
    if (this.#app.process().exitCode === null) await this.#app.close();
  }

  async close(): Promise<void> {
    await this.closeWindow();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
