/** From the empty window to the reason and the copied fix in at most four actions. */
import { clipboard, field, finished, press } from './inspector.ts';
import { expect, test } from './fixtures.ts';

const FIX = /^_25\._tcp\.mx1\.tlsa-mismatch\.example\. 3600 IN TLSA 3 1 1 [0-9a-f]{64}$/;

test('by keyboard, told before what will be contacted: type and Enter, F8, Ctrl+Shift+C', { tag: '@both' }, async ({ inspector: page }) => {
  await expect(page.getByText('they see the name')).toContainText('probe.example.org');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('tlsa-mismatch.example');
  await press(page, 'Enter');
  await finished(page);
  await press(page, 'F8');
  await expect(page.getByRole('article')).toContainText('does not match the chain');
  await expect(field(page)).toBeFocused();
  await expect(page.locator('.line-options [aria-selected="true"]')).toContainText(/^Certificate, \d+ octets/);
  await expect(page.getByRole('region', { name: 'Bytes of the selected line' })).toContainText('0b 00');
  await expect(page.locator('.evidence')).toContainText('192.0.2.25 ECDSA');
  for (const place of ['certificate at depth 0', 'TLSA record 1']) await expect(page.locator('.evidence').getByRole('button', { name: place, exact: true })).toBeVisible();
  await press(page, 'Control+Shift+C');
  await expect(page.locator('.status-bar')).toContainText('Copied the fix');
  expect(await clipboard(page)).toMatch(FIX);
});

test('by mouse: the scene, the fix, copy', { tag: '@both' }, async ({ inspector: page }) => {
  await page.getByRole('option', { name: 'tlsa-mismatch' }).click();
  await finished(page);
  await page.getByRole('button', { name: 'Show the fix' }).click();
  await expect(page.getByRole('article')).toContainText('does not match the chain');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Copied', exact: true })).toBeVisible();
  expect(await clipboard(page)).toMatch(FIX);
});
