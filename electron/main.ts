/** Danescope as an Electron app: one window over the page, and the engine in a process of its own. */
import { join } from 'node:path';
import { app, dialog, screen } from 'electron';
import type { BrowserWindow } from 'electron';
import { plainText } from '../core/base/plain-text.ts';
import { EngineProcess } from '../service/engine-process.ts';
import { readPageFiles } from '../service/page-files.ts';
import { showAbout } from './about.ts';
import { Asks } from './asks.ts';
import { surviveCrashes } from './crash.ts';
import { chooseEngine } from './engine-start.ts';
import { chooseRunFile, saveFile } from './files.ts';
import { servePorts } from './ipc.ts';
import { setMenu } from './menu.ts';
import type { MenuOptions } from './menu.ts';
import { claimLinks, listenForOpenings, openingOf, tellOpening } from './openings.ts';
import type { Opening } from './openings.ts';
import { declarePageScheme, servePage } from './page.ts';
import { printPdf } from './print.ts';
import { relay, serveShell } from './relay.ts';
import { shellRouter } from './shell-session.ts';
import { openWindow, shutOff } from './window.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

const out = join(import.meta.dirname, '..');
const preload = join(out, 'electron', 'preload.cjs');
const notice = join(out, '..', 'NOTICE');

app.setName('Danescope');
app.enableSandbox();
declarePageScheme();

// A second start hands its words to the first and goes.
if (app.requestSingleInstanceLock()) begin().catch(tellFailedStart);
else app.quit();

async function begin(): Promise<void> {
  const lab = process.argv.includes('--lab');
  const engine = new EngineProcess(chooseEngine(join(out, 'node', 'service', 'engine-main.js'), { shell: 'electron', lab, helo: null }));
  const asks = new Asks();
  const window = app.whenReady().then(() => showWindow(engine, asks));
  const opened = (opening: Opening | null): void => {
    if (opening !== null) void tellOpening(opening, asks, window);
    // Where there is none, its failure is told already.
    void window.then(bringToFront, () => {});
  };
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => engine.end());
  app.on('second-instance', (_event, words, folder) => opened(openingOf(words.slice(1), folder)));
  listenForOpenings(opened);
  const first = openingOf(process.argv.slice(1), process.cwd());
  if (first !== null) opened(first);
  await window;
}

function showWindow(engine: EngineProcess, asks: Asks): BrowserWindow {
  claimLinks();
  shutOff();
  servePage(readPageFiles(join(out, 'renderer')));
  const stateFile = join(app.getPath('userData'), 'window.json');
  const window = openWindow(preload, { state: readWindowState(stateFile), screens: workAreas() });
  keepWindowState(window, stateFile, (why) => log(`the place of the window was not kept: ${why}`));
  surviveCrashes(window, asks, Date.now);
  const menu: MenuOptions = { platform: process.platform, developer: !app.isPackaged, chosen: (id) => asks.tell({ type: 'command', id }), about: () => void showAbout(window, notice) };
  setMenu([], menu);
  const router = shellRouter({
    save: (file) => saveFile(window, file), open: () => chooseRunFile(window), printPdf, showCommands: (commands) => setMenu(commands, menu),
  }, asks);
  servePorts({
    engine: (port) => relay(port, engine, (why) => log(why)),
    shell: (port) => serveShell(port, router),
    refused: (why) => log(`a message of a page was dropped: ${why}`),
  });
  return window;
}

const EX_SOFTWARE = 70;

/** Without a window the program would only be there, and the next start would be handed to it. */
function tellFailedStart(error: unknown): void {
  dialog.showErrorBox('Danescope cannot start', plainText(error instanceof Error ? error.message : String(error), 1000));
  app.exit(EX_SOFTWARE);
}

function workAreas(): readonly Electron.Rectangle[] {
  const primary = screen.getPrimaryDisplay();
  return [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)].map(({ workArea }) => workArea);
}

const log = (text: string): void => void process.stderr.write(`danescope: ${text}\n`);

function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
