/** Scrollbars that take room from what they scroll. */
import type { Page } from '@playwright/test';
import { press, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';

test.use({ scrollbars: true });

const view = (page: Page): ReturnType<Page['locator']> => page.locator('[data-view="overview"]');

/** px that the scrollbar takes */
const barOf = (page: Page): Promise<number> => view(page).evaluate((element: HTMLElement) => element.offsetWidth - element.clientWidth);

/** what in the view can be scrolled sideways */
const sideways = (page: Page): Promise<string[]> => view(page).evaluate((element) => [element, ...element.querySelectorAll('*')]
  .filter((one) => one.scrollWidth > one.clientWidth && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX)).map((one) => one.className));

const edges = (page: Page): Promise<number[]> => page.getByRole('grid', { name: 'Delivery matrix' }).getByRole('columnheader').evaluateAll((cells) => cells.flatMap((cell) => [cell.getBoundingClientRect().left, cell.getBoundingClientRect().right]));

test('the overview in the usual window: all of the matrix is seen, and nothing moves when a scrollbar comes', async ({ inspector: page }) => {
  await run(page, 'two-mx-one-bad.example');
  for (const size of ['80', '100', '110', '125', '150']) {
    await test.step(`text at ${size} %`, async () => {
      await press(page, 'Control+,');
      await page.getByRole('combobox', { name: 'Text size' }).selectOption(`${size} %`);
      await press(page, 'Escape');
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
