/** Danescope as an Electron app: one window over the page, and the engine in a process of its own. */
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { EngineProcess } from '../service/engine-process.ts';
import { readPageFiles } from '../service/page-files.ts';
import { chooseEngine } from './engine-start.ts';
import { serveEnginePorts } from './ipc.ts';
import { setMenu } from './menu.ts';
import { declarePageScheme, servePage } from './page.ts';
import { openWindow, shutOff } from './window.ts';

const out = join(import.meta.dirname, '..');
const preload = join(out, 'electron', 'preload.cjs');

app.setName('Danescope');
app.enableSandbox();
declarePageScheme();

// A second start brings the first window to the front.
if (app.requestSingleInstanceLock()) void begin();
else app.quit();

async function begin(): Promise<void> {
  const lab = process.argv.includes('--lab');
  const engine = new EngineProcess(chooseEngine(join(out, 'node', 'service', 'engine-main.js'), { shell: 'electron', lab, helo: null }));
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => engine.end());
  app.on('second-instance', () => bringToFront());
  await app.whenReady();
  shutOff();
  setMenu(!app.isPackaged);
  servePage(readPageFiles(join(out, 'renderer')));
  serveEnginePorts(engine, (why) => process.stderr.write(`danescope: a message of a page was dropped: ${why}\n`));
  openWindow(preload);
}

function bringToFront(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
}
