/** The window, shut off from the machine and from every other page. */
import { app, BrowserWindow, session } from 'electron';
import type { Session, WebContents, WebPreferences } from 'electron';
import { APP_ORIGIN } from '../core/api/page.ts';
import { placed, SMALLEST } from './window-state.ts';
import type { WindowState } from './window-state.ts';

/** No page that this app shows has more than this. */
export const SHUT_OFF: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
};

export interface WindowPlace {
  readonly state: WindowState | null;
  /** work areas, the primary one first */
  readonly screens: readonly Electron.Rectangle[];
}

/** @param preload path of the built preload script */
export function openWindow(preload: string, { state, screens }: WindowPlace): BrowserWindow {
  const window = new BrowserWindow({
    ...placed(state, screens),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Danescope',
    webPreferences: { ...SHUT_OFF, preload },
  });
  window.once('ready-to-show', () => (state?.maximised === true ? window.maximize() : window.show()));
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}

/** Holds for every page that this app will ever show. */
export function shutOff(): void {
  app.on('web-contents-created', (_event, contents) => shutOffPage(contents));
  shutOffSession(session.defaultSession, {
    // Remedies and records are there to be copied; nothing else is granted.
    permits: (permission) => permission === 'clipboard-sanitized-write',
    loads: (url) => OWN_ADDRESSES.some((own) => url.startsWith(own)),
  });
}

/** Of the page, what it made itself, and the developer tools of a build from source. The page needs no network: its content policy stops most of it, and this the rest. */
const OWN_ADDRESSES = [`${APP_ORIGIN}/`, `blob:${APP_ORIGIN}/`, 'data:', 'devtools:'];

export interface SessionRights {
  /** granted without a question; all others are refused */
  readonly permits: (permission: string) => boolean;
  readonly loads: (url: string) => boolean;
}

/** To be called once a session. */
export function shutOffSession(to: Session, { permits, loads }: SessionRights): void {
  to.setPermissionRequestHandler((_contents, permission, decide) => decide(permits(permission)));
  to.setPermissionCheckHandler((_contents, permission) => permits(permission));
  to.setDevicePermissionHandler(() => false);
  to.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !loads(url) }));
  // A link with Alt, or script in the page, would save a file under a name that nobody made safe.
  to.on('will-download', (event) => event.preventDefault());
}

function shutOffPage(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    // A reload that the page asks for is told here too; a fragment names a subject of the run.
    if (event.url.split('#', 1)[0] !== `${APP_ORIGIN}/`) event.preventDefault();
  });
  // The one frame is a report's preview; the page's policy stops it too, but a report is made of what strangers said.
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame && event.url !== 'about:srcdoc') event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
