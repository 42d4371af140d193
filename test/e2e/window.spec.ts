/** What lies around the page: the engine that may end, and in Electron print and what is shut off. */
import type { Page } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { field, finished, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';

const both = { tag: '@both' };

test('the engine ends in the middle of a run: the page says so, keeps what was told, and the next run starts another', both, async ({ inspector: page, enginePid }) => {
  test.slow();
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('one-address-bad.example');
  await page.keyboard.press('Enter');
  await expect(page.locator('.status-bar')).not.toContainText('Ready');
  const first = enginePid();
  process.kill(first, 'SIGKILL');
  const alert = page.getByRole('alert').filter({ hasText: 'Connection to the engine lost' });
  await expect(alert).toContainText('What it told so far is kept');
  await expect(alert).toContainText('The engine was ended by SIGKILL.');
  await expect(page.locator('.headline-circumstances')).toContainText('one-address-bad.example');
  expect(await axeViolations(page)).toEqual([]);
  await alert.getByRole('button', { name: 'Run again' }).click();
  await finished(page);
  await expect(page.getByRole('heading', { level: 2, name: /refused/ })).toBeVisible();
  await expect(alert).toBeHidden();
  expect(enginePid()).not.toBe(first);
});

test('a report is printed without its scripts and requests', both, async ({ inspector: page, shell }) => {
  test.skip(shell === 'browser', 'about the window of Electron');
  const html = '<!doctype html><html lang="en"><title>Before</title><h1>Report</h1><script>document.title="After"</script><img src="https://evil.example/a.png" alt="">';
  const answer = await askWindow(page, '/printPdf', html);
  const { ok, base64 } = answer as { readonly ok: boolean; readonly base64: string };
  expect(ok).toBe(true);
  const pdf = Buffer.from(base64, 'base64').toString('latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  expect(pdf).toContain('(Before)');
  expect(pdf).not.toContain('(After)');
});

test('the page cannot leave, open a window, read the clipboard or name a path', both, async ({ inspector: page, shell }) => {
  test.skip(shell === 'browser', 'about the window of Electron');
  await expect(field(page)).toBeFocused();
  const address = page.url();
  await page.evaluate(() => void window.open('https://evil.example/'));
  await page.evaluate(() => location.assign('https://evil.example/'));
  expect(await page.evaluate(() => navigator.clipboard.readText().then(() => 'read', () => 'refused'))).toBe('refused');
  await expect(askWindow(page, '/save', { name: 'a', type: 'b', content: { text: '' }, path: '/etc/passwd' })).rejects.toThrow('BAD_REQUEST');
  await expect.poll(() => page.context().pages().length).toBe(1);
  expect(page.url()).toBe(address);
  expect(await page.evaluate(() => ['require', 'process', 'module', 'electron', '__toMain', '__fromMain'].filter((name) => name in globalThis))).toEqual([]);
  await run(page, 'good-311.example');
});

/** Over a port of its own, as a page would that somebody took over. */
function askWindow(page: Page, path: string, input: unknown): Promise<unknown> {
  return page.evaluate(([url, json]) => new Promise((resolve, reject) => {
    window.addEventListener('message', ({ source, data, ports: [port] }) => {
      if (source !== window || data !== 'rpc:shell' || port === undefined) return;
      port.addEventListener('message', (event: MessageEvent<string>) => {
        const { p: { s: status = 200, b: body } } = JSON.parse(event.data) as { p: { s?: number; b: { json: { code?: string } } } };
        if (status < 300) resolve(body.json);
        else reject(new Error(body.json.code));
      });
      port.start();
      port.postMessage(JSON.stringify({ i: '1', p: { u: url, b: { json } } }));
    });
    window.postMessage('rpc:shell-wanted', location.origin);
  }), [path, input] as const);
}
