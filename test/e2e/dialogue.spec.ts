/** The dialogue in its terminal: walked, searched, copied, pressed; under the page's own policy, which allows no inline style. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { clipboard, dialogueFromTop, field, finished, press, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';

const lines = (page: Page): Locator => page.getByRole('listbox', { name: 'Lines' });
const selected = (page: Page): Locator => page.locator('.line-options [aria-selected="true"]');
const screen = (page: Page): Locator => page.locator('.dialogue .xterm-rows');

/** a point in the text of the row that holds these words */
async function placeOf(page: Page, words: string): Promise<{ readonly x: number; readonly y: number }> {
  await dialogueFromTop(page);
  const box = await screen(page).locator('> div').filter({ hasText: words }).boundingBox();
  if (box === null) throw new Error(`no row with ${words}`);
  return { x: box.x + 260, y: box.y + box.height / 2 };
}

test('a run that goes on is followed; one that is over stands at its beginning, however its lines came', async ({ inspector: page, shell }) => {
  const first = screen(page).locator('> div').first();
  await test.step('at once', async () => {
    await run(page, 'good-311.example');
    await expect(first).toContainText('── before STARTTLS');
  });
  await test.step('slowly', async () => {
    const strip = page.getByRole('region', { name: 'Step mode' });
    await press(page, 'F9', 'Control+l', 'Enter');
    for (const command of ['EHLO', 'STARTTLS', 'inside TLS']) {
      await expect(strip).toContainText(command);
      await press(page, 'Control+Enter');
    }
    await expect(strip).toContainText('QUIT');
    await expect(screen(page), 'the last line of the reply to EHLO').toContainText(/<~ {2}250 \S/);
    await expect(screen(page)).not.toContainText('before STARTTLS');
    await press(page, 'F9');
    await finished(page);
    await expect(first).toContainText('── before STARTTLS');
  });
  if (shell === 'electron') return;
  await test.step('from a file', async () => {
    const saving = page.waitForEvent('download');
    await press(page, 'Control+s');
    const file = await (await saving).path();
    await run(page, 'tlsa-mismatch.example');
    const chooser = page.waitForEvent('filechooser');
    await press(page, 'Control+o');
    await (await chooser).setFiles(file);
    await expect(page.locator('.status-target')).toHaveText('good-311.example');
    await expect(first).toContainText('── before STARTTLS');
  });
});

test('a line of several rows goes on below its text; it is found, marked and copied as one', async ({ inspector: page, shell }, testInfo) => {
  test.skip(shell === 'electron', 'the file dialogues of Electron are native');
  const said = Array.from({ length: 60 }, (_, index) => String(100 + index)).join(' ');
  await run(page, 'good-311.example');
  const saving = page.waitForEvent('download');
  await press(page, 'Control+s');
  const file = testInfo.outputPath('long.danescope.jsonl');
  writeFileSync(file, readFileSync(await (await saving).path(), 'utf8').replaceAll('2.0.0 Bye', said));
  const chooser = page.waitForEvent('filechooser');
  await press(page, 'Control+o');
  await (await chooser).setFiles(file);
  await expect(page.getByRole('tablist', { name: 'Runs' }).getByRole('tab')).toHaveCount(2);
  await press(page, 'Control+3', 'End', 'ArrowUp');
  await expect(selected(page)).toContainText(said);
  const rows = screen(page).locator('> div');
  await expect(rows.filter({ hasText: /^ {27}1\d\d / })).not.toHaveCount(0);
  await test.step('no number is cut where a row ends', async () => {
    const texts = await rows.allTextContents();
    const first = texts.findIndex((text) => /<~ {2}221/.test(text));
    const own = texts.slice(first, 1 + texts.findIndex((text, at) => at >= first && text.includes('159')));
    expect(own.length).toBeGreaterThan(1);
    expect(own.map((text) => text.replaceAll('\u00A0', ' ').slice(27).trim().replace(/^221 /, '')).join(' ')).toBe(said);
  });
  await expect(page.locator('.terminal-mark')).not.toHaveCount(1);
  await test.step('found, although no row holds all of it', async () => {
    await press(page, 'Control+f');
    await page.keyboard.type(said.slice(0, 120));
    await expect(page.getByRole('search', { name: 'Find in Lines' }).getByRole('status')).toHaveText('1 of 1');
    await press(page, 'Escape');
    await expect(selected(page)).toContainText(said);
  });
  await test.step('copied by key, and by the menu of the page', async () => {
    const box = await rows.filter({ hasText: /<~ {2}221/ }).boundingBox();
    if (box === null) throw new Error('no row with 221');
    await page.mouse.click(box.x + 260, box.y + box.height / 2, { clickCount: 3 });
    const whole = new RegExp(String.raw`^\d\d:\d\d:\d\d\.\d{3} {3}\+\d\.\d{3}  <~  221 ${said}\s*$`);
    await press(page, 'Control+c');
    await expect.poll(() => clipboard(page)).toMatch(whole);
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await page.evaluate(() => document.execCommand('copy'));
    await expect.poll(() => clipboard(page)).toMatch(whole);
  });
});

test('lines are read, pressed and copied', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await test.step('lines, channel in words, handshake messages with what they say', async () => {
    for (const text of ['── before STARTTLS', 'EHLO probe.example.org']) await expect(screen(page)).toContainText(text);
    await press(page, 'Control+3');
    await expect(lines(page).getByRole('option').first()).toBeFocused();
    await press(page, 'End');
    await expect(selected(page)).toContainText('Alert: close_notify');
    await expect(lines(page).getByRole('option', { name: 'TLS 1.3, authenticated' })).toHaveCount(1);
    await expect(screen(page)).toContainText(/~> QUIT/);
    await press(page, 'Home');
    await expect(lines(page).getByRole('option', { name: /^ServerHello, \d+ octets: TLSv1\.3, TLS_\w+, x25519/ })).toHaveCount(1);
    expect(await axeViolations(page)).toEqual([]);
  });
  await test.step('a press on a line selects it', async () => {
    const place = await placeOf(page, 'PIPELINING');
    await page.mouse.click(place.x, place.y);
    await expect(selected(page)).toContainText('250-PIPELINING');
    await expect(selected(page)).toBeFocused();
    await press(page, 'ArrowDown');
    await expect(selected(page)).toContainText('SIZE');
  });
  await test.step('Ctrl+C copies the line, or what the pointer selected; Ctrl+Shift+D the whole', async () => {
    await press(page, 'Control+3');
    await press(page, 'Home');
    await press(page, 'ArrowDown');
    await press(page, 'ArrowDown');
    await press(page, 'Control+c');
    await expect.poll(() => clipboard(page)).toMatch(/^\d\d:\d\d:\d\d\.\d{3} {3}\+\d\.\d{3} {3}-> EHLO probe\.example\.org$/);
    const place = await placeOf(page, 'PIPELINING');
    await page.mouse.dblclick(place.x, place.y);
    await press(page, 'Control+c');
    await expect.poll(() => clipboard(page)).toMatch(/^(?:250-)?PIPELINING$/);
    await press(page, 'Control+Shift+D');
    await expect.poll(() => clipboard(page)).toMatch(/--- before STARTTLS ---[\s\S]*ServerHello[\s\S]*--- TLS 1\.3, authenticated ---[\s\S]*QUIT/);
  });
});

test('Ctrl+Down walks it from anywhere, handshake messages too, and shows the bytes', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await press(page, 'Control+ArrowDown');
  await press(page, 'Control+ArrowDown');
  await expect(field(page)).toBeFocused();
  await expect(selected(page)).toContainText('EHLO probe.example.org');
  const bytes = page.getByRole('region', { name: 'Bytes of the selected line' });
  await expect(bytes).toContainText('45 48 4c 4f 20');
  for (let step = 0; step < 40 && !(await selected(page).allTextContents()).join('').startsWith('ServerHello'); step += 1) await press(page, 'Control+ArrowDown');
  await expect(selected(page)).toContainText('ServerHello');
  // ServerHello is message 2, its legacy version that of TLS 1.2 (RFC 8446 §4.1.3).
  await expect(bytes).toContainText(/02 00 00 \w\w 03 03/);
  await expect(bytes).toContainText('TLS handshake message received');
  await expect(page.locator('.terminal-mark.first')).toBeVisible();
});

test('another run takes away what the pointer selected in the one before', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  const place = await placeOf(page, 'PIPELINING');
  await page.mouse.dblclick(place.x, place.y);
  await expect(page.locator('.dialogue .xterm-selection > div')).not.toHaveCount(0);
  await run(page, 'tlsa-mismatch.example');
  await expect(page.locator('.dialogue .xterm-selection > div')).toHaveCount(0);
});

test('Ctrl+F', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await test.step('finds, counts, goes on and back, minds capitals, and leaves on the line found', async () => {
    await press(page, 'Control+3');
    await press(page, 'Control+f');
    const sought = page.getByRole('textbox', { name: 'Find in Lines' });
    await expect(sought).toBeFocused();
    await page.keyboard.type('starttls');
    const count = page.getByRole('search', { name: 'Find in Lines' }).getByRole('status');
    await expect(count).toHaveText(/^1 of \d+$/);
    await press(page, 'Enter');
    await expect(count).toHaveText(/^2 of \d+$/);
    await press(page, 'Shift+Enter');
    await expect(count).toHaveText(/^1 of \d+$/);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Match case' }).click();
    await expect(count).toHaveText('no match');
    await page.getByRole('button', { name: 'Match case' }).click();
    await sought.press('Enter');
    await sought.press('Escape');
    await expect(selected(page)).toContainText('STARTTLS');
    await expect(selected(page)).toBeFocused();
  });
  await test.step('goes to the view that had the keyboard last, from wherever it is, and to no other', async () => {
    await press(page, 'Control+7');
    await press(page, 'Control+l');
    await press(page, 'Control+f');
    await expect(page.getByRole('textbox', { name: 'Filter timing' })).toBeFocused();
    await press(page, 'Control+3');
    await press(page, 'Control+l');
    await press(page, 'Control+f');
    await expect(page.getByRole('textbox', { name: 'Find in Lines' })).toBeFocused();
    await page.keyboard.type('starttls');
    await press(page, 'Control+l');
    await press(page, 'Control+f');
    await expect(page.getByRole('textbox', { name: 'Find in Lines' })).toBeFocused();
    await press(page, 'Control+4');
    await press(page, 'Control+f');
    const find = page.getByRole('dialog', { name: 'Find in Certificates' });
    await expect(find.getByRole('combobox')).toBeFocused();
    const kinds = await find.locator('.search-kind').allTextContents();
    expect(new Set(kinds), 'nothing that is not in the view').toEqual(new Set(['Certificate', 'Endpoint']));
    await press(page, 'Escape');
    await expect(page.getByRole('tree', { name: 'Chain' }).getByRole('treeitem').first()).toBeFocused();
    await press(page, 'Control+f');
    await page.keyboard.type('certificate lab');
    await press(page, 'Enter');
    await expect(page.getByRole('tab', { name: 'Certificates' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tree', { name: 'Chain' }).locator('[aria-selected="true"]')).toHaveCount(1);
    await press(page, 'Control+k');
    await expect(page.getByRole('dialog', { name: 'Search all of the run' })).toBeVisible();
    await press(page, 'Escape');
    await press(page, 'Control+e', 'Control+f');
    await expect(page.locator('.status-message')).toContainText('Report has no filter');
    await press(page, 'Control+4');
  });
});

test('theme, size of text and a narrow window are followed', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await test.step('theme and size of text', async () => {
    const look = (): Promise<readonly string[]> => screen(page).evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element).fontSize]);
    await expect.poll(look).toEqual(['rgb(31, 35, 40)', '12.5px']);
    await page.emulateMedia({ colorScheme: 'dark' });
    await press(page, 'Control+=');
    await expect.poll(look).toEqual(['rgb(230, 233, 236)', '13.75px']);
    await press(page, 'Control+0');
  });
  await test.step('at 320 px nothing is wider than the window', async () => {
    await page.setViewportSize({ width: 320, height: 900 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await expect(screen(page)).toContainText('EHLO probe.example.org');
    expect((await screen(page).boundingBox())?.width).toBeLessThanOrEqual(320);
  });
});
