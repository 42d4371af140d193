/** What lies around the page: the engine that may end, and in Electron the menu, files, links, print and what is shut off. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { field, finished, press, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';
import type { MenuEntry, Native } from './native.ts';

const both = { tag: '@both' };

test('the engine ends in the middle of a run: the page says so, keeps what was told, and the next run starts another', both, async ({ inspector: page, enginePid }) => {
  test.slow();
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('one-address-bad.example');
  await press(page, 'Enter');
  await expect(page.locator('.status-bar')).not.toContainText('Ready');
  const first = enginePid();
  process.kill(first, 'SIGKILL');
  const alert = page.getByRole('alert').filter({ hasText: 'Connection to the engine lost' });
  await expect(alert).toContainText('What it told so far is kept');
  await expect(alert).toContainText('The engine was ended by SIGKILL.');
  await expect(page.locator('.headline-circumstances')).toContainText('one-address-bad.example');
  expect(await axeViolations(page)).toEqual([]);
  await alert.getByRole('button', { name: 'Run again' }).focus();
  await page.keyboard.press('Enter');
  await finished(page);
  await expect(page.getByRole('tabpanel', { name: 'Overview' }), 'the keyboard stays in the view whose notice went away').toBeFocused();
  await expect(page.getByRole('heading', { level: 2, name: /refused/ })).toBeVisible();
  await expect(alert).toBeHidden();
  expect(enginePid()).not.toBe(first);
});

const entry = async (native: Native, id: string): Promise<MenuEntry | undefined> => (await native.menu()).find((one) => one.id === id);

test('the menu has the page’s commands, with keys and state; choosing one runs it', both, async ({ inspector: page, native }) => {
  await expect.poll(() => entry(native, 'run.save')).toEqual({ menu: 'Run', id: 'run.save', label: 'Save the run', accelerator: 'CmdOrCtrl+S', enabled: false });
  await run(page, 'good-311.example');
  await expect.poll(async () => (await entry(native, 'run.save'))?.enabled).toBe(true);
  await native.choose('view.trust');
  await expect(page.getByRole('tab', { name: 'Trust' })).toHaveAttribute('aria-selected', 'true');
  await native.messages();
  await native.choose('about');
  await expect.poll(() => native.messages()).toContainEqual(expect.stringMatching(/^Danescope \d[\s\S]*Graphviz 16\.1\.0/));
  expect((await native.menu()).filter(({ label, menu }) => /reload/i.test(`${menu} ${label}`))).toEqual([]);
});

test('run files', both, async ({ inspector: page, native }, testInfo) => {
  mkdirSync(testInfo.outputDir, { recursive: true });
  await test.step('one that the system opens is shown', async () => {
    const path = join(testInfo.outputDir, 'notes.jsonl');
    writeFileSync(path, 'no run');
    await expect(field(page)).toBeFocused();
    await native.secondStart(path);
    await expect(page.getByRole('dialog', { name: 'Notice' })).toContainText('Cannot open notes.jsonl: line 1: This is not a run file');
    await press(page, 'Escape');
  });
  await test.step('are saved and opened through the dialogues of the system', async () => {
    const path = testInfo.outputPath('a run.danescope.jsonl');
    await run(page, 'tlsa-mismatch.example');
    await press(page, 'Control+s');
    await expect(page.locator('.status-bar')).toContainText('Not saved');
    await native.saveTo(path);
    await press(page, 'Control+s');
    await expect(page.locator('.status-bar')).toContainText(/Saved \d+ events/);
    expect(readFileSync(path, 'utf8')).toContain('tlsa-mismatch.example');
    await run(page, 'good-311.example');
    await native.openFrom(path);
    await native.choose('run.open');
    await expect(page.locator('.headline-circumstances')).toContainText('tlsa-mismatch.example');
    await expect(page.getByText(/^Result of \d{4}-\d\d-\d\d, made today\.$/)).toBeVisible();
    await native.messages();
    await native.openFrom(testInfo.outputDir);
    await native.choose('run.open');
    await expect.poll(() => native.messages()).toContainEqual(expect.stringContaining('It is not a file.'));
    await expect(page.locator('.headline-circumstances')).toContainText('tlsa-mismatch.example');
  });
});

test('a link asks before anything is contacted', both, async ({ inspector: page, native }) => {
  await expect(field(page)).toBeFocused();
  await native.secondStart('danescope://check/good-311.example');
  const question = page.getByRole('dialog', { name: 'A link asks for a check' });
  await expect(question).toContainText('Check good-311.example?');
  await expect(question).toContainText('they see the name probe.example.org');
  // Who was typing when the question came answers nothing.
  await expect(question.getByRole('button', { name: 'Check', exact: true })).not.toBeFocused();
  await press(page, 'Enter');
  await expect(question).toBeHidden();
  await expect(page.locator('.status-bar')).toContainText('Ready');
  await native.secondStart('danescope://check/good-311.example');
  await expect(question).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await native.secondStart('danescope://check/other.example');
  await expect(page.locator('.status-bar')).toContainText('Another link was left aside');
  await expect(question).toContainText('Check good-311.example?');
  await press(page, 'Escape');
  await expect(question).toBeHidden();
  await expect(page.locator('.status-bar')).toContainText('Ready');
  await native.secondStart('danescope://check/b%C3%BCcher.good-311.example');
  await expect(question, 'letters look alike: it is asked by both forms of the name').toContainText('Check bücher.good-311.example (xn--bcher-kva.good-311.example)?');
  expect(await axeViolations(page)).toEqual([]);
  await question.getByRole('button', { name: 'Do not check' }).click();
  await native.secondStart('danescope://check/a..b');
  await expect(question.getByRole('alert')).toContainText('empty label');
  await question.getByRole('button', { name: 'Check', exact: true }).click({ force: true });
  await expect(question, 'what is no target is not checked').toBeVisible();
  await press(page, 'Escape');
  await native.secondStart('danescope://check/good-311.example');
  await question.getByRole('button', { name: 'Check', exact: true }).click();
  await finished(page);
  await expect(page.getByRole('heading', { level: 2, name: /authenticated/ })).toBeVisible();
  await native.secondStart('danescope://check/x%0D%0AQUIT');
  await expect(page.getByRole('dialog', { name: 'Notice' })).toContainText('nothing was contacted');
});

test('the page’s process ends: the page is loaded again, says so, and has its tabs back', both, async ({ inspector: before, native }) => {
  await run(before, 'good-311.example');
  await expect.poll(() => before.evaluate(() => sessionStorage.length)).toBeGreaterThan(0);
  await native.crashPage();
  const page = await native.page();
  const notice = page.getByRole('dialog', { name: 'Notice' });
  await expect(notice).toContainText('The page crashed and was loaded again.');
  await notice.getByRole('button', { name: 'OK' }).click();
  await expect(field(page)).toHaveValue('good-311.example');
  await expect(page.getByRole('heading', { level: 2, name: /authenticated/ })).toBeVisible();
  await run(page, 'good-311.example');
  await expect(page.getByRole('heading', { level: 2, name: /authenticated/ })).toBeVisible();
});

test('the window closes: its place is kept, and the engine goes with it', both, async ({ inspector: page, native, enginePid }) => {
  await expect(field(page)).toBeFocused();
  const engine = enginePid();
  await native.closeWindow();
  expect(JSON.parse(readFileSync(join(native.folder, 'window.json'), 'utf8'))).toMatchObject({ width: 1360, height: 900, maximised: false });
  await expect.poll(() => isAlive(engine)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('what the page may ask of its window', both, async ({ inspector: page, shell }) => {
  test.skip(shell === 'browser', 'about the window of Electron');
  await test.step('a report is printed without its scripts and requests', async () => {
    const html = '<!doctype html><html lang="en"><title>Before</title><h1>Report</h1><script>document.title="After"</script><img src="https://evil.example/a.png" alt="">';
    const answer = await askWindow(page, '/printPdf', html);
    const { ok, base64 } = answer as { readonly ok: boolean; readonly base64: string };
    expect(ok).toBe(true);
    const pdf = Buffer.from(base64, 'base64').toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf).toContain('(Before)');
    expect(pdf).not.toContain('(After)');
  });
  await test.step('it cannot leave, open a window, read the clipboard or name a path', async () => {
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
});

/** Over a port of its own, as a page would that somebody took over. */
function askWindow(page: Page, path: string, input: unknown): Promise<unknown> {
  return page.evaluate(([url, json]) => new Promise((resolve, reject) => {
    window.addEventListener('message', function given({ source, data, ports: [port] }) {
      if (source !== window || data !== 'rpc:shell' || port === undefined) return;
      window.removeEventListener('message', given);
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
