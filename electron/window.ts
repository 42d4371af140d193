/** The window, shut off from the machine and from every other page. */
import { app, BrowserWindow, session } from 'electron';
import type { WebContents } from 'electron';
import { APP_ORIGIN } from '../core/api/page.ts';

/** @param preload path of the built preload script */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 900,
    minWidth: 480,
    minHeight: 360,
    show: false,
    title: 'Danescope',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}

/** Holds for every page that this app will ever show. */
export function shutOff(): void {
  app.on('web-contents-created', (_event, contents) => shutOffPage(contents));
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) => decide(isAllowed(permission)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  session.defaultSession.setDevicePermissionHandler(() => false);
}

/** Remedies and records are there to be copied; nothing else is granted. */
const isAllowed = (permission: string): boolean => permission === 'clipboard-sanitized-write';

function shutOffPage(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
