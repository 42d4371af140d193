/** Step mode: each command waits, and is sent, edited, left out, or the run is stopped. */
import type { Page } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { field, finished, press } from './inspector.ts';
import { expect, test } from './fixtures.ts';

/** px: where the window scrolls as a whole */
const NARROW = [320, 480, 700] as const;

const strip = (page: Page) => page.getByRole('region', { name: 'Step mode' });

async function begin(page: Page, target: string): Promise<void> {
  await expect(field(page)).toBeFocused();
  await press(page, 'F9');
  await page.keyboard.type(target);
  await press(page, 'Enter');
  await expect(strip(page)).toContainText('EHLO probe.example.org');
}

test.slow();

test('by keyboard: sent, edited, and the run says so', async ({ inspector: page }) => {
  await begin(page, 'good-311.example');
  await expect(page.locator('.status-bar')).toContainText('Waiting for you before EHLO');
  expect(await axeViolations(page)).toEqual([]);
  await press(page, 'Control+Enter');
  await expect(strip(page)).toContainText('STARTTLS');
  await press(page, 'Control+Enter');
  await expect(strip(page)).toContainText('inside TLS');
  await strip(page).getByRole('button', { name: 'Send' }).focus();
  await press(page, 'e');
  const editor = strip(page).getByRole('textbox');
  await expect(editor).toBeFocused();
  await press(page, 'Control+a');
  await page.keyboard.type('DATA');
  await press(page, 'Enter');
  await expect(strip(page).getByRole('alert')).toContainText('DATA is for the console');
  expect(await axeViolations(page)).toEqual([]);
  await press(page, 'Control+a');
  await page.keyboard.type('EHLO other.example');
  await press(page, 'Enter');
  await expect(strip(page)).toContainText('QUIT');
  await press(page, 'F9');
  await finished(page);
  await expect(page.getByRole('heading', { name: /edited by hand/ })).toBeVisible();
  await expect(page.locator('.status-bar')).toContainText('edited by hand');
  await expect(strip(page)).toHaveCount(0);
});

test('by keyboard: left out, then stopped', async ({ inspector: page }) => {
  await begin(page, 'good-311.example');
  await strip(page).getByRole('button', { name: 'Send' }).focus();
  await press(page, 's');
  await expect(strip(page)).toContainText('STARTTLS');
  await press(page, 'Escape');
  await finished(page);
  await expect(page.getByRole('heading', { name: /Stopped/ })).toBeVisible();
  await expect(page.locator('[data-view="overview"]'), 'the buttons have gone, and the keyboard is in the view').toBeFocused();
});

test('by mouse: switched on beside Run, off while a command waits', async ({ inspector: page }) => {
  await page.getByRole('checkbox', { name: /pause before each command/ }).check();
  await field(page).fill('good-311.example');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(strip(page)).toContainText('EHLO probe.example.org');
  await strip(page).getByRole('button', { name: 'Send' }).click();
  await expect(strip(page)).toContainText('STARTTLS');
  await page.getByRole('checkbox', { name: /pause before each command/ }).uncheck();
  await finished(page);
  await expect(page.getByRole('heading', { name: /is authenticated/ })).toBeVisible();
  await expect(page.locator('.status-bar')).not.toContainText('edited by hand');
});

test('in a narrow window it stays in sight, wherever the window is scrolled to, while a command waits', async ({ inspector: page }) => {
  await begin(page, 'good-311.example');
  const inSight = (): Promise<boolean> => strip(page).evaluate((element) => {
    const { left, top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight && [top + 3, bottom - 3].every((y) => element.contains(document.elementFromPoint(left + 20, y)));
  });
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 700 });
    await expect(page.locator('.workbench.narrow')).toBeVisible();
    await strip(page).getByRole('button', { name: 'Send' }).focus();
    await page.locator('.workbench').evaluate((element) => element.scrollTo(0, element.scrollHeight));
    expect(await inSight(), `${String(width)} px, at the end`).toBe(true);
    await page.getByRole('tab', { name: 'Trust' }).focus();
    const covered = await page.getByRole('tab', { name: 'Trust' }).evaluate((element) => (document.querySelector('.step-strip')?.getBoundingClientRect().bottom ?? 0) > element.getBoundingClientRect().top);
    expect(covered, `${String(width)} px: what has the focus is not below the strip (WCAG 2.4.11)`).toBe(false);
  }
  await press(page, 'Control+Enter');
  await expect(strip(page)).toContainText('STARTTLS');
});
