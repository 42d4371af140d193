/**
 * `node scripts/screenshots.mjs [FOLDER]`: every view as it is, in light and dark, from the practice lab through the local host
 * into docs/screenshots, for the user guide.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { ensureBrowser } from './browser.mjs';
import { withPalette } from './png-palette.mjs';
import { fail, prepare, root } from './prepare.mjs';

const folder = process.argv[2] ?? join(root, 'docs', 'screenshots');
const SIZE = { width: 1360, height: 900 };
/** the keys lead there, and select something worth seeing */
const VIEWS = [
  { view: 'findings', keys: ['Control+2', 'F8'] },
  { view: 'certificates', keys: ['Control+4', 'Enter'] },
  { view: 'tlsa', keys: ['Control+5', 'Enter'] },
  { view: 'timing', keys: ['Control+7', 'ArrowDown', 'Enter'] },
  { view: 'answers', keys: ['Control+8', 'End', 'Enter'] },
  { view: 'dialogue', keys: ['Control+1', ...Array.from({ length: 8 }, () => 'Control+ArrowDown')] },
];
const DIALOGS = [['search', 'Control+k', 'tlsa'], ['palette', 'F1', 'copy'], ['settings', 'Control+,', ''], ['keys', '?', '']];

await prepare(['node', 'renderer']);
const executablePath = (await ensureBrowser()) ?? fail('no Chromium: install one, or name one with DANESCOPE_BROWSER');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
for (const theme of ['light', 'dark']) await withHost((page) => inTheme(page, theme), { colorScheme: theme });
for (const theme of ['light', 'dark']) await withHost((page) => inHighContrast(page, theme), { colorScheme: theme, contrast: 'more' });
await browser.close();

async function withHost(picture, look) {
  const host = spawn(process.execPath, [join(root, 'out/node/service/host-main.js'), '--lab', '--print-url'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const page = await browser.newPage({ viewport: SIZE, reducedMotion: 'reduce', ...look });
  await page.goto(await addressOf(host));
  await page.locator('#target').waitFor();
  await picture(page);
  await page.close();
  host.kill('SIGTERM');
}

async function inTheme(page, theme) {
  await shoot(page, `welcome-${theme}`);
  await scene(page, 'two-mx-one-bad');
  await shoot(page, `overview-two-mx-${theme}`);
  await scene(page, 'tlsa-mismatch');
  await shoot(page, `overview-${theme}`);
  for (const { view, keys } of VIEWS) {
    await press(page, keys);
    await shoot(page, `${view}-${theme}`);
  }
  for (const dialog of DIALOGS) await inDialog(page, dialog, theme);
  await scene(page, 'good-311');
  await withConsole(page, theme);
  await withoutPanel(page, theme);
}

async function inDialog(page, [dialog, key, typed], theme) {
  await page.locator('[data-view="overview"] h2').first().click();
  await press(page, [key]);
  await page.keyboard.type(typed);
  await shoot(page, `${dialog}-${theme}`);
  await press(page, ['Escape']);
}

async function withConsole(page, theme) {
  await press(page, ['Control+9']);
  await page.getByRole('button', { name: 'Open channel' }).click();
  const line = page.locator('#console-line');
  for (const [typed, reply] of [['NOOP', '250 2.0.0'], ['VRFY postmaster', '252']]) {
    await line.fill(typed);
    await press(page, ['Escape']);
    await line.press('Enter');
    await page.getByRole('log', { name: 'Console transcript' }).getByText(reply).first().waitFor();
  }
  await line.pressSequentially('E');
  await shoot(page, `console-${theme}`);
  await line.fill('');
  await press(page, ['Escape']);
  await page.getByRole('button', { name: 'Close channel' }).click();
}

/** The graph and the report use the height of the window. */
async function withoutPanel(page, theme) {
  await press(page, ['Control+j', 'Control+6']);
  await page.locator('.graph-frame svg').waitFor();
  await shoot(page, `trust-${theme}`);
  await press(page, ['Control+e']);
  await page.locator('.report-preview[aria-busy=false]').waitFor();
  await shoot(page, `report-${theme}`);
}

async function inHighContrast(page, theme) {
  await scene(page, 'tlsa-mismatch');
  await press(page, ['F8', 'Control+1']);
  await shoot(page, `overview-high-contrast-${theme}`);
}

async function scene(page, name) {
  await page.keyboard.press('Control+1');
  await page.fill('#target', `${name}.example`);
  await page.press('#target', 'Enter');
  await page.waitForFunction((domain) => document.querySelector('.headline-circumstances')?.textContent.startsWith(domain) && document.querySelector('.run-button.stop') === null, `${name}.example`);
}

async function press(page, keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(100);
  }
}

async function shoot(page, name) {
  await page.waitForTimeout(300);
  writeFileSync(join(folder, `${name}.png`), withPalette(await page.screenshot()));
  process.stdout.write(`${name}.png\n`);
}

async function addressOf(host) {
  for await (const line of createInterface({ input: host.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  return fail('the local host ended without an address');
}
