/**
 * The inspector for a spec: `inspector` is a page with the practice lab behind it, in whichever shell the project names. An
 * error in the page, or a message of its console that is an error, fails the test.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, test as base } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';

const root = resolve(import.meta.dirname, '../..');

export interface InspectorOptions {
  readonly shell: 'browser' | 'electron';
}

interface TestFixtures {
  /** the window, loaded and connected to the lab */
  readonly inspector: Page;
  /** a fresh one-time address of a local host with the lab; for specs about the host itself */
  readonly hostAddress: string;
}

interface WorkerFixtures {
  readonly chromiumBrowser: Browser;
}

export const test = base.extend<TestFixtures & InspectorOptions, WorkerFixtures>({
  shell: ['browser', { option: true }],

  chromiumBrowser: [
    async ({ playwright }, use) => {
      const executablePath = findBrowser();
      if (executablePath === null) throw new Error('no Chromium: install one, or name one with DANESCOPE_BROWSER');
      // Chromium's sandbox does not run as root; the page is ours.
      const browser = await playwright.chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  hostAddress: async ({ shell }, use) => {
    if (shell === 'electron') return use('');
    const host = spawn(process.execPath, [join(root, 'out/node/service/host-main.js'), '--lab', '--print-url'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await use(await addressOf(host));
    return ended(host);
  },

  inspector: async ({ shell, chromiumBrowser, hostAddress, viewport, colorScheme }, use, testInfo) => {
    testInfo.skip(shell === 'electron' && electronRuntime() === null, 'Electron’s runtime is not here');
    const errors: string[] = [];
    const app = shell === 'electron' ? await _electron.launch({ executablePath: electronRuntime() ?? '', args: [join(root, 'out/electron/main.mjs'), '--lab'] }) : null;
    const context = app === null ? await chromiumBrowser.newContext({ viewport, colorScheme, permissions: ['clipboard-read', 'clipboard-write'] }) : null;
    const page = app === null ? await (context ?? (await chromiumBrowser.newContext())).newPage() : await app.firstWindow();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    if (app === null) await page.goto(hostAddress);
    await use(page);
    await context?.close();
    await app?.close();
    base.expect(errors, 'errors in the page').toEqual([]);
  },
});

export { expect } from '@playwright/test';

async function addressOf(host: ChildProcess): Promise<string> {
  if (host.stdout === null) throw new Error('the host has no output');
  for await (const line of createInterface({ input: host.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error(`the host ended without an address (exit code ${String(host.exitCode)})`);
}

async function ended(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null) return;
  const exit = new Promise((settle) => host.once('exit', settle));
  host.kill('SIGTERM');
  await exit;
}

/** @returns the program of Electron's runtime, or null where it was not downloaded */
function electronRuntime(): string | null {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const program = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const binary = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), program);
  return existsSync(binary) ? binary : null;
}
