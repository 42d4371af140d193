/** Every view is reached by keyboard, shows the run, and gives axe nothing to say, in each theme. */
import type { Page } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { field, press, previewWhole, run, VIEWS } from './inspector.ts';
import { expect, NO_TRACE, test } from './fixtures.ts';

/** The others are seen beside these: the navigator at the left, the details at the right. */
const ALL_VIEWS = [...VIEWS, { key: 'Control+3', name: 'Dialogue' }, { key: 'Control+e', name: 'Report' }] as const;
const DIALOGS = [
  { key: 'F1', name: 'Commands', typed: 'copy' }, { key: 'Control+k', name: 'Search all of the run', typed: 'tlsa' },
  { key: 'Control+,', name: 'Settings', typed: '' }, { key: '?', name: 'Keys', typed: '' },
] as const;
const THEMES = [['light', 'Light'], ['dark', 'Dark'], ['hc-light', 'High contrast light'], ['hc-dark', 'High contrast dark']] as const;

test('good-311.example is authenticated, and each view has its heart', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await test.step('in the window', async () => {
    await expect(page.getByRole('heading', { level: 2, name: /authenticated/ })).toBeVisible();
    await expect(page).toHaveTitle('good-311.example: authenticated · Danescope');
    const row = page.getByRole('grid', { name: 'Delivery matrix' }).getByRole('row').nth(1);
    await expect(row).toContainText('mx1.good-311.example');
    await expect(row.getByRole('gridcell').last()).toContainText('authenticated');
    await expect(page.getByRole('option', { name: 'good-311 authenticated', exact: true })).toBeVisible();
    await expect.poll(() => page.evaluate(() => document.getAnimations().length), 'what moves once the run is over').toBe(0);
  });
  await test.step('each view by its key, and its heart', async () => {
    await press(page, 'Control+4');
    await expect(page.getByRole('tree', { name: 'Chain' }).getByRole('treeitem').first()).toBeFocused();
    await expect(page.getByRole('tree', { name: 'Chain' })).toContainText('mx1.good-311.example');
    await press(page, 'Control+5');
    await expect(page.getByRole('grid', { name: 'TLSA records' })).toContainText('matches and authenticates');
    await press(page, 'Control+6');
    await expect(page.getByRole('listbox', { name: /^Chain of trust through 3 zones/ })).toContainText('_25._tcp.mx1.good-311.example');
    await expect(page.getByRole('tree', { name: 'Chain of trust' })).toContainText('_25._tcp.mx1.good-311.example TLSA');
    await press(page, 'Control+3');
    await expect(page.getByRole('listbox', { name: 'Lines' }).getByRole('option').first()).toBeFocused();
    await expect(page.getByRole('listbox', { name: 'Lines' })).toContainText('EHLO probe.example.org');
    await press(page, 'Control+1');
    await expect(page.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true');
  });
});

/** What may be wider than the window by its nature, each with a scrollbar of its own (WCAG 1.4.10). */
const WIDE = '.graph-frame, .tabs, .activity-bar, .terminal-screen, .run-tabs';

test('the reference of a rule stays whole, however narrow its column', async ({ inspector: page }) => {
  await run(page, 'tlsa-mismatch.example');
  for (const width of [1360, 1024, 760, 480, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const broken = await page.locator('.reference').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height > 1.9 * Number.parseFloat(getComputedStyle(one).lineHeight)).map((one) => one.textContent));
    expect(broken, `${String(width)} px`).toEqual([]);
  }
  await expect(page.locator('.senders .reference')).toHaveCount(3);
});

test('the reference of a rule in a sentence stays whole, wherever its line ends', async ({ inspector: page }) => {
  await run(page, 'domain-does-not-exist.example');
  await expect(page.getByText('Mail to it bounces (RFC 5321 §5.1).')).toBeVisible();
  for (let width = 1360; width >= 320; width -= 40) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(brokenReferences), `${String(width)} px`).toEqual([]);
  }
});

/** References on more than one line, wherever text stands in the page. */
function brokenReferences(): readonly string[] {
  const broken: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    for (const { index, 0: reference } of (text.textContent ?? '').matchAll(/RFC\s\d+(?:\s§[\d.]*\d)?/g)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + reference.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(text.parentElement?.textContent ?? '');
    }
  }
  return broken;
}

test('in a window of 320 px', async ({ inspector: page, shell }) => {
  test.skip(shell === 'electron', 'a window of Electron has a least size');
  await page.setViewportSize({ width: 320, height: 900 });
  await run(page, 'dual-key-one-record.example');
  await test.step('nothing else is scrolled sideways in any view', async () => {
    for (const { key, name } of ALL_VIEWS) {
      await press(page, key);
      if (name === 'Trust') await expect(page.locator('.graph-frame svg')).toBeVisible();
      if (name === 'Answers') {
        await press(page, 'End', 'Enter');
        await expect(page.getByRole('region', { name: 'Message', exact: true })).toBeVisible();
      }
      const sideways = await page.evaluate((wide) => [...document.querySelectorAll('*')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.closest(wide) === null)
        .map((element) => `${element.className}: ${String(element.scrollWidth)} of ${String(element.clientWidth)}`), WIDE);
      expect(sideways, name).toEqual([]);
    }
  });
  await test.step('wherever a time of the axis stands, it makes the window no wider', async () => {
    await press(page, 'Control+7');
    const last = page.locator('.tick:not(.last)').last();
    for (let percent = 60; percent <= 93; percent += 1) {
      const widths = await last.evaluate((tick: HTMLElement, left) => {
        tick.style.left = `${String(left)}%`;
        const { scrollWidth = 0, clientWidth = 0 } = tick.closest('.workbench') ?? {};
        return { scrollWidth, clientWidth };
      }, percent);
      expect(widths.scrollWidth, `${String(percent)} %`).toBe(widths.clientWidth);
    }
  });
});

// A trace's own script would be blocked in the report's preview, which has no rights, and told.
test.use(NO_TRACE);

test('axe finds nothing in the empty window, in any view and in any dialog, in each theme', async ({ inspector: page }) => {
  test.slow();
  await expect(field(page)).toBeFocused();
  await inEveryTheme(page, async () => {
    await expect(page.getByRole('heading', { name: 'Which domain’s mail?' })).toBeVisible();
    expect(await axeViolations(page), 'empty').toEqual([]);
  });
  await run(page, 'dual-key-one-record.example');
  await press(page, 'F8');
  await inEveryTheme(page, async (isFirst) => {
    await inEveryView(page, isFirst);
    await inEveryDialog(page, isFirst);
  });
});

/** @param check is told whether this is the first: there all of the window is looked at each time, in the others once, and then what has changed */
async function inEveryTheme(page: Page, check: (isFirst: boolean) => Promise<void>): Promise<void> {
  for (const [palette, title] of THEMES) {
    await test.step(title, async () => {
      await press(page, 'Control+,');
      await page.getByRole('combobox', { name: 'Theme' }).selectOption(title);
      await press(page, 'Escape');
      await expect(page.locator('html')).toHaveAttribute('data-theme', palette);
      await check(title === THEMES[0][1]);
    });
  }
}

async function inEveryView(page: Page, whole: boolean): Promise<void> {
  for (const part of ['Navigator', 'Details']) await expect(page.getByRole('tab', { name: part, exact: true })).toHaveAttribute('aria-selected', 'true');
  for (const { key, name } of ALL_VIEWS) {
    await press(page, key);
    const tab = page.getByRole('tab', { name });
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    if (name === 'Trust') await expect(page.locator('.graph-frame svg')).toBeVisible();
    if (name === 'Report') await previewWhole(page);
    const panel = `[role="tabpanel"][aria-labelledby="${(await tab.getAttribute('id')) ?? ''}"]`;
    await expect(page.locator(panel)).toBeVisible();
    expect(await axeViolations(page, whole || name === 'Overview' ? null : panel), name).toEqual([]);
  }
}

async function inEveryDialog(page: Page, whole: boolean): Promise<void> {
  await press(page, 'Control+1');
  for (const { key, name, typed } of DIALOGS) {
    await press(page, key);
    const dialog = page.getByRole('dialog', { name });
    await expect(dialog).toBeVisible();
    await page.keyboard.type(typed);
    // Nothing is left of what was typed before, in another theme.
    if (typed !== '') await expect(page.locator('input:focus')).toHaveValue(typed);
    expect(await axeViolations(page, whole ? null : 'dialog[open]'), name).toEqual([]);
    await press(page, 'Escape');
    await expect(dialog).toBeHidden();
  }
}
