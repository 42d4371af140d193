/** Every view is reached by keyboard, shows the run, and gives axe nothing to say, in light and dark. */
import { axeViolations } from './axe.ts';
import { VIEWS, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';

test('good-311.example is authenticated', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await expect(page.getByRole('heading', { level: 2, name: /authenticated/ })).toBeVisible();
  await expect(page).toHaveTitle('good-311.example: authenticated · Danescope');
  const row = page.getByRole('grid', { name: 'Delivery matrix' }).getByRole('row').nth(1);
  await expect(row).toContainText('mx1.good-311.example');
  await expect(row.getByRole('gridcell').last()).toContainText('authenticated');
  await expect(page.getByRole('option', { name: 'good-311 authenticated', exact: true })).toBeVisible();
});

test('each view by its key, and its heart', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('tree', { name: 'Chain' }).getByRole('treeitem').first()).toBeFocused();
  await expect(page.getByRole('tree', { name: 'Chain' })).toContainText('mx1.good-311.example');
  await page.keyboard.press('Control+5');
  await expect(page.getByRole('grid', { name: 'TLSA records' })).toContainText('matches and authenticates');
  await page.keyboard.press('Control+6');
  await expect(page.getByRole('listbox', { name: /^Chain of trust through 3 zones/ })).toContainText('_25._tcp.mx1.good-311.example');
  await page.getByRole('radio', { name: 'Tree' }).check();
  await expect(page.getByRole('tree', { name: 'Chain of trust' })).toContainText('_25._tcp.mx1.good-311.example TLSA');
  await page.keyboard.press('Control+3');
  await expect(page.getByRole('listbox', { name: 'Lines' }).getByRole('option').first()).toBeFocused();
  await expect(page.getByRole('listbox', { name: 'Lines' })).toContainText('EHLO probe.example.org');
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing in the empty window', async ({ inspector: page }) => {
      await expect(page.getByRole('heading', { name: 'Which domain’s mail?' })).toBeVisible();
      expect(await axeViolations(page)).toEqual([]);
    });

    test('axe finds nothing in any view of a run with findings', async ({ inspector: page }) => {
      await run(page, 'dual-key-one-record.example');
      await page.keyboard.press('F8');
      for (const { key, name } of VIEWS) {
        await page.keyboard.press(key);
        await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
        expect(await axeViolations(page), name).toEqual([]);
      }
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      expect(await axeViolations(page), 'Keys').toEqual([]);
    });
  });
}
