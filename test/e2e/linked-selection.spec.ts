/** One selection leads every view, without moving the keyboard focus. */
import { field, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';

test('a certificate chosen in its view is told in the details, and history goes back', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await page.keyboard.press('Control+4');
  await page.keyboard.press('Enter');
  const details = page.getByRole('region', { name: 'Details', exact: true });
  await expect(details).toContainText('certificate, depth 0');
  await page.keyboard.press('ArrowDown');
  await expect(details).toContainText('certificate, depth 1');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(details).toContainText('certificate, depth 0');
  await expect(page.getByRole('treeitem').nth(1)).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(details).toContainText('certificate, depth 1');
});

test('Ctrl+Down walks the dialogue from anywhere and shows the bytes', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Control+ArrowDown');
  await expect(field(page)).toBeFocused();
  await expect(page.locator('.line-options [aria-selected="true"]')).toContainText('EHLO probe.example.org');
  await expect(page.getByRole('region', { name: 'Bytes of the selected line' })).toContainText('45 48 4c 4f 20');
});

test('the matrix is walked with arrow keys and says the reason of each cell', async ({ inspector: page }) => {
  await run(page, 'starttls-not-offered.example');
  await page.keyboard.press('Control+1');
  await page.getByRole('grid').getByRole('rowheader').focus();
  for (let step = 0; step < 8; step += 1) await page.keyboard.press('ArrowRight');
  await expect(page.locator('.matrix-reason')).toContainText('not tested: STARTTLS was not offered');
  await expect(page.locator('.line-options [aria-selected="true"]')).toBeVisible();
});

test('F6 walks the panes', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  const seen: string[] = [];
  for (let step = 0; step < 8; step += 1) {
    await page.keyboard.press('F6');
    seen.push(await page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane') ?? ''));
  }
  expect(new Set(seen)).toEqual(new Set(['tabs', 'top', 'activity', 'left', 'centre', 'right', 'bottom', 'status']));
});

test('the borders between panes move by keyboard', async ({ inspector: page }) => {
  const border = page.getByRole('separator', { name: 'Height of the bottom' });
  await border.focus();
  const before = await border.getAttribute('aria-valuenow');
  await page.keyboard.press('ArrowUp');
  await expect(border).not.toHaveAttribute('aria-valuenow', before ?? '');
});

test('a text that is no target is answered in words and stays', async ({ inspector: page }) => {
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('exa..mple');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Example:');
  await expect(field(page)).toHaveValue('exa..mple');
});
