/**
 * The page of the browser lane, one for all tests of a worker: a context and a process of the browser for each test cost as much as what most tests do. Each test
 * finds it as new: nothing stored, nothing pressed, the pointer in the corner. After a failure, or where a test closed it, the next test gets another.
 */
import type { Browser, BrowserContext, Page } from '@playwright/test';

export interface Look {
  readonly viewport: { readonly width: number; readonly height: number } | null;
  readonly colorScheme: 'light' | 'dark' | 'no-preference' | null;
}

export class KeptPage {
  readonly #browser: Browser;
  #context: BrowserContext | null = null;
  #page: Page | null = null;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  async take({ viewport, colorScheme }: Look): Promise<Page> {
    this.#context ??= await this.#browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    this.#page ??= await newPage(this.#context);
    if (viewport !== null) await this.#page.setViewportSize(viewport);
    await this.#page.emulateMedia({ colorScheme, media: null, reducedMotion: null, forcedColors: null, contrast: null });
    return this.#page;
  }

  /** @param origin whose pages the test saw */
  async giveBack(origin: string, isFit: boolean): Promise<void> {
    const page = this.#page;
    if (!isFit || page === null || page.isClosed() || page.context().pages().length > 1) return this.close();
    // What the window stores as it goes is stored by then; a page of the same origin that is not ours can clear what belongs to the tab.
    await page.goto(`${origin}/no-such-file`);
    await page.evaluate(() => sessionStorage.clear());
    const debugged = await page.context().newCDPSession(page);
    await debugged.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await debugged.detach();
    await page.mouse.move(0, 0);
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
    this.#page = null;
  }
}

async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  // Choosing files is taken from the browser as long as somebody listens: a test that began to listen as it pressed the key was sometimes too late.
  page.on('filechooser', () => {});
  return page;
}
