/** The report view: what is shown, what goes, what is saved. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { expect, NO_TRACE, test } from './fixtures.ts';
import { press, previewWhole, run } from './inspector.ts';

// A trace puts a script of its own into every frame; the sandbox blocks it, and the console says so as it would of a script in a report.
test.use(NO_TRACE);

const preview = (page: Page) => page.frameLocator('iframe[title="Preview of the report"]');

async function openReport(page: Page): Promise<void> {
  await run(page, 'anna@tlsa-mismatch.example');
  await press(page, 'Control+e');
  await expect(preview(page).getByRole('heading', { name: 'Chain of trust' })).toBeVisible();
  await previewWhole(page);
}

async function savedText(page: Page, button: string, encoding: BufferEncoding = 'latin1'): Promise<{ readonly name: string; readonly text: string }> {
  const download = page.waitForEvent('download', { timeout: 50_000 });
  await page.getByRole('button', { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), encoding) };
}

test('the report is seen before it is saved, with its own style and without scripts', async ({ inspector: page }) => {
  await openReport(page);
  await expect(page.locator('iframe')).toHaveAttribute('sandbox', 'allow-same-origin');
  // The style sheet is let in by its hash: without it a table has no lines.
  await expect(preview(page).locator('thead th').first()).toHaveCSS('border-top-style', 'solid');
  await expect(preview(page).getByRole('heading', { level: 1 })).toHaveText('redacted-user@tlsa-mismatch.example');
  expect(await axeViolations(page)).toEqual([]);
});

test('what goes is listed, and stays where the reader says so', async ({ inspector: page }) => {
  await openReport(page);
  const group = page.getByRole('group', { name: 'Left out' });
  await expect(group.getByText('probe.example.org')).toBeVisible();
  await group.getByRole('checkbox', { name: 'User names in mail addresses' }).uncheck();
  await expect(preview(page).getByRole('heading', { level: 1 })).toHaveText('anna@tlsa-mismatch.example');
  await page.getByRole('checkbox', { name: 'Timing' }).uncheck();
  await expect(preview(page).getByRole('heading', { name: 'Timing' })).toHaveCount(0);
});

const circumstances = (page: Page) => preview(page).getByRole('heading', { name: 'Circumstances' });

test('links in the preview lead to their place, and keys are heard from it as from any pane', { tag: '@both' }, async ({ inspector: page }) => {
  await openReport(page);
  await preview(page).getByRole('link', { name: 'Circumstances' }).click();
  await expect(circumstances(page)).toBeInViewport();
  await preview(page).getByRole('link', { name: 'certificate at depth 0' }).first().click();
  await expect(preview(page).getByRole('heading', { name: 'Certificates as presented' })).toBeVisible();
  await expect(preview(page).locator('article.certificate:target')).toBeInViewport();
  await press(page, 'Control+1');
  await expect(page.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true');
});

test('another choice leaves the reader where they were', async ({ inspector: page }) => {
  await openReport(page);
  await preview(page).getByRole('link', { name: 'Circumstances' }).click();
  await expect(circumstances(page)).toBeInViewport();
  const seen = preview(page).locator('#circumstances dt').first();
  const top = async (): Promise<number> => (await seen.boundingBox())?.y ?? -1;
  const before = await top();
  const moved = async (): Promise<number> => Math.abs(await top() - before);
  await page.getByRole('checkbox', { name: 'User names in mail addresses' }).uncheck();
  await expect(preview(page).getByText('anna@tlsa-mismatch.example').last()).toBeVisible();
  await expect.poll(moved).toBeLessThan(2);
  await page.getByRole('checkbox', { name: 'Timing' }).uncheck();
  await expect(preview(page).getByRole('heading', { name: 'Timing' })).toHaveCount(0);
  await expect.poll(moved).toBeLessThan(2);
});

test('the preview, which comes piece by piece, holds what the file holds', async ({ inspector: page, shell }) => {
  test.skip(shell === 'electron', 'the dialogue of the system saves there');
  await openReport(page);
  const { text } = await savedText(page, 'Save as HTML', 'utf8');
  const [shown, inFile] = await page.evaluate((html) => {
    const frame = document.querySelector<HTMLIFrameElement>('.report-frames iframe');
    return [frame?.contentDocument?.documentElement.outerHTML, new DOMParser().parseFromString(html, 'text/html').documentElement.outerHTML];
  }, text);
  expect(shown?.length).toBeGreaterThan(10_000);
  expect(shown?.replaceAll(/\s+/g, ' ')).toBe(inFile?.replaceAll(/\s+/g, ' '));
});

test('every format is saved; nothing of what goes is in it', async ({ inspector: page, shell }) => {
  test.skip(shell === 'electron', 'the dialogue of the system saves there');
  await openReport(page);
  for (const [format, ending, start] of [['HTML', '.html', '<!DOCTYPE html>'], ['Markdown', '.md', '# redacted-user'], ['Text', '.txt', ''], ['JSON', '.json', '{'], ['Run file', '.danescope.jsonl', '{"format":"danescope-run"']] as const) {
    await page.getByRole('radio', { name: format, exact: false }).first().check();
    const { name, text } = await savedText(page, `Save as ${format}`);
    expect(name).toMatch(/^redacted-user-tlsa-mismatch\.example \d{4}-\d\d-\d\d \d{4}Z\./);
    expect(name.endsWith(ending)).toBe(true);
    expect(text.startsWith(start)).toBe(true);
    expect(text).not.toMatch(/anna@|probe\.example\.org/);
  }
  await page.getByRole('radio', { name: 'PDF' }).check();
  expect((await savedText(page, 'Save as PDF')).text.slice(0, 5)).toBe('%PDF-');
});
