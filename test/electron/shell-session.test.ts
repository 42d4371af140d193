/** What the page asks of the main process, over a real port, with the page's own client. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { BrowserWindow as RealWindow } from 'electron';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ShellRpc } from '../../core/api/shell-contract.ts';
import type { MenuCommand, Shell, ShellAsk } from '../../core/api/shell.ts';
import { Asks } from '../../electron/asks.ts';
import { surviveCrashes } from '../../electron/crash.ts';
import { chooseRunFile, readRunFileOrSay, safeFileName, saveFile } from '../../electron/files.ts';
import { printPdf } from '../../electron/print.ts';
import { serveShell } from '../../electron/relay.ts';
import { shellRouter } from '../../electron/shell-session.ts';
import { shellOver } from '../../renderer/shell/electron-shell.ts';
import { messagePortMain } from '../transport/message-port-main.ts';
import { BrowserWindow, dialog, session } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'danescope-shell-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const window = new BrowserWindow({ webPreferences: {} }) as unknown as RealWindow;

describe('over its port', () => {
  const asks = new Asks();
  const shown: (readonly MenuCommand[])[] = [];
  const { port1, port2 } = new MessageChannel();
  let rpc: ShellRpc;
  let shell: Shell;

  beforeAll(() => {
    const router = shellRouter({ save: (file) => saveFile(window, file), open: () => chooseRunFile(window), printPdf, showCommands: (commands) => shown.push(commands) }, asks);
    serveShell(messagePortMain(port2), router);
    port1.start();
    rpc = createORPCClient<ShellRpc>(new RPCLink({ port: port1 }));
    shell = shellOver(rpc);
  });
  afterAll(() => port1.close());
  beforeEach(() => {
    dialog.asked.length = 0;
    dialog.save = { canceled: true, filePath: '' };
    dialog.open = { canceled: true, filePaths: [] };
  });

  test('text and octets are saved where the person says, unharmed', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
    for (const content of ['zwölf \u0000 € 🔒\n', bytes]) {
      dialog.save = { canceled: false, filePath: join(folder, 'saved') };
      expect(await shell.save({ name: 'a.html', type: 'text/html', content })).toEqual({ saved: true, where: join(folder, 'saved') });
      expect(readFileSync(join(folder, 'saved'))).toEqual(Buffer.from(content as string));
    }
  });

  test('the name that is suggested is a name and no path', async () => {
    expect(await shell.save({ name: '../../etc/cron.d/x\u202E.html', type: 'text/html', content: '' })).toEqual({ saved: false, why: 'declined' });
    expect(dialog.asked[0]?.['defaultPath']).toBe('/nonexistent/etc-cron.d-x-u{202e}.html');
    expect(['', '...', '.bashrc', 'CON|a:b*?"<>', `${'a'.repeat(300)}.html`].map(safeFileName)).toEqual(['danescope', 'danescope', 'bashrc', 'CON-a-b-', `${'a'.repeat(195)}.html`]);
    // What is cut off leaves no dot in front, no option, and no half of a character.
    expect(['a.'.concat('b'.repeat(199)), '-rf .html', 'a. .', `x${'🔒'.repeat(300)}`].map(safeFileName)).toEqual(['b'.repeat(199), 'rf .html', 'a', '🔒'.repeat(200)]);
    // What Windows takes for a device is a name of the DNS like any other.
    expect(['con.example.html', 'AUX 2026.jsonl', 'nul', 'com1.example', 'console.example', 'con-a'].map(safeFileName)).toEqual(['con_.example.html', 'AUX_ 2026.jsonl', 'nul_', 'com1_.example', 'console.example', 'con-a']);
  });

  test('one dialogue of a kind at a time: the next is refused in words, and asked for again once the first was answered', async () => {
    const file = { name: 'a.html', type: 'text/html', content: '' };
    let answer: (chosen: { canceled: boolean; filePath: string }) => void = () => {};
    const waiting = vi.spyOn(dialog, 'showSaveDialog').mockImplementationOnce(() => new Promise((resolve) => {
      answer = resolve;
    }));
    const first = shell.save(file);
    await vi.waitUntil(() => waiting.mock.calls.length === 1);
    expect(await shell.save(file)).toEqual({ saved: false, why: 'another file is being saved; its dialogue waits for you' });
    expect(await shell.open(), 'another kind is asked for').toBeNull();
    expect(dialog.asked).toHaveLength(1);
    answer({ canceled: true, filePath: '' });
    expect(await first).toEqual({ saved: false, why: 'declined' });
    expect(await shell.save(file)).toEqual({ saved: false, why: 'declined' });
    expect(waiting).toHaveBeenCalledTimes(2);
  });

  test('a second dialogue for opening is refused with a notice', async () => {
    let answer: (chosen: { canceled: boolean; filePaths: string[] }) => void = () => {};
    const waiting = vi.spyOn(dialog, 'showOpenDialog').mockImplementationOnce(() => new Promise((resolve) => {
      answer = resolve;
    }));
    const told: ShellAsk[] = [];
    const leave = shell.listen((ask) => told.push(ask));
    const first = shell.open();
    await vi.waitUntil(() => waiting.mock.calls.length === 1);
    expect(await shell.open()).toBeNull();
    await vi.waitUntil(() => told.length === 1);
    expect(told).toEqual([{ type: 'notice', text: 'Another run is being opened; its dialogue waits for you.' }]);
    expect(waiting).toHaveBeenCalledTimes(1);
    answer({ canceled: true, filePaths: [] });
    expect(await first).toBeNull();
    leave();
  });

  test('a file that cannot be written is answered in words', async () => {
    dialog.save = { canceled: false, filePath: join(folder, 'no', 'such') };
    expect(await shell.save({ name: 'a', type: 'text/plain', content: '' })).toEqual({ saved: false, why: 'It is not there.' });
  });

  test('a run file is opened by its name and text; one that is declined is null', async () => {
    expect(await shell.open()).toBeNull();
    writeFileSync(join(folder, 'a run.danescope.jsonl'), '{"danescope":1}\n');
    dialog.open = { canceled: false, filePaths: [join(folder, 'a run.danescope.jsonl')] };
    expect(await shell.open()).toEqual({ name: 'a run.danescope.jsonl', text: '{"danescope":1}\n' });
  });

  test('a file that is too large, a folder, or nothing is told in a dialogue of the system', async () => {
    mkdirSync(join(folder, 'folder.jsonl'));
    writeFileSync(join(folder, 'huge.jsonl'), '');
    truncateSync(join(folder, 'huge.jsonl'), 64 * 1024 * 1024 + 1);
    for (const [name, detail] of [['folder.jsonl', 'It is not a file.'], ['huge.jsonl', 'It is larger than 64 MiB.'], ['none.jsonl', 'It is not there.']] as const) {
      expect(await readRunFileOrSay(window, join(folder, name))).toBeNull();
      expect(dialog.asked.at(-1)).toMatchObject({ type: 'error', message: `Cannot open ${name}`, detail });
    }
  });

  test('commands arrive as they are, and once while they stay the same', async () => {
    const commands: MenuCommand[] = [{ id: 'run.again', title: 'Run again', group: 'Run', key: 'F5', enabled: true }];
    shell.showCommands(commands);
    await vi.waitUntil(() => shown.length === 1);
    shell.showCommands([...commands]);
    shell.showCommands([{ ...(commands[0] as MenuCommand), enabled: false }]);
    await vi.waitUntil(() => shown.length === 2);
    expect(shown).toEqual([commands, [{ ...commands[0], enabled: false }]]);
  });

  test.each<[string, unknown]>([
    ['an id that is no id', [{ id: 'a b', title: 't', group: 'g', key: null, enabled: true }]],
    ['a title without end', [{ id: 'a', title: 't'.repeat(201), group: 'g', key: null, enabled: true }]],
    ['a record with more', [{ id: 'a', title: 't', group: 'g', key: null, enabled: true, role: 'quit' }]],
    ['commands without end', Array.from({ length: 301 }, () => ({ id: 'a', title: 't', group: 'g', key: null, enabled: true }))],
    ['no list', 'quit'],
  ])('%s is refused before the menu sees it', async (_what, input) => {
    const before = shown.length;
    await expect(rpc.showCommands(input as MenuCommand[])).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(shown).toHaveLength(before);
  });

  test.each<[string, object]>([
    ['a path', { name: 'a', type: 'b', content: { text: '' }, path: '/etc/passwd' }],
    ['a name without end', { name: 'a'.repeat(256), type: 'b', content: { text: '' } }],
    ['octets that are no base64', { name: 'a', type: 'b', content: { base64: '*' } }],
    ['two contents', { name: 'a', type: 'b', content: { text: '', base64: '' } }],
  ])('a file with %s is refused before anybody is asked', async (_what, input) => {
    await expect(rpc.save(input as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(dialog.asked).toEqual([]);
  });

  test('what comes from outside is heard until the listening ends', async () => {
    const heard: ShellAsk[] = [];
    const end = shell.listen((ask) => heard.push(ask));
    asks.tell({ type: 'target', target: 'example.org' });
    await vi.waitUntil(() => heard.length === 1);
    expect(heard).toEqual([{ type: 'target', target: 'example.org' }]);
    end();
  });

  test('a report is printed by a window of its own: no script, no network, nothing kept', async () => {
    const answer = await shell.printPdf('<!doctype html><title>r</title>');
    expect(answer.ok && Buffer.from(answer.pdf).toString()).toBe('%PDF-1.7');
    const printer = BrowserWindow.all.at(-1) as BrowserWindow;
    const own = session.partitions.get('report');
    expect(printer.options).toMatchObject({ show: false, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, session: own } });
    expect(printer.options.webPreferences).not.toHaveProperty('preload');
    expect(printer.calls).toEqual(['load app://report/', 'destroy']);
    const cancelled = (url: string): boolean | null => {
      let answered: boolean | null = null;
      own?.before?.({ url }, ({ cancel }) => {
        answered = cancel;
      });
      return answered;
    };
    expect(['app://report/', 'data:image/png;base64,', 'https://evil.example/', 'app://inspector/', 'file:///etc/passwd', 'data:text/html,x'].map(cancelled)).toEqual([false, false, true, true, true, true]);
    expect(own?.check?.({}, 'clipboard-sanitized-write')).toBe(false);
    expect(own?.handlers.size).toBe(0);
    expect((await shell.printPdf('<!doctype html><title>r</title>')).ok).toBe(true);
    expect(own?.listenerCount('will-download')).toBe(1);
  });
});

test('a page that sends anything but bounded text loses its port', async () => {
  for (const bad of [{ an: 'object' }, new Uint8Array(4), 7, null]) {
    const { port1, port2 } = new MessageChannel();
    const router = shellRouter({ save: vi.fn(), open: vi.fn(), printPdf: vi.fn(), showCommands: vi.fn() }, new Asks());
    serveShell(messagePortMain(port2), router);
    const closed = new Promise((resolve) => port1.addEventListener('close', resolve));
    port1.start();
    port1.postMessage(bad);
    await closed;
  }
});

describe('a page whose process ends', () => {
  let crashing: BrowserWindow;
  let asks: Asks;
  const gone = (reason: string): boolean => crashing.webContents.emit('render-process-gone', {}, { reason, exitCode: 1 });
  let now = 0;

  beforeEach(() => {
    crashing = new BrowserWindow({ webPreferences: {} });
    asks = new Asks();
    now = 0;
    surviveCrashes(crashing as unknown as RealWindow, asks, () => now);
  });
  afterEach(() => {
    dialog.response = 0;
  });

  test('is loaded again, with words', async () => {
    gone('crashed');
    expect(crashing.webContents.calls).toEqual(['reload']);
    expect((await asks.listen(undefined).next()).value).toEqual({ type: 'notice', text: 'The page crashed and was loaded again. A run that was under way is gone.' });
    gone('oom');
    gone('clean-exit');
    expect(crashing.webContents.calls).toEqual(['reload', 'reload']);
  });

  test('again and again, is left to the person', async () => {
    dialog.response = 1;
    for (let count = 0; count < 4; count += 1) gone('crashed');
    await vi.waitUntil(() => crashing.calls.includes('destroy'));
    expect(crashing.webContents.calls).toHaveLength(3);
    expect(dialog.asked.at(-1)).toMatchObject({ message: 'The page of the inspector keeps crashing' });
  });

  test('now and then over a day, is loaded again each time', () => {
    for (let count = 0; count < 10; count += 1) {
      gone('crashed');
      now += 40_000;
    }
    expect(crashing.webContents.calls).toHaveLength(10);
  });
});

