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
  refusePermissions(session.defaultSession, isAllowed);
}

/** @param allowed which permissions are granted without a question; all others are refused */
export function refusePermissions(to: Session, allowed: (permission: string) => boolean): void {
  to.setPermissionRequestHandler((_contents, permission, decide) => decide(allowed(permission)));
  to.setPermissionCheckHandler((_contents, permission) => allowed(permission));
  to.setDevicePermissionHandler(() => false);
}

/** Remedies and records are there to be copied; nothing else is granted. */
const isAllowed = (permission: string): boolean => permission === 'clipboard-sanitized-write';

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
