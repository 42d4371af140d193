/** What the specs do in the window, in the words of its reader. */
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { ownClipboard } from './fixtures.ts';
import type { Native } from './native.ts';

/** Types a target into the field, which has the focus in an empty window, and runs it to its end. */
export async function run(page: Page, target: string): Promise<void> {
  await comes(field(page));
  await page.keyboard.press('Control+l');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(target);
  await page.keyboard.press('Enter');
  // Until the engine has read the target, the window shows the run before.
  await comes(page.locator('.status-target').getByText(target, { exact: true }));
  await finished(page);
}

/** For what takes its time: an `expect` that is not met at once tells Playwright all of the document, each time it looks again. */
export const comes = (awaited: Locator): Promise<void> => awaited.waitFor({ timeout: 15_000 });

/** One after another, with a frame between: nobody presses two keys within one, and the window moves the focus in the next. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((next) => { requestAnimationFrame(next); }));
  }
}

export const field = (page: Page): Locator => page.getByLabel('Domain, address, or host:port');

/** Into the console. Esc closes its list of commands; the line has the keyboard again before Enter sends it. */
export async function sendLine(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line);
  await press(page, 'Escape', 'Control+`');
  await expect(page.locator('input:focus')).toHaveValue(line);
  await page.keyboard.press('Enter');
}

/** The same state of the window in the system's light theme and in its dark one. */
export async function inLightAndDark(page: Page, check: () => Promise<void>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await test.step(colorScheme, check);
  }
}

/** The last row of a table once it is there: rows come a few in a frame, and a click that is sooner meets one before it. */
export async function lastRow(grid: Locator): Promise<Locator> {
  const rows = grid.getByRole('row');
  await expect.poll(async () => (await rows.count()) === Number(await grid.getAttribute('aria-rowcount'))).toBe(true);
  return rows.last();
}

/** The first run of the window is over. */
export async function finished(page: Page): Promise<void> {
  // First that it began: until the engine has read the target, the window still shows Run.
  await comes(page.locator('.status-bar').filter({ hasNotText: 'Ready' }));
  await comes(page.getByRole('button', { name: 'Run', exact: true }));
  await panesDrawn(page);
}

/** Panes draw in turn, one a frame: the last of them, and what it draws later, is there after these. */
async function panesDrawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise<void>((done) => {
    let left = 12;
    const next = (): void => {
      left -= 1;
      if (left === 0) done();
      else requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  }));
}

/** The dialogue wheeled back to its beginning. A turn of the wheel moves it a few lines, however far it is said to turn. */
export async function dialogueFromTop(page: Page): Promise<void> {
  await page.locator('.dialogue .terminal-screen').hover();
  const rows = page.locator('.dialogue .xterm-rows');
  await expect(async () => {
    for (let turn = 0; turn < 20; turn += 1) await page.mouse.wheel(0, -2000);
    await expect(rows).toContainText('before STARTTLS', { timeout: 500 });
  }).toPass();
}

/** The page itself may not read it in Electron: the reader's own hand does. */
export async function clipboard(page: Page): Promise<string> {
  const own = ownClipboard.get(page);
  if (own !== undefined) return own();
  await page.context().grantPermissions(['clipboard-read']);
  return page.evaluate(() => navigator.clipboard.readText());
}

/** @returns what is in the clipboard after; whatever was there before is gone */
export async function copiedBy(page: Page, act: () => Promise<unknown>): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText('nothing'));
  await act();
  await expect.poll(() => clipboard(page)).not.toBe('nothing');
  return clipboard(page);
}

/**
 * @param app null in the browser lane, where a file is downloaded; else its dialogue is answered as before
 * @returns the name under which the window would save
 */
export async function savedName(page: Page, app: Native | null, act: () => Promise<void>): Promise<string> {
  if (app === null) {
    const download = page.waitForEvent('download', { timeout: 60_000 });
    await act();
    return (await download).suggestedFilename();
  }
  const before = (await app.suggested()).length;
  await act();
  await expect.poll(async () => (await app.suggested()).length, { timeout: 60_000 }).toBe(before + 1);
  return (await app.suggested()).at(-1) ?? '';
}

/** All of the report is in its preview. */
export async function previewWhole(page: Page): Promise<void> {
  await expect(page.locator('.report-preview')).toHaveAttribute('aria-busy', 'false');
}

export const VIEWS = [
  { key: 'Control+1', name: 'Overview' }, { key: 'Control+2', name: 'Findings' }, { key: 'Control+4', name: 'Certificates' },
  { key: 'Control+5', name: 'TLSA' }, { key: 'Control+6', name: 'Trust' }, { key: 'Control+7', name: 'Timing' }, { key: 'Control+8', name: 'Answers' }, { key: 'Control+9', name: 'Console' },
] as const;
