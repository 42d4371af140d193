/** One window of the double: a page of a real Chromium that sees nothing but what the main script's handlers answer. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, CDPSession, Frame, Page, Request, Route } from '@playwright/test';
import { inChromium, inElectron } from './addresses.ts';
import { BINDING, isolatedWorld, WORLD } from './isolated-world.ts';
import type { Peer } from './peer.ts';

export interface WindowWish {
  readonly window: number;
  readonly width: number;
  readonly height: number;
  readonly preload?: string;
  readonly javascript: boolean;
}

export interface WindowLook {
  readonly colorScheme: 'light' | 'dark' | 'no-preference' | null;
  readonly viewport: { readonly width: number; readonly height: number } | null;
}

/** Is told what passes, for whoever looks for why a test failed. */
export type Trail = (what: string) => void;

/** The permissions of Chromium whose names in Electron the handlers know. */
const PERMISSIONS = [['clipboard-sanitized-write', 'clipboard-write'], ['clipboard-read', 'clipboard-read'], ['geolocation', 'geolocation'], ['notifications', 'notifications']] as const;

export class ChromiumWindow {
  readonly #main: Peer;
  readonly #wish: WindowWish;
  readonly #context: BrowserContext;
  /** what the page did wrong: its errors, and what its console was told as an error */
  readonly errors: string[] = [];
  readonly #trail: Trail;
  #page: Page | null = null;
  #cdp: CDPSession | null = null;
  /** unique among all processes that the page ever has */
  #world: string | null = null;
  readonly #ports = new Set<string>();
  #loadedByMain = false;
  #sessionStorage: { readonly [key: string]: string } = {};
  #closed: Promise<void> | null = null;

  static async open(browser: Browser, main: Peer, wish: WindowWish, { trail, ...look }: WindowLook & { readonly trail: Trail }): Promise<ChromiumWindow> {
    const context = await browser.newContext({ ...look, javaScriptEnabled: wish.javascript, reducedMotion: 'reduce' });
    const window = new ChromiumWindow(main, wish, context, trail);
    await context.route('**/*', (route) => window.#answerUntilClosed(route));
    for (const [permission, chromium] of PERMISSIONS) {
      if (await main.ask<boolean>('permission', { window: wish.window, permission })) await context.grantPermissions([chromium]);
    }
    await window.#newPage();
    return window;
  }

  private constructor(main: Peer, wish: WindowWish, context: BrowserContext, trail: Trail) {
    this.#main = main;
    this.#wish = wish;
    this.#context = context;
    this.#trail = trail;
  }

  get page(): Page {
    if (this.#page === null) throw new Error('the window has no page');
    return this.#page;
  }

  async load(url: string): Promise<void> {
    this.#loadedByMain = true;
    await this.page.goto(inChromium(url));
    this.#loadedByMain = false;
  }

  /** A page whose process ended is of no more use: as in Electron, its window gets another. */
  async reload(url: string): Promise<void> {
    await this.page.close();
    await this.#newPage();
    await this.page.addInitScript(putBack, this.#sessionStorage);
    await this.load(url);
  }

  /** In Electron session storage is held outside the page's process, and outlives it; a new page of Chromium has none of it. */
  async rememberSession(): Promise<void> {
    this.#sessionStorage = await this.page.evaluate(() => Object.fromEntries(Object.entries(sessionStorage)));
  }

  async print({ printBackground = false, preferCSSPageSize = false, pageSize = 'Letter', generateTaggedPDF = false, generateDocumentOutline = false }: PrintWish): Promise<string> {
    const pdf = await this.page.pdf({ format: pageSize, printBackground, preferCSSPageSize, tagged: generateTaggedPDF, outline: generateDocumentOutline });
    return pdf.toString('base64');
  }

  post(port: string, text: string): void {
    this.#inWorld(`__fromMain.post(${JSON.stringify(port)}, ${JSON.stringify(text)})`);
  }

  closePort(port: string): void {
    this.#ports.delete(port);
    this.#inWorld(`__fromMain.close(${JSON.stringify(port)})`);
  }

  /** The app closes it, and so does the end of a test, which may come first. */
  close(): Promise<void> {
    return (this.#closed ??= this.#context.close().catch((error: unknown) => {
      if (!(error instanceof Error && error.message.includes('has been closed'))) throw error;
    }));
  }

  async #newPage(): Promise<void> {
    const page = await this.#context.newPage();
    this.#page = page;
    // A report may say what it likes: what it may not do is told in its own console.
    if (this.#wish.preload !== undefined) this.#keepErrors(page);
    page.on('crash', () => this.#crashed());
    page.on('popup', (popup) => void this.#popup(popup));
    if (this.#wish.preload !== undefined) await this.#runPreload(page, this.#wish.preload);
  }

  #keepErrors(page: Page): void {
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  async #runPreload(page: Page, preload: string): Promise<void> {
    const cdp = await this.#context.newCDPSession(page);
    this.#cdp = cdp;
    const { frameTree: { frame: mainFrame } } = await cdp.send('Page.getFrameTree');
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      // The frame of a report's preview gets such a world too, and no preload script runs in it.
      if (context.name !== WORLD || (context.auxData as { frameId?: string }).frameId !== mainFrame.id) return;
      this.#world = context.uniqueId;
      this.#trail(`window ${String(this.#wish.window)}: the preload's world is there`);
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextUniqueId }) => {
      if (executionContextUniqueId === this.#world) this.#forget();
    });
    cdp.on('Runtime.executionContextsCleared', () => this.#forget());
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === BINDING && cdp === this.#cdp) this.#fromPreload(payload);
    });
    await cdp.send('Runtime.enable');
    await cdp.send('Page.enable');
    await cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: isolatedWorld(readFileSync(preload, 'utf8')), worldName: WORLD });
  }

  #fromPreload(text: string): void {
    const message = JSON.parse(text) as { readonly type: string; readonly ports?: readonly string[] };
    for (const port of message.ports ?? []) this.#ports.add(port);
    const url = inElectron(this.page.url());
    this.#trail(`from the page ${url}: ${text}`);
    this.#main.tell(message.type, { ...message, window: this.#wish.window, url });
  }

  /** The document went away, and with it the ends of its ports. */
  #forget(): void {
    this.#trail(`window ${String(this.#wish.window)}: the document goes, with ${String(this.#ports.size)} ports`);
    this.#world = null;
    for (const port of this.#ports) this.#main.tell('port.closed', { port });
    this.#ports.clear();
  }

  #inWorld(expression: string): void {
    const world = this.#world;
    this.#trail(`to the page${world === null ? ', which is not there' : ''}: ${expression}`);
    if (world !== null && this.#cdp !== null) void this.#evaluateIn(world, this.#cdp, expression);
  }

  async #evaluateIn(world: string, cdp: CDPSession, expression: string): Promise<void> {
    try {
      const { exceptionDetails: thrown } = await cdp.send('Runtime.evaluate', { expression, uniqueContextId: world });
      if (thrown !== undefined) this.errors.push(`in the preload's world: ${thrown.exception?.description ?? thrown.text}`);
    } catch (error) {
      // A document that goes away at this moment takes the message with it, as a port does.
      if (this.#world === world && this.#closed === null) this.errors.push(`a message did not reach the page: ${String(error)}`);
    }
  }

  #crashed(): void {
    this.#forget();
    this.#main.tell('crashed', { window: this.#wish.window });
  }

  async #popup(popup: Page): Promise<void> {
    const action = await this.#main.ask<string>('window-open', { window: this.#wish.window, url: inElectron(popup.url()) });
    if (action !== 'allow') await popup.close();
  }

  async #answerUntilClosed(route: Route): Promise<void> {
    try {
      await this.#answer(route);
    } catch (error) {
      if (this.#closed === null) throw error;
    }
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = inElectron(request.url());
    const navigates = request.isNavigationRequest() && !this.#loadedByMain;
    const inFrame = frameOf(request)?.parentFrame() != null;
    if (navigates && inFrame && (await this.#main.ask<boolean>('frame-navigate', { window: this.#wish.window, url }))) return route.abort('aborted');
    const ownNavigation = navigates && frameOf(request) === this.#page?.mainFrame();
    if (ownNavigation && (await this.#main.ask<boolean>('navigate', { window: this.#wish.window, url }))) return route.abort('aborted');
    const answer = await this.#main.ask<{ status: number; headers: { [name: string]: string }; body: string } | null>('fetch', { window: this.#wish.window, url, method: request.method() });
    return answer === null ? route.abort('blockedbyclient') : route.fulfill({ status: answer.status, headers: answer.headers, body: Buffer.from(answer.body, 'base64') });
  }
}

/** A window that the page opens asks before its frame is there. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

export interface PrintWish {
  readonly printBackground?: boolean;
  readonly preferCSSPageSize?: boolean;
  readonly pageSize?: string;
  readonly generateTaggedPDF?: boolean;
  readonly generateDocumentOutline?: boolean;
}

/** Once: what the page has written since is its own. */
function putBack(kept: { readonly [key: string]: string }): void {
  if (sessionStorage.getItem('put-back') !== null) return;
  sessionStorage.setItem('put-back', 'yes');
  for (const [key, value] of Object.entries(kept)) sessionStorage.setItem(key, value);
}
