/** The trust graph in the window: by keyboard and mouse, linked with every other view, equal in words. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { clipboard, run } from './inspector.ts';

const graph = (page: Page): Locator => page.getByRole('listbox', { name: /^Chain of trust/ });
const current = (page: Page): Locator => graph(page).getByRole('option', { selected: true });

async function open(page: Page, target: string): Promise<void> {
  await run(page, target);
  await page.keyboard.press('Control+6');
  await expect(graph(page)).toBeVisible();
}

test('is walked by arrow keys from the root to the end, and tells about each node', async ({ inspector: page }) => {
  await open(page, 'good-311.example');
  await graph(page).focus();
  await page.keyboard.press('Home');
  await expect(current(page)).toHaveAccessibleName(/secure \. \(root\)/);
  await page.keyboard.press('ArrowDown');
  await expect(current(page)).toHaveAccessibleName(/trust anchor · SEP DNSKEY/);
  await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('DNSKEY');
  await page.keyboard.press('ArrowUp');
  await expect(current(page)).toHaveAccessibleName(/\(root\)/);
  await page.keyboard.press('End');
  await expect(current(page)).toHaveAccessibleName(/authenticated mx1\.good-311\.example 192\.0\.2\.\d+ ECDSA/);
  await expect(page.locator('.graph-details')).toContainText('presents the certificate');
  await expect(graph(page)).toBeFocused();
});

test('shows at a glance why mail is refused, and copies it', async ({ inspector: page }) => {
  await open(page, 'tlsa-mismatch.example');
  await graph(page).getByRole('option', { name: /no match/ }).click();
  await expect(page.locator('.graph-details')).toContainText('does not match the certificate at depth 0');
  await expect(graph(page).locator('.edge-comparison.line-crossed.is-bogus')).toHaveCount(1);
  await page.locator('.graph-details').getByRole('button', { name: 'Copy' }).click();
  expect(await clipboard(page)).toContain('does not match the certificate at depth 0');
});

test('follows a selection made elsewhere', async ({ inspector: page }) => {
  await run(page, 'tlsa-mismatch.example');
  await page.keyboard.press('F8');
  await page.keyboard.press('Control+6');
  await expect(current(page)).toHaveCount(1);
});

test('zooms by button, key and wheel, and all keys can be drawn', async ({ inspector: page }) => {
  await open(page, 'good-311.example');
  const width = async (): Promise<number> => Number(await graph(page).getAttribute('width'));
  const before = await width();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  expect(await width()).toBeGreaterThan(before);
  await graph(page).focus();
  await page.keyboard.press('-');
  expect(await width()).toBeCloseTo(before, 3);
  await graph(page).hover();
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 100);
  await page.keyboard.up('Control');
  await expect.poll(width).toBeLessThan(before);
  const nodes = await graph(page).getByRole('option').count();
  await page.getByRole('checkbox', { name: 'All keys' }).check();
  await expect.poll(() => graph(page).getByRole('option').count()).toBeGreaterThan(nodes);
});

test('is saved as an SVG file that stands alone', async ({ inspector: page, shell }) => {
  test.skip(shell === 'electron', 'Electron asks for a place');
  await open(page, 'good-311.example');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as SVG' }).click();
  const svg = readFileSync(await (await download).path(), 'utf8');
  expect(svg).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg).not.toMatch(/<script|href=/);
});

test('says the same in words', async ({ inspector: page }) => {
  await open(page, 'signature-expired.example');
  await expect(graph(page).getByRole('option', { name: /bogus, expired/ })).toHaveCount(1);
  await page.getByRole('radio', { name: 'Words' }).check();
  await expect(page.locator('.sentences')).toContainText('_25._tcp.mx1.signature-expired.example TLSA has expired.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('axe finds nothing in graph and words', async ({ inspector: page }) => {
      await open(page, 'tlsa-mismatch.example');
      await graph(page).focus();
      await page.keyboard.press('End');
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('radio', { name: 'Words' }).check();
      expect(await axeViolations(page)).toEqual([]);
    });
  });
}
