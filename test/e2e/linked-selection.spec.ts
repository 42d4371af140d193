/** One selection leads every view, without moving the keyboard focus. */
import { field, press, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';

test('a certificate chosen in its view is told in the details, and history goes back; F6 walks the panes', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await test.step('selection and history', async () => {
    await press(page, 'Control+4');
    await press(page, 'Enter');
    const details = page.getByRole('region', { name: 'Details', exact: true });
    await expect(details).toContainText('certificate, depth 0');
    await press(page, 'ArrowDown');
    await expect(details).toContainText('certificate, depth 1');
    await press(page, 'Alt+ArrowLeft');
    await expect(details).toContainText('certificate, depth 0');
    await expect(page.getByRole('treeitem').nth(1)).toBeFocused();
    await press(page, 'Alt+ArrowRight');
    await expect(details).toContainText('certificate, depth 1');
  });
  await test.step('F6 walks the panes', async () => {
    const seen: string[] = [];
    for (let step = 0; step < 8; step += 1) {
      await press(page, 'F6');
      seen.push(await page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane') ?? ''));
    }
    expect(new Set(seen)).toEqual(new Set(['tabs', 'top', 'activity', 'left', 'centre', 'right', 'bottom', 'status']));
  });
});

test('an endpoint chosen in the matrix is seen in the timing at its own connection, and its events are walked without leaving it', async ({ inspector: page }) => {
  await run(page, 'dual-key-one-record.example');
  await press(page, 'Control+1');
  await page.getByRole('row', { name: 'RSA' }).getByRole('rowheader').click();
  await press(page, 'Control+7');
  const current = page.getByRole('grid', { name: 'Timing' }).getByRole('row', { selected: true });
  await expect(current).toContainText('connect');
  await expect(current).toBeInViewport();
  const details = page.getByRole('region', { name: 'Details', exact: true });
  await press(page, 'Control+9');
  await expect(page.getByLabel('Endpoint').last().locator('option:checked')).toHaveText(/RSA$/);
  await page.getByLabel('Endpoint').last().selectOption({ index: 0 });
  await expect(details).toContainText('· ECDSA');
  await press(page, 'Alt+ArrowLeft');
  await expect(details).toContainText('· RSA');
  for (let step = 0; step < 5; step += 1) {
    await press(page, 'Control+.');
    await expect(details).toContainText('· RSA');
  }
});

test('the matrix is walked with arrow keys and says the reason of each cell', async ({ inspector: page }) => {
  await run(page, 'starttls-not-offered.example');
  await press(page, 'Control+1');
  await page.getByRole('grid').getByRole('rowheader').focus();
  for (let step = 0; step < 8; step += 1) await press(page, 'ArrowRight');
  await expect(page.locator('.matrix-reason')).toContainText('not tested: STARTTLS was not offered');
  // Those who listen hear it with the cell.
  await expect(page.locator('.matrix td:focus')).toHaveAccessibleDescription('not tested: STARTTLS was not offered');
  await expect(page.locator('.line-options [aria-selected="true"]')).toBeVisible();
});

test('before a run: a text that is no target is answered in words and stays; the borders between panes move by keyboard', async ({ inspector: page }) => {
  await test.step('no target', async () => {
    await expect(field(page)).toBeFocused();
    await page.keyboard.type('exa..mple');
    await press(page, 'Enter');
    await expect(page.getByRole('alert')).toContainText('Example:');
    await expect(field(page)).toHaveValue('exa..mple');
  });
  await test.step('the borders', async () => {
    const border = page.getByRole('separator', { name: 'Height of the bottom' });
    await border.focus();
    const before = await border.getAttribute('aria-valuenow');
    await press(page, 'ArrowUp');
    await expect(border).not.toHaveAttribute('aria-valuenow', before ?? '');
  });
});
