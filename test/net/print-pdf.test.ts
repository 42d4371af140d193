/** Printing through a real browser; where there is none, these tests say so and are left out. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser, installedBrowsers } from '../../core/net/find-browser.ts';
import { printPdf } from '../../core/net/print-pdf.ts';

const browser = findBrowser();
if (browser === null) process.stderr.write('NOT TESTED: printing to PDF, as no Chromium is here (name one in DANESCOPE_BROWSER)\n');

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'print-test-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const leftBehind = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('danescope-print-'));

function program(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!${process.execPath}\n${text}\n`);
  chmodSync(path, 0o700);
  return path;
}

describe.skipIf(browser === null)('a report is printed', () => {
  test('to a tagged PDF with an outline, and nothing is left behind', async () => {
    const before = leftBehind();
    const pdf = await printPdf('<!DOCTYPE html><html lang="en"><title>t</title><h1>One</h1><p>text</p><h2>Two</h2>');
    expect(pdf).toMatchObject({ ok: true });
    const text = pdf.ok ? new TextDecoder('latin1').decode(pdf.value) : '';
    expect(text.slice(0, 5)).toBe('%PDF-');
    expect(text).toContain('/StructTreeRoot');
    expect(text).toContain('/Outlines');
    expect(leftBehind().filter((name) => !before.includes(name))).toEqual([]);
  }, 90_000);

  test('without a script that runs or a request that leaves', async () => {
    const asked: string[] = [];
    const server: Server = createServer((socket) => {
      asked.push('a connection');
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const html = (inside: string): string => `<!DOCTYPE html><html lang="en"><title>t</title><p id="p">a</p>${inside}`;
    const address = `http://127.0.0.1:${String(port)}/`;
    const pdf = await printPdf(html(`<img src="${address}"><script>document.body.innerHTML = '<h1>'.concat('Ran'.repeat(3), '</h1>')</script><link rel="stylesheet" href="${address}"><iframe src="${address}"></iframe>`));
    server.close();
    expect(pdf.ok).toBe(true);
    expect(asked).toEqual([]);
    expect(pdf.ok && new TextDecoder('latin1').decode(pdf.value).includes('RanRanRan')).toBe(false);
  }, 90_000);
});

describe.skipIf(browser === null)('a document that would lead elsewhere by itself', () => {
  test.each(['<meta http-equiv="refresh" content="0;url=FILE">', '<META/HTTP-EQUIV=refresh content="0;FILE">'])('is printed, and not what it leads to: %s', async (meta) => {
    const secret = join(folder, 'secret.html');
    writeFileSync(secret, '<!DOCTYPE html><html lang="en"><title>secret</title><h1>Secret of this computer</h1>');
    const pdf = await printPdf(`<!DOCTYPE html><html lang="en"><head>${meta.replace('FILE', pathToFileURL(secret).href)}<title>report</title></head><h1>Of the report</h1>`);
    const title = pdf.ok ? /\/Title ?\(([^)]*)\)/.exec(new TextDecoder('latin1').decode(pdf.value))?.[1] : pdf.failure.text;
    expect(title).toBe('report');
  }, 90_000);
});

describe('where printing fails', () => {
  test('a browser that is none is told with the way out', async () => {
    const gone = await printPdf('', { browser: join(folder, 'none') });
    expect(gone).toMatchObject({ ok: false, failure: { code: 'not-started', text: expect.stringContaining('print it from there') as string } });
    const broken = await printPdf('', { browser: program('broken.mjs', 'process.stderr.write("no \\u001b[2Jdisplay\\n"); process.exit(3)') });
    expect(broken).toMatchObject({ ok: false, failure: { code: 'no-pdf', text: expect.stringContaining('exit code 3 and said: no \\x1b[2Jdisplay') as string } });
    const silent = await printPdf('', { browser: program('silent.mjs', '') });
    expect(silent).toMatchObject({ ok: false, failure: { code: 'no-pdf' } });
    const other = await printPdf('', { browser: program('other.mjs', 'import { writeFileSync } from "node:fs"; writeFileSync(process.argv.find((word) => word.startsWith("--print-to-pdf=")).slice(15), "<html>")') });
    expect(other).toMatchObject({ ok: false, failure: { code: 'no-pdf', text: expect.stringContaining('is no PDF') as string } });
  });

  test('a browser that does not end is ended, by its process id', async () => {
    const mark = join(folder, 'pid');
    const slow = program('slow.mjs', `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(mark)}, String(process.pid)); setInterval(() => {}, 1000)`);
    const stop = new AbortController();
    const printing = printPdf('', { browser: slow, signal: stop.signal });
    while (!existsSync(mark)) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    expect(await printing).toMatchObject({ ok: false, failure: { code: 'stopped' } });
    expect(await printPdf('', { browser: slow, patience: 1 })).toMatchObject({ ok: false, failure: { code: 'too-slow' } });
  });
});

describe('a browser is found', () => {
  test('by the name that was given, and then no other', () => {
    expect(findBrowser({ DANESCOPE_BROWSER: process.execPath }, 'linux')).toBe(process.execPath);
    expect(findBrowser({ DANESCOPE_BROWSER: join(folder, 'none'), PATH: process.env['PATH'] }, 'linux')).toBeNull();
  });

  test('where each system has them', () => {
    expect(installedBrowsers({ PATH: '.:/opt/bin:relative' }, 'linux')[0]).toBe('/opt/bin/chromium');
    expect(installedBrowsers({ PATH: '.' }, 'linux')).toEqual([]);
    expect(installedBrowsers({ HOME: '/Users/a' }, 'darwin')).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    expect(installedBrowsers({ 'PROGRAMFILES(X86)': '/x86' }, 'win32')).toContain('/x86/Microsoft/Edge/Application/msedge.exe');
  });
});
