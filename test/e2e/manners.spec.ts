/** What the window keeps, and how its tree and theme obey. */
import { networkInterfaces } from 'node:os';
import { field, press, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';

test('the theme chosen survives a reload, in a session of its own', async ({ inspector: page }) => {
  await expect(field(page)).toBeFocused();
  await press(page, 'Control+,');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(field(page)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test.describe('on the Internet', () => {
  test.use({ lab: false });

  test('before the first run, the address that servers will see, or that there is none', { tag: '@both' }, async ({ inspector: page }) => {
    await expect(page.getByText('they see the name')).toBeVisible();
    const told = /and the address ([0-9a-f.:, ]+), or that of a translator/.exec((await page.getByText('they see the name').textContent()) ?? '')?.[1]?.split(', ') ?? [];
    const own = new Set(Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []).filter(({ internal }) => !internal).map(({ address }) => address));
    expect(told.filter((address) => !own.has(address))).toEqual([]);
    if (told.length === 0) await expect(page.getByText('No network.')).toBeVisible();
    await expect(page.locator('.manners')).toContainText('asked two root servers whether they answer here');
    await expect(page.locator('.status-bar')).toContainText('Ready');
  });
});

test('the tree of trust opens, closes and climbs by keyboard', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await press(page, 'Control+6');
  const keys = page.getByRole('treeitem', { name: /keys DNSKEY/ }).first();
  await keys.focus();
  await expect(keys).toHaveAttribute('aria-expanded', 'false');
  await press(page, 'ArrowRight');
  await expect(keys).toHaveAttribute('aria-expanded', 'true');
  await press(page, 'ArrowRight');
  await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText(/DNSKEY|DS/);
  await press(page, 'ArrowLeft');
  await expect(keys).toBeFocused();
  await press(page, 'ArrowLeft');
  await expect(keys).toHaveAttribute('aria-expanded', 'false');
});

test('an empty window by keyboard', async ({ inspector: page }) => {
  await test.step('the list of keys is found, and left where the reader was', async () => {
    await expect(field(page)).toBeFocused();
    await press(page, 'F1');
    await page.keyboard.type('list and change keys');
    await press(page, 'Enter');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Copy the fix');
    await press(page, 'Escape');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
    await expect(field(page)).toBeFocused();
  });
  await test.step('a scene: F6 to the list, down, Enter', async () => {
    await expect(field(page)).toBeFocused();
    await press(page, 'F6');
    await press(page, 'F6');
    await expect(page.getByRole('option', { name: 'good-311', exact: true })).toBeFocused();
    await press(page, 'ArrowDown');
    await press(page, 'Enter');
    await expect(page.getByRole('option', { name: 'good-211 authenticated' })).toHaveAttribute('aria-selected', 'true');
  });
});
