/** The trust graph in the window: by keyboard and mouse, linked with every other view, equal in words. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { clipboard, inLightAndDark, press, run } from './inspector.ts';

const graph = (page: Page): Locator => page.getByRole('listbox', { name: /^Chain of trust/ });
const card = (page: Page): Locator => page.getByRole('group', { name: 'Details of the node' });
const current = (page: Page): Locator => graph(page).getByRole('option', { selected: true });

async function open(page: Page, target: string): Promise<void> {
  await run(page, target);
  await press(page, 'Control+6');
  await expect(graph(page)).toBeVisible();
}

test('by keyboard', async ({ inspector: page }) => {
  await open(page, 'good-311.example');
  await test.step('is walked by arrow keys from the signer to the signed, and tells about each node', async () => {
    await graph(page).focus();
    await press(page, 'Home');
    await expect(current(page)).toHaveAccessibleName(/secure \. \(root\)/);
    await press(page, 'ArrowDown');
    await expect(current(page)).toHaveAccessibleName(/trust anchor · SEP DNSKEY/);
    await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('DNSKEY');
    await press(page, 'ArrowUp');
    await expect(current(page)).toHaveAccessibleName(/\(root\)/);
    await press(page, 'End');
    await expect(current(page)).toHaveAccessibleName(/_25\._tcp\.mx1\.good-311\.example TLSA/);
    for (let step = 0; step < 3; step += 1) await press(page, 'ArrowDown');
    await expect(current(page)).toHaveAccessibleName(/authenticated mx1\.good-311\.example 192\.0\.2\.\d+ ECDSA/);
    await expect(card(page)).toContainText('presents the certificate');
    await expect(graph(page)).toBeFocused();
  });
  await test.step('nothing scrolls away what the keyboard is in, though graph and tree scroll together', async () => {
    await press(page, 'Escape');
    for (const key of ['Home', 'End', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Home', 'End']) {
      await press(page, key);
      await expect(current(page)).toBeInViewport();
    }
    const row = page.getByRole('tree', { name: 'Chain of trust' }).getByRole('treeitem', { selected: true });
    await row.focus();
    for (const key of ['ArrowDown', 'ArrowUp', 'Home', 'End', 'ArrowUp', 'Home']) {
      await press(page, key);
      await expect(row).toBeInViewport();
    }
  });
  await test.step('details come with the focus, are entered by Enter, copied, and go with Esc', async () => {
    await graph(page).focus();
    await press(page, 'Home');
    await press(page, 'ArrowDown');
    await expect(card(page)).toContainText('Public key');
    await press(page, 'Enter');
    await expect(card(page).getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
    await press(page, 'Enter');
    expect(await clipboard(page)).toMatch(/Public key: [A-Za-z0-9+/=]{40,}/);
    await press(page, 'Escape');
    await expect(card(page)).toHaveCount(0);
    await expect(graph(page)).toBeFocused();
  });
  await test.step('j, k and Space do as in every list', async () => {
    await press(page, 'Home');
    await press(page, 'j');
    await expect(current(page)).toHaveAccessibleName(/trust anchor · SEP DNSKEY/);
    await press(page, 'k');
    await expect(current(page)).toHaveAccessibleName(/\(root\)/);
    await press(page, 'Space');
    await expect(card(page).getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
    await press(page, 'Escape');
    await expect(graph(page)).toBeFocused();
  });
});

test('by pointer, with its keys', async ({ inspector: page }) => {
  await open(page, 'good-311.example');
  await test.step('details come with the pointer and stay under it (WCAG 1.4.13)', async () => {
    await graph(page).getByRole('option', { name: /trust anchor/ }).hover();
    await expect(card(page)).toContainText('Public key');
    await card(page).hover();
    await expect(card(page)).toContainText('Public key');
    await page.getByRole('heading', { name: 'Chain of trust' }).hover();
    await expect(card(page)).toHaveCount(0);
  });
  await test.step('is moved by buttons, keys and dragging; Fit shows all of it', async () => {
    const frame = page.locator('.graph-frame');
    const top = (): Promise<number> => frame.evaluate((element) => element.scrollTop);
    await page.getByRole('button', { name: 'Pan down' }).click();
    await expect.poll(top).toBeGreaterThan(0);
    await graph(page).focus();
    await press(page, 'Shift+ArrowUp');
    await expect.poll(top).toBe(0);
    const box = await frame.boundingBox();
    if (box === null) throw new Error('no frame');
    await page.mouse.move(box.x + 20, box.y + box.height - 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y + 40, { steps: 4 });
    await page.mouse.up();
    await expect.poll(top).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Fit', exact: true }).click();
    expect(await frame.evaluate((element) => [element.scrollHeight <= element.clientHeight, element.scrollWidth <= element.clientWidth])).toEqual([true, true]);
  });
  await test.step('zooms by button, key and wheel, and all keys can be drawn', async () => {
    const width = async (): Promise<number> => Number(await graph(page).getAttribute('width'));
    const before = await width();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(await width()).toBeGreaterThan(before);
    await graph(page).focus();
    await press(page, '-');
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
});

test('is saved', async ({ inspector: page, shell }) => {
  test.skip(shell === 'electron', 'Electron asks for a place');
  await open(page, 'good-311.example');
  await test.step('as a PNG of twice its size', async () => {
    const scale = await graph(page).locator('> g').evaluate((picture) => (picture as SVGGElement).transform.baseVal.getItem(0).matrix.a);
    const twice = async (side: string): Promise<number> => Math.round((2 * Number(await graph(page).getAttribute(side))) / scale);
    const size = [await twice('width'), await twice('height')];
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as PNG' }).click();
    const png = readFileSync(await (await download).path());
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(size);
    expect(png.length).toBeGreaterThan(20_000);
  });
  await test.step('as an SVG file that stands alone', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as SVG' }).click();
    const svg = readFileSync(await (await download).path(), 'utf8');
    expect(svg).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).not.toMatch(/<script|href=/);
  });
});

test('a refusal: the graph follows, shows why at a glance, and axe finds nothing in graph and words', async ({ inspector: page }) => {
  await run(page, 'tlsa-mismatch.example');
  await test.step('follows a selection made elsewhere', async () => {
    await press(page, 'F8');
    await press(page, 'Control+6');
    await expect(current(page)).toHaveCount(1);
    const line = page.getByRole('tree', { name: 'Chain of trust' }).getByRole('treeitem', { selected: true });
    await expect(line).toHaveAccessibleName(/refused endpoint mx1\.tlsa-mismatch\.example 192\.0\.2\.\d+ ECDSA/);
    await expect(line).toBeInViewport();
  });
  await test.step('shows at a glance why mail is refused, and copies it', async () => {
    await graph(page).getByRole('option', { name: /matches nothing/ }).click();
    await expect(card(page)).toContainText('does not match the certificate at depth 0');
    await expect(graph(page).locator('.edge-comparison.line-crossed.is-bogus')).toHaveCount(1);
    await card(page).getByRole('button', { name: 'Copy', exact: true }).click();
    expect(await clipboard(page)).toContain('does not match the certificate at depth 0');
  });
  await graph(page).focus();
  await press(page, 'End');
  await inLightAndDark(page, async () => {
    await expect(card(page)).toHaveCount(1);
    expect(await axeViolations(page)).toEqual([]);
  });
});

test('says the same in words', async ({ inspector: page }) => {
  await open(page, 'signature-expired.example');
  await expect(graph(page).getByRole('option', { name: /bogus, expired/ })).toHaveCount(1);
  await expect(page.getByRole('tree', { name: 'Chain of trust' })).toBeVisible();
  await expect(page.locator('.sentences')).toContainText('over the TLSA RRset of _25._tcp.mx1.signature-expired.example has expired.');
});
