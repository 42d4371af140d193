/** The evidence views: certificates in full, records that would match, findings for a ticket, name servers against questions. */
import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { axeViolations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { clipboard, inLightAndDark, press, run } from './inspector.ts';

test('a refusal: axe finds nothing in certificates, TLSA and findings; by keyboard from the finding to its evidence, and as Markdown to the clipboard', async ({ inspector: page }) => {
  await run(page, 'tlsa-mismatch.example');
  await inLightAndDark(page, async () => {
    for (const key of ['Control+4', 'Control+5', 'Control+2']) {
      await press(page, key);
      expect(await axeViolations(page)).toEqual([]);
    }
  });
  await press(page, 'Control+2');
  await press(page, 'Control+f');
  await page.keyboard.type('nothing like this');
  await expect(page.getByText('Nothing of that name.')).toBeVisible();
  await press(page, 'Control+a');
  await page.keyboard.type('mismatch');
  await expect(page.getByRole('heading', { name: /^Errors/ })).toBeVisible();
  await page.getByRole('button', { name: 'Copy for a ticket: tlsa-mismatch' }).focus();
  await press(page, 'Enter');
  expect(await clipboard(page)).toMatch(/^## error: tlsa-mismatch[\s\S]*Fix: [\s\S]*IN TLSA 3 1 1/);
  await page.getByRole('button', { name: /lookup of _25/ }).focus();
  await press(page, 'Enter');
  await expect(page.getByRole('tab', { name: 'Answers' })).toHaveAttribute('aria-selected', 'true');
});

test('by mouse: a certificate in full, its path, and its PEM as a file', async ({ inspector: page, shell }) => {
  await run(page, 'good-211.example');
  await page.getByRole('tab', { name: 'Certificates' }).click();
  await page.getByRole('treeitem').nth(1).click();
  const facts = page.locator('.certificate-facts');
  await expect(facts).toContainText('keyCertSign');
  await expect(facts).toContainText('SPKI SHA2-256 (1 1)');
  await expect(page.locator('.paths')).toContainText(/Path 1\s*used.*which TLSA record 1 names/);
  await facts.getByRole('button', { name: 'Copy PEM' }).click();
  expect(new X509Certificate(await clipboard(page)).subject).toContain('Practice Lab Mail CA');
  if (shell !== 'browser') return;
  const download = page.waitForEvent('download');
  await facts.getByRole('button', { name: 'Save chain as PEM' }).click();
  expect(readFileSync(await (await download).path(), 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
});

test('a record that would match is copied for each key type', async ({ inspector: page }) => {
  await run(page, 'dual-key-one-record.example');
  await press(page, 'Control+5');
  await page.getByRole('button', { name: /192\.0\.2\.\d+ RSA/ }).click();
  await page.getByRole('button', { name: 'Copy record 3 1 1 for depth 0' }).click();
  expect(await clipboard(page)).toMatch(/^_25\._tcp\.mx1\.dual-key-one-record\.example\. IN TLSA 3 1 1 [0-9a-f]{64}$/);
  await page.getByRole('button', { name: /192\.0\.2\.\d+ ECDSA/ }).click();
  await expect(page.locator('.copy-records')).toContainText(['authenticated', 'published']);
});

test('where every server was asked, the one that differs is marked', async ({ inspector: page }) => {
  await run(page, 'servers-differ.example');
  await press(page, 'Control+8');
  const matrix = page.getByRole('grid', { name: /^Questions against the name servers of servers-differ/ });
  await expect(matrix.getByRole('row').filter({ hasText: 'TLSA' })).toContainText('differs');
  await matrix.getByRole('gridcell', { name: /differs/ }).click();
  await expect(page.locator('.server-matrix .matrix-reason')).toContainText('serial');
  expect(await axeViolations(page)).toEqual([]);
});

test('a change of keys under way is told as safe', async ({ inspector: page }) => {
  await run(page, 'good-current-next.example');
  await expect(page.locator('.notices')).toContainText('rollover under way, safe');
});
