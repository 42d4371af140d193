/** A run with hundreds of rows: only those in sight are in the document, and the keyboard, the filter and axe notice nothing of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { asLongRun } from '../../bench/long-run.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { readRunFile, writeRunFile } from '../../core/inspection/run-file.ts';
import { axeViolations } from './axe.ts';
import { press, run } from './inspector.ts';
import { manyFindings } from './many-findings.ts';
import { expect, test } from './fixtures.ts';

/** As many hosts and addresses as an inspection takes. */
const ADDRESSES = 20 * 16;
const FINDINGS = 300;

/** A run of the scene, told again at length, opened from a file. */
async function openLongRun(page: Page, scene: string, file: string, long: (recorded: readonly InspectionEvent[]) => string): Promise<void> {
  await run(page, scene);
  const waiting = page.waitForEvent('download');
  await press(page, 'Control+s');
  const read = readRunFile(readFileSync(await (await waiting).path(), 'utf8'));
  if (!read.ok) throw new Error(read.failure.text);
  writeFileSync(file, long(read.value));
  const chooser = page.waitForEvent('filechooser');
  await press(page, 'Control+o');
  await (await chooser).setFiles(file);
  await expect(page.locator('.headline-circumstances')).toContainText(/\d{4,} events/);
}

const countOf = async (grid: Locator): Promise<number> => Number(await grid.getAttribute('aria-rowcount'));
const drawn = (grid: Locator): Locator => grid.locator('tr[aria-rowindex]');
/** `aria-rowindex` of the row with the focus */
const focusedRow = (page: Page): Locator => page.locator('tr[aria-rowindex]:has(:focus)');

test('hundreds of rows', async ({ inspector: page, shell }, testInfo) => {
  test.skip(shell === 'electron', 'the file dialogues of Electron are native');
  test.slow();
  await openLongRun(page, 'dual-key-one-record.example', testInfo.outputPath('long.danescope.jsonl'), (recorded) => writeRunFile(asLongRun(recorded, 10_000)));
  await test.step('the trust graph, many times as wide as its frame, begins with its root in sight', async () => {
    await press(page, 'Control+6');
    const root = page.getByRole('listbox', { name: /^Chain of trust/ }).getByRole('option', { name: /\. \(root\)/ });
    await expect(root).toBeInViewport();
    await page.getByRole('button', { name: 'Fit', exact: true }).click();
    await page.getByRole('button', { name: /^Readable size/ }).click();
    await expect(root).toBeInViewport();
    await press(page, 'Control+1');
  });
  await test.step('the matrix: by keyboard to rows that are not drawn, in columns that do not move', async () => {
    const grid = page.getByRole('grid', { name: 'Delivery matrix' });
    expect(await countOf(grid)).toBeGreaterThan(ADDRESSES);
    expect(await drawn(grid).count()).toBeLessThan(80);
    const widths = (): Promise<number[]> => grid.locator('thead th').evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().width));
    const before = await widths();
    await grid.getByRole('rowheader').first().focus();
    for (let count = 1; count <= 20; count += 1) {
      await press(page, 'PageDown');
      await expect(focusedRow(page)).toHaveAttribute('aria-rowindex', String(2 + 10 * count));
    }
    await press(page, 'ArrowDown');
    await press(page, 'End');
    await expect(focusedRow(page)).toHaveAttribute('aria-rowindex', '203');
    await expect(page.locator(':focus')).toBeInViewport();
    expect(await drawn(grid).count()).toBeLessThan(100);
    expect(await widths()).toEqual(before);
    expect(await axeViolations(page)).toEqual([]);
  });
  await test.step('the timing: by keyboard to its last row, and a filter finds what was not drawn', async () => {
    await press(page, 'Control+7');
    const grid = page.getByRole('grid', { name: 'Timing' });
    const rows = await countOf(grid);
    expect(rows).toBeGreaterThan(1000);
    expect(await drawn(grid).count()).toBeLessThan(120);
    await grid.getByRole('rowheader').nth(1).focus();
    await press(page, 'End');
    await expect(focusedRow(page)).toHaveAttribute('aria-rowindex', String(rows));
    await expect(page.locator(':focus')).toBeInViewport();
    expect(await axeViolations(page)).toEqual([]);
    await press(page, 'Control+f');
    await page.keyboard.type('mx3.');
    await expect(grid).toContainText('mx3.dual-key-one-record.example');
    expect(await countOf(grid)).toBeLessThan(rows);
  });
  await test.step('the answers: a selection made elsewhere is drawn and in sight', async () => {
    await press(page, 'Control+k');
    await page.keyboard.type('_25._tcp.mx20.dual-key-one-record.example TLSA');
    await press(page, 'Enter');
    const grid = page.getByRole('grid', { name: 'Answers of the name servers' });
    await expect(grid.getByRole('row', { selected: true })).toBeInViewport();
    expect(await drawn(grid).count()).toBeLessThan(await countOf(grid) - 1);
  });
  await test.step('a host to which no connection was made has no dialogue, and no other connection is named above it', async () => {
    const dialogue = page.getByRole('region', { name: 'SMTP dialogue' });
    await expect(dialogue).toContainText('No connection was made for what is selected.');
    await expect(dialogue.getByRole('combobox', { name: 'Connection' }).locator('option:checked')).toHaveText('No connection');
  });
  await test.step('the trust graph: the nodes in sight are in the document, arrow keys reach the others, Fit draws all', async () => {
    await press(page, 'Control+6');
    const graph = page.getByRole('listbox', { name: /^Chain of trust/ });
    const nodes = graph.getByRole('option');
    await expect(nodes.first()).toHaveAttribute('aria-setsize', /^[1-9]\d\d$/);
    const all = Number(await nodes.first().getAttribute('aria-setsize'));
    await graph.focus();
    await press(page, 'Home');
    await expect(graph.getByRole('option', { selected: true })).toBeInViewport();
    await expect.poll(() => nodes.count()).toBeLessThan(all / 2);
    await press(page, 'End');
    await expect(graph.getByRole('option', { selected: true })).toBeInViewport();
    await expect(graph).toHaveAttribute('aria-activedescendant', await graph.getByRole('option', { selected: true }).getAttribute('id') ?? 'none');
    await expect.poll(() => nodes.count()).toBeLessThan(all / 2);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Fit', exact: true }).click();
    await expect(nodes).toHaveCount(all);
  });
  await test.step('its tree: the lines in sight are in the document, and keys reach the last and the first', async () => {
    const lines = page.getByRole('tree', { name: 'Chain of trust' }).getByRole('treeitem');
    const selected = lines.and(page.locator('[aria-selected="true"]'));
    await lines.first().focus();
    await press(page, 'End');
    await expect(selected).toBeFocused();
    await expect(selected).toBeInViewport();
    const last = Number(await selected.getAttribute('data-place'));
    expect(last).toBeGreaterThan(100);
    await expect.poll(() => lines.count()).toBeLessThan(last / 2);
    await press(page, 'Home');
    await expect(lines.first()).toBeFocused();
    await expect(lines.first()).toHaveAttribute('data-place', '0');
    await expect(lines.first()).toBeInViewport();
  });
});

test('hundreds of findings', async ({ inspector: page, shell }, testInfo) => {
  test.skip(shell === 'electron', 'the file dialogues of Electron are native');
  test.slow();
  await openLongRun(page, 'tlsa-mismatch.example', testInfo.outputPath('many.danescope.jsonl'), (recorded) => manyFindings(recorded, FINDINGS));
  const rows = page.getByRole('listbox', { name: `Findings: ${String(FINDINGS)} errors` }).getByRole('option');
  const cards = page.locator('.finding-card');
  await test.step('the overview leads to all of them', async () => {
    await page.getByRole('button', { name: `All ${String(FINDINGS)} findings` }).press('Enter');
    await expect(cards.first()).toHaveAttribute('aria-setsize', String(FINDINGS));
  });
  await test.step('few are drawn; the last is reached by keyboard in the list, and its card comes into sight', async () => {
    expect(await rows.count()).toBeLessThan(80);
    expect(await cards.count()).toBeLessThan(40);
    await rows.first().focus();
    await press(page, 'End');
    await expect(page.locator('[role="option"]:focus')).toHaveAttribute('aria-posinset', String(FINDINGS));
    await expect(page.locator('[role="option"]:focus')).toBeInViewport();
    await expect(cards.and(page.locator('[aria-current="true"]'))).toBeInViewport({ ratio: 1 });
    expect(await axeViolations(page)).toEqual([]);
  });
  await test.step('F8 goes round to the first, Shift+F8 back', async () => {
    for (const [keys, position] of [['F8', 1], ['F8', 2], ['Shift+F8', 1], ['Shift+F8', FINDINGS]] as const) {
      await press(page, keys);
      await expect(cards.and(page.locator('[aria-current="true"]'))).toHaveAttribute('aria-posinset', String(position));
      await expect(cards.and(page.locator('[aria-current="true"]'))).toBeInViewport({ ratio: 1 });
    }
  });
  await test.step('Tab goes from card to card past what was drawn, and the card with the focus stays', async () => {
    await press(page, 'F8');
    await page.locator('.finding-card[aria-current="true"] .subject-link').first().focus();
    const position = async (): Promise<number> => Number(await page.locator('.finding-card:has(:focus)').getAttribute('aria-posinset'));
    for (let tabs = 0, last = 1; tabs < 300 && last < 30; tabs += 1) {
      await press(page, 'Tab');
      const now = await position();
      expect(now - last).toBeGreaterThanOrEqual(0);
      expect(now - last).toBeLessThanOrEqual(1);
      last = now;
    }
    expect(await position()).toBe(30);
    await page.locator('.finding-card:has(:focus)').hover();
    for (let turn = 0; turn < 20; turn += 1) await page.mouse.wheel(0, 3000);
    await expect.poll(() => cards.last().getAttribute('aria-posinset').then(Number)).toBeGreaterThan(60);
    expect(await position()).toBe(30);
  });
  await test.step('a filter finds what was not drawn; the search says how many it left out', async () => {
    await press(page, 'Control+f');
    await page.keyboard.type('mx299.');
    await expect(cards).toHaveCount(1);
    await press(page, 'Control+k');
    await expect(page.getByText(/^The first 60 of \d+: type more to find the others\.$/)).toBeVisible();
  });
});
