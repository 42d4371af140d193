/** Scrollbars that take room from what they scroll. */
import type { Page } from '@playwright/test';
import { press, run, VIEWS } from './inspector.ts';
import { expect, test } from './fixtures.ts';

test.use({ scrollbars: true });

const view = (page: Page): ReturnType<Page['locator']> => page.locator('[data-view="overview"]');

/** px that the scrollbar takes */
const barOf = (page: Page): Promise<number> => view(page).evaluate((element: HTMLElement) => element.offsetWidth - element.clientWidth);

/** What may be wider than its place by its nature. */
const WIDE = '.graph-frame, .tabs, .run-tabs, .terminal-screen, .bytes';

/** what in the window can be scrolled sideways */
const sideways = (page: Page): Promise<string[]> => page.locator('*').evaluateAll((all, wide) => all
  .filter((one) => one.scrollWidth > one.clientWidth && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.closest(wide) === null).map((one) => one.className), WIDE);

async function textAt(page: Page, size: string): Promise<void> {
  await press(page, 'Control+,');
  await page.getByRole('combobox', { name: 'Text size' }).selectOption(`${size} %`);
  await press(page, 'Escape');
}

const edges = (page: Page): Promise<number[]> => page.getByRole('grid', { name: 'Delivery matrix' }).getByRole('columnheader').evaluateAll((cells) => cells.flatMap((cell) => [cell.getBoundingClientRect().left, cell.getBoundingClientRect().right]));

test('the overview in the usual window: all of the matrix is seen, and nothing moves when a scrollbar comes', async ({ inspector: page }) => {
  await run(page, 'two-mx-one-bad.example');
  for (const size of ['80', '100', '110', '125', '150']) {
    await test.step(`text at ${size} %`, async () => {
      await textAt(page, size);
      await page.setViewportSize({ width: 1360, height: 4000 });
      await expect.poll(() => barOf(page)).toBe(0);
      const before = await edges(page);
      await page.setViewportSize({ width: 1360, height: 900 });
      await expect.poll(() => barOf(page)).toBeGreaterThan(5);
      expect(await edges(page)).toEqual(before);
      expect(await sideways(page)).toEqual([]);
    });
  }
});

test('in no view of the usual window anything has to be scrolled sideways', async ({ inspector: page }) => {
  await run(page, 'tlsa-mismatch.example');
  for (const size of ['100', '125', '150']) {
    await textAt(page, size);
    for (const { key, name } of VIEWS) {
      await press(page, key);
      if (name !== 'Console') await press(page, 'ArrowDown', 'Enter');
      if (name === 'Trust') await expect(page.locator('.graph-frame svg')).toBeVisible();
      expect(await sideways(page), `${name} at ${size} %`).toEqual([]);
    }
  }
});
