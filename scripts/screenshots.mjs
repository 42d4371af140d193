/** `node scripts/screenshots.mjs`: the window as it is, in light and dark, from the practice lab through the local host into docs/screenshots. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { ensureBrowser } from './browser.mjs';
import { withPalette } from './png-palette.mjs';
import { fail, prepare, root } from './prepare.mjs';

const folder = join(root, 'docs', 'screenshots');
const VIEWS = [['findings', 'Control+2'], ['certificates', 'Control+4'], ['tlsa', 'Control+5'], ['trust', 'Control+6'], ['timing', 'Control+7'], ['answers', 'Control+8']];
const SCENES = ['tlsa-mismatch', 'good-311'];

await prepare(['node', 'renderer']);
const executablePath = (await ensureBrowser()) ?? fail('no Chromium: install one, or name one with DANESCOPE_BROWSER');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
for (const theme of ['light', 'dark']) await inTheme(theme);
await browser.close();

async function inTheme(theme) {
  const host = spawn(process.execPath, [join(root, 'out/node/service/host-main.js'), '--lab', '--print-url'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: theme, reducedMotion: 'reduce' });
  await page.goto(await addressOf(host));
  await page.locator('#target').waitFor();
  await shoot(page, `welcome-${theme}`);
  await scene(page, 'two-mx-one-bad');
  await shoot(page, `overview-two-mx-one-bad-${theme}`);
  for (const name of SCENES) await everyView(page, name, theme);
  await page.close();
  host.kill('SIGTERM');
}

async function everyView(page, name, theme) {
  await scene(page, name);
  await shoot(page, `overview-${name}-${theme}`);
  await page.keyboard.press('F8');
  for (const [view, key] of VIEWS) {
    await page.keyboard.press(key);
    await page.waitForTimeout(150);
    if (view === 'certificates' || view === 'tlsa') await page.keyboard.press('Enter');
    await shoot(page, `${view}-${name}-${theme}`);
  }
  await page.keyboard.press('Control+1');
  for (let line = 0; line < 4; line += 1) await page.keyboard.press('Control+ArrowDown');
  await shoot(page, `dialogue-${name}-${theme}`);
}

async function scene(page, name) {
  await page.keyboard.press('Control+1');
  await page.fill('#target', `${name}.example`);
  await page.press('#target', 'Enter');
  await page.waitForFunction((domain) => document.querySelector('.headline-circumstances')?.textContent.startsWith(domain) && document.querySelector('.run-button.stop') === null, `${name}.example`);
}

async function shoot(page, name) {
  await page.waitForTimeout(250);
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
