/**
 * The inspector for a spec: `inspector` is a page with the practice lab behind it, in whichever shell the project names. An
 * error in the page, or a message of its console that is an error, fails the test.
 */
import { spawnSync } from 'node:child_process';
import { test as base } from '@playwright/test';
import type { Browser, ConsoleMessage, Page, PlaywrightWorkerArgs } from '@playwright/test';
import { findBrowser } from '../../core/net/find-browser.ts';
import { bundleDouble, DoubleApp } from './double/app.ts';
import { electronRuntime, RuntimeApp } from './electron-runtime.ts';
import { KeptPage } from './kept-page.ts';
import type { Native } from './native.ts';
import { startSharedHost } from './shared-host.ts';
import type { SharedHost } from './shared-host.ts';

export interface InspectorOptions {
  /** `electron-double`: the built main script and preload over a double of Electron whose windows are pages of this Chromium */
  readonly shell: 'browser' | 'electron' | 'electron-double';
  /** false: runs would go to the Internet; for specs that start none */
  readonly lab: boolean;
  /** scrollbars that take room, as most systems have them; Playwright hides them otherwise */
  readonly scrollbars: boolean;
}

interface TestFixtures {
  /** the Electron app, or null in the browser lane */
  readonly app: Native | null;
  /** the window, loaded and connected to the lab */
  readonly inspector: Page;
  /** what lies around the window in Electron; in the browser lane a spec that uses it must skip */
  readonly native: Native;
  /** of the engine's process as it is now */
  readonly enginePid: () => number;
  /** a fresh one-time address of the local host; empty in the lanes of Electron */
  readonly hostAddress: string;
}

interface WorkerFixtures {
  readonly chromiumBrowser: Browser;
  /** in a browser of its own where it has scrollbars, started when first asked for */
  readonly keptPage: (scrollbars: boolean) => Promise<KeptPage>;
  /** bundles the double of Electron when first asked; its file */
  readonly electronDouble: () => Promise<string>;
  /** the local host with the lab or without, started when first asked for */
  readonly sharedHost: (lab: boolean) => Promise<SharedHost>;
}

export const test = base.extend<TestFixtures & InspectorOptions, WorkerFixtures>({
  shell: ['browser', { option: true }],
  lab: [true, { option: true }],

  scrollbars: [false, { option: true }],

  chromiumBrowser: [
    async ({ playwright }, use) => {
      const browser = await launch(playwright, false);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  keptPage: [
    async ({ playwright, chromiumBrowser }, use) => {
      const usual = new KeptPage(chromiumBrowser);
      let other: Promise<{ readonly browser: Browser; readonly kept: KeptPage }> | null = null;
      const withScrollbars = async (): Promise<{ readonly browser: Browser; readonly kept: KeptPage }> => {
        const browser = await launch(playwright, true);
        return { browser, kept: new KeptPage(browser) };
      };
      await use(async (scrollbars) => (scrollbars ? (await (other ??= withScrollbars())).kept : usual));
      await usual.close();
      await (await (other as ReturnType<typeof withScrollbars> | null))?.browser.close();
    },
    { scope: 'worker' },
  ],

  electronDouble: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      let bundled: ReturnType<typeof bundleDouble> | null = null;
      await use(async () => (await (bundled ??= bundleDouble())).file);
      (await (bundled as ReturnType<typeof bundleDouble> | null))?.remove();
    },
    { scope: 'worker' },
  ],

  sharedHost: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      const hosts = new Map<boolean, Promise<SharedHost>>();
      await use(async (lab) => {
        // One at a time: the engine below this process is then that of the page.
        await (await hosts.get(!lab))?.close();
        hosts.delete(!lab);
        const host = hosts.get(lab) ?? startSharedHost(lab);
        hosts.set(lab, host);
        return host;
      });
      for (const host of hosts.values()) await (await host).close();
    },
    { scope: 'worker' },
  ],

  app: async ({ shell, lab, chromiumBrowser, electronDouble, viewport, colorScheme }, use, testInfo) => {
    if (shell === 'browser') return use(null);
    const runtime = electronRuntime();
    testInfo.skip(shell === 'electron' && runtime === null, 'Electron’s runtime is not here');
    const args = lab ? ['--lab'] : [];
    const app = shell === 'electron'
      ? await RuntimeApp.launch(runtime ?? '', args)
      : new DoubleApp({ double: await electronDouble(), browser: chromiumBrowser, look: { viewport, colorScheme }, args });
    if (app instanceof RuntimeApp) ownClipboard.set(await app.page(), () => app.clipboard());
    await use(app);
    if (app instanceof DoubleApp && testInfo.status !== testInfo.expectedStatus) console.log(`the double, from its start:\n${app.trail.join('\n')}`);
    await app.close();
    base.expect(app.errors, 'errors in the page').toEqual([]);
  },

  native: async ({ app }, use, testInfo) => {
    testInfo.skip(app === null, 'about the window of Electron');
    if (app !== null) await use(app);
  },

  hostAddress: async ({ shell, lab, sharedHost }, use) => use(shell === 'browser' ? (await sharedHost(lab)).address() : ''),

  // The shared host is in this process.
  enginePid: async ({ app }, use) => use(() => engineOf(app?.pid ?? process.pid)),

  inspector: async ({ app, keptPage, scrollbars, hostAddress, viewport, colorScheme }, use, testInfo) => {
    if (app !== null) return use(await app.page());
    const kept = await keptPage(scrollbars);
    const page = await kept.take({ viewport, colorScheme });
    const watch = watchErrors(page);
    await page.goto(hostAddress);
    await use(page);
    const errors = watch.end();
    await kept.giveBack(new URL(hostAddress).origin, errors.length === 0 && testInfo.status === testInfo.expectedStatus);
    base.expect(errors, 'errors in the page').toEqual([]);
  },
});

function launch(playwright: PlaywrightWorkerArgs['playwright'], scrollbars: boolean): Promise<Browser> {
  // Playwright's own, where it was downloaded, if there is no other.
  const executablePath = findBrowser() ?? playwright.chromium.executablePath();
  // Chromium's sandbox does not run as root; the page is ours.
  return playwright.chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [], ignoreDefaultArgs: scrollbars ? ['--hide-scrollbars'] : [] });
}

/** @returns what the page did wrong until `end`: its errors, and what its console was told as an error */
function watchErrors(page: Page): { end(): readonly string[] } {
  const errors: string[] = [];
  const thrown = (error: Error): unknown => errors.push(error.message);
  const told = (message: ConsoleMessage): unknown => message.type() === 'error' && errors.push(message.text());
  page.on('pageerror', thrown).on('console', told);
  return {
    end: () => {
      page.off('pageerror', thrown).off('console', told);
      return errors;
    },
  };
}

/** How the clipboard is read where the page of the window cannot be given leave for it. */
export const ownClipboard = new WeakMap<Page, () => Promise<string>>();

/**
 * For specs in which the script of a trace would be blocked and told. Where no trace is kept nothing is set: whatever sets an option of the
 * worker gets a worker for itself, with another host, lab and browser.
 */
export const NO_TRACE: { readonly trace?: 'off' } = process.env['DANESCOPE_TRACE'] === '1' ? { trace: 'off' } : {};

export { expect } from '@playwright/test';

/** @returns the child of the shell's process that runs the engine; only Linux and macOS have `ps` */
function engineOf(shell: number): number {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const child = stdout.split('\n').map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)).find((words) => Number(words?.[2]) === shell && words?.[3]?.includes('engine-main.js') === true);
  if (child === undefined) throw new Error('no engine runs below the shell');
  return Number(child?.[1]);
}
