/** Who is asked for names is the person's choice, and every name server can be asked: both in the settings. */
import { axeViolations } from './axe.ts';
import { field, press, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';

/** the lab's forwarder, which takes signatures out of its answers */
const STRIPPING = '203.0.113.253';

test('a resolver is set, told before the first run, found useless, and changed from there @both', async ({ inspector: page }) => {
  await expect(field(page)).toBeFocused();
  await press(page, 'Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByLabel('Resolver').fill('203.0.113');
  await expect(settings.getByText('This is no address')).toBeVisible();
  await settings.getByLabel('Resolver').fill(STRIPPING);
  await expect(settings.getByText('This is no address')).toBeHidden();
  await expect(settings.getByLabel('Ask every name server')).toBeDisabled();
  expect(await axeViolations(page)).toEqual([]);
  await press(page, 'Escape');
  await expect(page.locator('.manners')).toContainText(`forwarding to ${STRIPPING}, as set`);
  await expect(page.locator('.status-bar')).toContainText(`forwarding to ${STRIPPING}, as set`);
  await run(page, 'good-311.example');
  await expect(page.getByRole('heading', { name: 'our own resolver is unusable' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'How this was checked' })).toContainText(`forwarding to ${STRIPPING}`);
  await page.getByRole('button', { name: 'Change resolver' }).press('Enter');
  await expect(settings.getByLabel('Resolver')).toBeFocused();
  await settings.getByLabel('Resolver').fill('');
  await press(page, 'Escape', 'F5');
  await expect(page.getByRole('heading', { name: 'is authenticated on its MX host' })).toBeVisible();
});

test('every name server is asked: the answers show them side by side', async ({ inspector: page }) => {
  await expect(field(page)).toBeFocused();
  await press(page, 'Control+,');
  await page.getByRole('dialog', { name: 'Settings' }).getByLabel('Ask every name server').check();
  await press(page, 'Escape');
  await run(page, 'good-311.example');
  await press(page, 'Control+8');
  await expect(page.getByRole('grid', { name: 'Questions against the name servers of good-311.example' })).toContainText('mx1.good-311.example');
});
