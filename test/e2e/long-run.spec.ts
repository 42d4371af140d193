/** A run with hundreds of rows: only those in sight are in the document, and the keyboard, the filter and axe notice nothing of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { asLongRun } from '../../bench/long-run.ts';
import { readRunFile, writeRunFile } from '../../core/inspection/run-file.ts';
import { axeViolations } from './axe.ts';
import { press, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';

/** As many hosts and addresses as an inspection takes. */
const ADDRESSES = 20 * 16;

async function openLongRun(page: Page, file: string): Promise<void> {
  await run(page, 'dual-key-one-record.example');
  const waiting = page.waitForEvent('download');
  await press(page, 'Control+s');
  const read = readRunFile(readFileSync(await (await waiting).path(), 'utf8'));
  if (!read.ok) throw new Error(read.failure.text);
  writeFileSync(file, writeRunFile(asLongRun(read.value, 10_000)));
  const chooser = page.waitForEvent('filechooser');
  await press(page, 'Control+o');
  await (await chooser).setFiles(file);
  await expect(page.locator('.headline-circumstances')).toContainText(/\d{5} events/);
}

const countOf = async (grid: Locator): Promise<number> => Number(await grid.getAttribute('aria-rowcount'));
const drawn = (grid: Locator): Locator => grid.locator('tr[aria-rowindex]');
/** `aria-rowindex` of the row with the focus */
const focusedRow = (page: Page): Locator => page.locator('tr[aria-rowindex]:has(:focus)');

test('hundreds of rows', async ({ inspector: page, shell }, testInfo) => {
  test.skip(shell === 'electron', 'the file dialogues of Electron are native');
  test.slow();
  await openLongRun(page, testInfo.outputPath('long.danescope.jsonl'));
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
});
