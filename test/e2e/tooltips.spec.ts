/** Tooltips (WCAG 1.4.13): to the keyboard as to the mouse, under the pointer as long as it is there, closed by Esc alone, over nothing they tell of. */
import type { Locator, Page } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { field, finished, press, run, VIEWS } from './inspector.ts';

const tip = (page: Page): Locator => page.getByRole('tooltip');

async function boxOf(element: Locator): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
  const box = await element.boundingBox();
  if (box === null) throw new Error('it is not drawn');
  return box;
}

/** Beside it, and all of it in the window. */
async function expectBeside(page: Page, element: Locator): Promise<void> {
  await expect(tip(page)).toHaveCount(1);
  const [one, other] = [await boxOf(tip(page)), await boxOf(element)];
  expect(one.x >= other.x + other.width || one.x + one.width <= other.x || one.y >= other.y + other.height || one.y + one.height <= other.y).toBe(true);
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  expect(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height).toBe(true);
}

test('by keyboard: told on focus, described to who listens, closed by Esc and by nothing else that Esc closes', async ({ inspector: page, shell }) => {
  await expect(field(page)).toBeFocused();
  await page.getByRole('toolbar', { name: 'Views' }).getByRole('button', { name: 'Navigator' }).focus();
  await press(page, 'ArrowDown');
  const overview = page.getByRole('toolbar', { name: 'Views' }).getByRole('button', { name: 'Overview' });
  await expect(tip(page)).toHaveText('Overview (Ctrl+1)');
  await expectBeside(page, overview);
  expect(await axeViolations(page)).toEqual([]);
  await press(page, 'Escape');
  await expect(tip(page)).toHaveCount(0);
  await expect(overview).toBeFocused();
  await press(page, 'ArrowDown');
  await expect(tip(page)).toHaveText('Findings (Ctrl+2)');
  await press(page, 'F6');
  await expect(tip(page)).toHaveCount(0);
  if (shell === 'electron') return;
  await test.step('in a menu, which stays', async () => {
    await press(page, 'F10', 'Enter');
    await page.keyboard.type('save the run');
    const save = page.getByRole('menuitem', { name: 'Save the run' });
    await expect(tip(page)).toHaveText('No run to save');
    await expect(save).toHaveAccessibleDescription('No run to save');
    await expectBeside(page, save);
    await press(page, 'Escape');
    await expect(tip(page)).toHaveCount(0);
    await expect(save).toBeFocused();
    await press(page, 'Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  });
});

test('by mouse: a step of the timing and the circumstances; the pointer goes onto it, a press closes it', async ({ inspector: page }) => {
  await run(page, 'tlsa-mismatch.example');
  await press(page, 'Control+7');
  const row = page.getByRole('row', { name: /EHLO/ }).first();
  await row.hover({ position: { x: 60, y: 8 } });
  await expect(tip(page)).toHaveText(/^EHLO: /);
  await expectBeside(page, row);
  await test.step('onto it, where it stays, and away', async () => {
    await tip(page).hover();
    // Longer than it would stay with nobody on it.
    await page.waitForTimeout(700);
    await expect(tip(page)).toHaveText(/^EHLO: /);
    await field(page).hover();
    await expect(tip(page)).toHaveCount(0);
  });
  await test.step('Esc, and it stays away as long as the pointer is there', async () => {
    await row.hover({ position: { x: 60, y: 8 } });
    await expect(tip(page)).toHaveCount(1);
    await press(page, 'Escape');
    await page.mouse.move(...await inside(row, 140));
    await page.waitForTimeout(700);
    await expect(tip(page)).toHaveCount(0);
  });
  await test.step('pressed, it is out of the way', async () => {
    const circumstances = page.getByRole('button', { name: /UTC/ });
    await circumstances.hover();
    await expect(tip(page)).toContainText(/How names are resolved: .*\nTrust anchors, and since when: .*\nWhen the run began/);
    await expectBeside(page, circumstances);
    await circumstances.click();
    await expect(tip(page)).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'How this was checked' })).toBeVisible();
  });
});

async function inside(element: Locator, x: number): Promise<[number, number]> {
  const box = await boxOf(element);
  return [box.x + x, box.y + 9];
}

test('Esc with a tooltip does not stop the run', async ({ inspector: page }) => {
  await page.getByRole('checkbox', { name: /^Step/ }).check();
  await field(page).fill('good-311.example');
  await press(page, 'Enter');
  await expect(page.getByRole('button', { name: /^Send/ })).toBeVisible();
  await page.getByRole('toolbar', { name: 'Views' }).getByRole('button', { name: 'Trust' }).focus();
  await press(page, 'ArrowDown');
  await expect(tip(page)).toHaveText(/^Timing/);
  await press(page, 'Escape');
  await expect(page.getByRole('button', { name: /^Send/ })).toBeVisible();
  await press(page, 'Escape');
  await finished(page);
  await expect(page.locator('.status-bar')).toContainText('stopped');
});

test('it goes with what it told of; words that stand there whole are not said again', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await page.getByRole('tablist', { name: 'Runs' }).getByRole('tab').hover();
  await page.waitForTimeout(700);
  await expect(tip(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Hide: bottom' }).hover();
  await expect(tip(page)).toHaveText('Hide: bottom');
  await press(page, 'Control+j');
  await page.evaluate(() => { document.querySelector('[aria-label="Hide: bottom"]')?.remove(); });
  await expect(tip(page)).toHaveCount(0);
});

test('no part of the window speaks to the mouse alone: no title in any view, dialog or menu', async ({ inspector: page, shell }) => {
  const titled = (): Promise<string[]> => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('[title]:not(iframe)')].filter((one) => one instanceof HTMLElement).map((one) => one.outerHTML.slice(0, 120)));
  await run(page, 'dual-key-one-record.example');
  await press(page, 'F8');
  for (const { key } of [...VIEWS, { key: 'Control+3' }, { key: 'Control+e' }]) {
    await press(page, key);
    expect(await titled()).toEqual([]);
  }
  for (const key of ['F1', 'Control+k', 'Control+,', '?', ...(shell === 'electron' ? [] : ['F10'])]) {
    await press(page, 'Control+1', key);
    if (key === 'F10') await press(page, 'Enter');
    expect(await titled()).toEqual([]);
    await press(page, 'Escape');
  }
});
