/** The window itself: tabs, areas, keys, themes, search, what is kept. By keyboard and by mouse. */
import type { Page } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { clipboard, field, finished, press, run, VIEWS } from './inspector.ts';
import { expect, test } from './fixtures.ts';

const runTabs = (page: Page) => page.getByRole('tablist', { name: 'Runs' }).getByRole('tab');
const area = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('by keyboard: two runs in two tabs, each with its own selection; one closed and had back', async ({ inspector: page }) => {
  await run(page, 'tlsa-mismatch.example');
  await press(page, 'F8');
  await press(page, 'Alt+t');
  await expect(field(page)).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Which domain’s mail?' })).toBeVisible();
  await run(page, 'good-311.example');
  await expect(runTabs(page)).toHaveText([/tlsa-mismatch\.example/, /good-311\.example/]);
  await expect(page.getByRole('tab', { name: 'authenticated good-311.example' })).toHaveAttribute('aria-selected', 'true');
  await press(page, 'Alt+PageUp');
  await expect(field(page)).toHaveValue('tlsa-mismatch.example');
  await expect(page.getByRole('article')).toContainText('does not match the chain');
  await press(page, 'Control+PageDown');
  await expect(page.getByRole('heading', { level: 2, name: /authenticated/ })).toBeVisible();
  await press(page, 'Alt+w');
  await expect(runTabs(page)).toHaveText([/tlsa-mismatch\.example/]);
  await press(page, 'Alt+Shift+t');
  await expect(page.getByRole('heading', { level: 2, name: /good-311\.example is authenticated/ })).toBeVisible();
});

test('by keyboard: a view to the right side, the side hidden and shown, kept over a reload, and reset', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await press(page, 'Control+4');
  await page.getByRole('tab', { name: 'Certificates' }).focus();
  await press(page, 'Shift+F10');
  await page.keyboard.type('move to: right');
  await press(page, 'Enter');
  await expect(area(page, 'Right side').getByRole('tab', { name: 'Certificates' })).toHaveAttribute('aria-selected', 'true');
  await press(page, 'Control+5');
  await expect(area(page, 'Centre').getByRole('grid', { name: 'TLSA records' })).toBeVisible();
  await expect(area(page, 'Right side').getByRole('tree', { name: 'Chain' })).toBeVisible();
  await press(page, 'Control+b');
  await expect(area(page, 'Left side')).toBeHidden();
  await page.reload();
  await expect(area(page, 'Right side').getByRole('tab', { name: 'Certificates' })).toBeVisible();
  await expect(area(page, 'Left side')).toBeHidden();
  await press(page, 'F1');
  await page.keyboard.type('reset layout');
  await press(page, 'Enter');
  await expect(area(page, 'Left side')).toBeVisible();
  await expect(area(page, 'Centre').getByRole('tab', { name: 'Certificates' })).toBeVisible();
});

test('by mouse: the activity bar, a tab dragged, a tab of runs', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await test.step('the activity bar shows what is open, opens, and hides a side', async () => {
    const bar = page.getByRole('toolbar', { name: 'Views' });
    await expect(bar.getByRole('button', { name: 'Overview' })).toHaveAttribute('aria-pressed', 'true');
    await bar.getByRole('button', { name: 'Trust' }).click();
    await expect(page.getByRole('tab', { name: 'Trust' })).toHaveAttribute('aria-selected', 'true');
    await bar.getByRole('button', { name: 'Details' }).click();
    await expect(area(page, 'Right side')).toBeHidden();
    await bar.getByRole('button', { name: 'Details' }).click();
    await expect(area(page, 'Right side')).toBeVisible();
    await bar.getByRole('button', { name: 'Navigator' }).focus();
    await press(page, 'ArrowDown');
    await expect(bar.getByRole('button', { name: 'Overview' })).toBeFocused();
    await expect(page.getByRole('tooltip')).toHaveText('Overview (Ctrl+1)');
  });
  await test.step('a tab dragged to an area that is hidden', async () => {
    await page.getByRole('button', { name: 'Hide: bottom' }).focus();
    await press(page, 'Enter');
    await expect(area(page, 'Bottom')).toBeHidden();
    await expect(page.locator('[data-pane="centre"] :focus'), 'the button has gone, and the keyboard is in the centre').toHaveCount(1);
    const tab = page.getByRole('tab', { name: 'Timing' });
    await tab.hover();
    await page.mouse.down();
    await page.mouse.move(600, 400, { steps: 4 });
    const zone = await page.locator('[data-drop="bottom"]').boundingBox();
    if (zone === null) throw new Error('no place to drop');
    await page.mouse.move(zone.x + zone.width / 2, zone.y + zone.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect(area(page, 'Bottom').getByRole('tab', { name: 'Timing' })).toHaveAttribute('aria-selected', 'true');
    await expect(area(page, 'Bottom').getByRole('heading', { name: /Timing|Waterfall|Time/ }).first()).toBeVisible();
  });
  await test.step('a new tab, renamed by its menu, closed by its cross', async () => {
    await page.getByRole('button', { name: 'New tab' }).click();
    await expect(runTabs(page)).toHaveCount(2);
    await page.getByRole('tab', { name: 'good-311.example' }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Rename the tab' }).click();
    await page.getByRole('dialog', { name: 'Rename the tab' }).getByRole('textbox').fill('Mine');
    await press(page, 'Enter');
    await expect(runTabs(page).first()).toHaveText(/Mine/);
    await page.locator('.run-tab.selected .run-tab-close').click();
    await expect(runTabs(page)).toHaveText(['New tab']);
  });
});

test('menus: F10, arrows, Enter; what cannot be done says why', async ({ inspector: page, shell }) => {
  test.skip(shell === 'electron', 'the window has a menu of its own there');
  await expect(field(page)).toBeFocused();
  await press(page, 'F10');
  await press(page, 'Enter');
  const menu = page.getByRole('menu', { name: 'Run' });
  await expect(menu.getByRole('menuitem', { name: 'Save the run' })).toHaveAttribute('aria-disabled', 'true');
  await expect(menu.getByRole('menuitem', { name: 'Save the run' })).toHaveAccessibleDescription('No run to save');
  await page.emulateMedia({ forcedColors: 'active' });
  await expect(menu.locator(':focus'), 'grounds are the system’s: the outline says which it is').toHaveCSS('outline-style', 'solid');
  await page.emulateMedia({ forcedColors: 'none' });
  await page.keyboard.type('save the run');
  await expect(page.getByRole('tooltip')).toHaveText('No run to save');
  expect(await axeViolations(page)).toEqual([]);
  await press(page, 'ArrowRight');
  await page.keyboard.type('trust');
  await press(page, 'Enter');
  await expect(page.getByRole('tab', { name: 'Trust' })).toHaveAttribute('aria-selected', 'true');
});

test('a key is changed by pressing it, its holder is named, and it is given back', async ({ inspector: page }) => {
  await run(page, 'tlsa-mismatch.example');
  await press(page, 'F1');
  await page.keyboard.type('change keys');
  await press(page, 'Enter');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.getByRole('textbox', { name: 'Filter commands' }).fill('next finding');
  await keys.getByRole('button', { name: 'Change the key of: Next finding' }).click();
  await press(page, 'F5');
  await expect(keys).toContainText('It belongs to: Run again.');
  await press(page, 'F4');
  await expect(keys).toContainText('It is free');
  await press(page, 'Enter');
  await keys.getByRole('textbox', { name: 'Filter commands' }).fill('search all');
  await keys.getByRole('button', { name: 'Change the key of: Search all of the run' }).click();
  await press(page, 'Control+Shift+K', 'Enter');
  await keys.getByRole('textbox', { name: 'Filter commands' }).fill('new tab');
  await keys.getByRole('button', { name: 'Change the key of: New tab' }).click();
  await press(page, 'F7', 'Enter');
  expect(await axeViolations(page)).toEqual([]);
  await press(page, 'Escape');
  const search = page.getByRole('button', { name: 'Search', exact: true });
  await expect(search, 'what the window says of the key').toHaveText('Search Ctrl+Shift+K');
  await expect(search).toHaveAttribute('aria-keyshortcuts', 'Control+Shift+K');
  await page.getByRole('button', { name: 'New tab' }).hover();
  await expect(page.getByRole('tooltip')).toHaveText('New tab (F7)');
  await press(page, 'F8');
  await expect(page.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true');
  await press(page, 'F4');
  await expect(page.getByRole('article')).toContainText('does not match the chain');
  await press(page, 'Control+1');
  await press(page, '?');
  await keys.getByRole('checkbox').uncheck();
  await keys.getByRole('button', { name: 'Reset all keys' }).click();
  await press(page, 'Escape');
  await expect(search).toHaveText('Search Ctrl+K');
  await press(page, '?');
  await expect(keys).toBeHidden();
  await press(page, 'F8');
  await expect(page.getByRole('article')).toContainText('does not match the chain');
});

test('what leads to a subject', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await test.step('Ctrl+K: a line of the dialogue, by a few letters', async () => {
    await press(page, 'Control+k');
    await page.keyboard.type('received 250-starttls');
    expect(await axeViolations(page)).toEqual([]);
    await press(page, 'Enter');
    await expect(page.locator('.line-options [aria-selected="true"]')).toContainText('250-STARTTLS');
    await press(page, 'Control+k');
    await page.keyboard.type('tlsa record 3 1 1');
    await press(page, 'Enter');
    await expect(page.getByRole('tab', { name: 'TLSA' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('record 1 of 1');
  });
  await test.step('a link to a subject selects it', async () => {
    await press(page, 'Control+4');
    await press(page, 'Enter');
    await press(page, 'F1');
    await page.keyboard.type('copy link');
    await press(page, 'Enter');
    await expect(page.locator('.status-bar')).toContainText('Copied the link');
    const link = await clipboard(page);
    expect(link).toMatch(/#subject=cert%3A[0-9a-f]+$/);
    await press(page, 'ArrowDown');
    await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('certificate, depth 1');
    await page.evaluate((address) => {
      location.href = address;
    }, link);
    await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('certificate, depth 0');
  });
});

test('a link to a subject that this run has not is told, selects nothing, and leads there once a run has it', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await press(page, 'Control+1', 'Control+ArrowDown', 'Control+ArrowDown');
  const selected = page.locator('.line-options [aria-selected="true"]');
  await expect(selected).toHaveCount(1);
  const line = await selected.textContent();
  const link = (subject: string): Promise<void> => page.evaluate((hash) => {
    location.hash = hash;
  }, `#subject=${encodeURIComponent(subject)}`);
  const told = page.locator('.status-message');
  await link('domain:tlsa-mismatch.example');
  await expect(told).toHaveText('This run has nothing of the subject in the address; a run that has is led to it');
  await expect(selected).toHaveText(line ?? '');
  await test.step('not of what names no kind of subject', async () => {
    await press(page, 'Control+b', 'Control+b');
    await link('nothing:tlsa-mismatch.example');
    await expect(told).toHaveText('Left side shown');
  });
  await link('domain:tlsa-mismatch.example');
  await run(page, 'tlsa-mismatch.example');
  await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('tlsa-mismatch.example');
  await expect(page.getByRole('region', { name: 'Details', exact: true }).getByRole('heading').first()).toContainText('tlsa-mismatch.example');
});

test('recent runs: opened again after a reload, forgotten, or not kept at all', async ({ inspector: page }) => {
  await run(page, 'tlsa-mismatch.example');
  await press(page, 'Alt+w');
  await page.reload();
  const recent = page.getByRole('region', { name: 'Recent runs' });
  await recent.getByRole('button', { name: /^refused tlsa-mismatch\.example/ }).click();
  await expect(page.getByText(/^Result of \d{4}-\d\d-\d\d, made today\.$/)).toBeVisible();
  await press(page, 'Alt+t');
  await recent.getByRole('button', { name: /^Forget the run of tlsa-mismatch/ }).click();
  await expect(recent).toBeHidden();
  await press(page, 'Control+,');
  await page.getByRole('checkbox', { name: /^Keep the last ten runs/ }).uncheck();
  await press(page, 'Escape');
  await run(page, 'good-311.example');
  await press(page, 'Alt+t');
  await expect(page.getByRole('heading', { name: 'Which domain’s mail?' })).toBeVisible();
  await expect(recent).toBeHidden();
});

test('settings reach the run: EHLO name, families, probe', async ({ inspector: page }) => {
  await expect(field(page)).toBeFocused();
  await press(page, 'Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('textbox', { name: 'EHLO name' }).fill('bad name');
  await expect(settings.getByRole('alert')).toContainText('Example: mail.example.org');
  await settings.getByRole('textbox', { name: 'EHLO name' }).fill('mine.example.org');
  await settings.getByRole('combobox', { name: 'Reached by' }).selectOption('IPv4 only');
  await settings.getByRole('combobox', { name: 'Key types' }).selectOption({ index: 1 });
  expect(await axeViolations(page)).toEqual([]);
  await press(page, 'Escape');
  await run(page, 'good-311.example');
  await expect(page.getByRole('listbox', { name: 'Lines' })).toContainText('EHLO mine.example.org');
  await expect(page.locator('.circumstances')).toContainText('IPv4, port 25');
  await expect(page.locator('.circumstances')).toContainText('the one that the server prefers');
});

test('text at 200 %: the areas stand below each other, and nothing is wider than the window', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await press(page, 'Control+,');
  await page.getByRole('combobox', { name: 'Text size' }).selectOption('200 %');
  await press(page, 'Escape');
  await expect(page.locator('.stacked')).toBeVisible();
  expect(await page.evaluate(() => (document.querySelector('.workbench')?.scrollWidth ?? 0) - window.innerWidth)).toBeLessThanOrEqual(0);
  expect(await axeViolations(page)).toEqual([]);
  for (const { key, name } of VIEWS) {
    await press(page, key);
    const outside = await page.locator('.view').evaluateAll((views) => views.filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1).map((view) => `${view.id}: ${String(view.scrollHeight)} of ${String(view.clientHeight)}`));
    expect(outside, `${name}: what stands over the area below`).toEqual([]);
  }
});

test('an internationalised name stands in both forms wherever the target is told', async ({ inspector: page }) => {
  const both = 'bücher.example (xn--bcher-kva.example)';
  await field(page).fill('bücher.example');
  await press(page, 'Enter');
  await finished(page);
  await expect(page).toHaveTitle(new RegExp(`^${both.replaceAll(/[().]/g, '\\$&')}: `));
  await expect(page.locator('.status-target')).toHaveText(both);
  await expect(page.locator('.headline-circumstances')).toContainText(both);
  await runTabs(page).first().focus();
  await expect(page.getByRole('tooltip')).toContainText(both);
  await press(page, 'Alt+t');
  await expect(page.locator('.recent-target')).toHaveText([both]);
});

test.describe('wide', () => {
  test.use({ viewport: { width: 1900, height: 1000 } });

  test('the sides grow with the text, as they were sized, and shrink with it again; a window that starts so has them so', async ({ inspector: page }) => {
    await run(page, 'good-311.example');
    const widths = (): Promise<readonly number[]> => page.evaluate(() => ['left', 'right'].map((side) => Math.round(document.querySelector(`[data-pane="${side}"]`)?.getBoundingClientRect().width ?? 0)));
    const cut = (): Promise<readonly string[]> => page.locator('.area-left .list-row, .area-right .field-value, .area-right .details-title').evaluateAll((all) => all.filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1).map(({ textContent }) => textContent));
    const usual = await widths();
    const splitter = page.getByRole('separator', { name: 'Width of the left side' });
    await splitter.focus();
    await press(page, 'ArrowRight');
    const sized = await widths();
    expect(sized[0]).toBeGreaterThan(usual[0] ?? 0);
    const others = async (factor: number, tolerance = 0.03): Promise<readonly string[]> => (await widths()).flatMap((one, index) => {
      const due = (sized[index] ?? 0) * factor;
      // The activity bar beside them grows too, and what is shared is less.
      return Math.abs(one - due) <= tolerance * due ? [] : [`${String(one)} px and not ${String(due)}`];
    });
    for (const [key, presses, factor] of [['Control+=', 3, 1.5], ['Control+=', 2, 2], ['Control+-', 2, 1.5]] as const) {
      for (let pressed = 0; pressed < presses; pressed += 1) await press(page, key);
      await expect.poll(() => others(factor), `${String(factor * 100)} %, ${key}`).toEqual([]);
      expect(await cut(), `${String(factor * 100)} %`).toEqual([]);
    }
    await page.reload();
    await expect(page.locator('.area-left')).toBeVisible();
    // What is kept is a share of the row that the side stands in.
    await expect.poll(() => others(1.5, 0.1), 'kept').toEqual([]);
    await press(page, 'Control+0');
    await expect.poll(() => others(1, 0.1)).toEqual([]);
  });
});

test.describe('narrow', () => {
  test.use({ viewport: { width: 320, height: 900 } });

  test('at 320 px nothing is wider than the window, and axe has nothing to say', async ({ inspector: page }) => {
    await run(page, 'tlsa-mismatch.example');
    await finished(page);
    const width = (): Promise<number | undefined> => page.evaluate(() => document.querySelector('.workbench')?.scrollWidth);
    expect(await width()).toBeLessThanOrEqual(320);
    expect(await axeViolations(page)).toEqual([]);
    await test.step('nor is a menu, or a dialog, wider than itself', async () => {
      const hidden = (selector: string): Promise<number> => page.locator(selector).evaluate((element) => element.scrollWidth - element.clientWidth);
      await press(page, 'F10', 'Enter');
      expect(await hidden('.menu')).toBe(0);
      await press(page, 'Escape', 'Control+1', '?');
      expect(await hidden('dialog[open]')).toBe(0);
      await press(page, 'Escape', 'Control+k');
      await page.keyboard.type('tlsa');
      expect(await hidden('dialog[open]')).toBe(0);
      expect(await page.locator('.search-title > .mono').evaluateAll((titles) => titles.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length)).toBe(0);
      await press(page, 'Escape');
    });
    await test.step('eight octets a line have room', async () => {
      await press(page, 'Control+3', 'Control+ArrowDown', 'Control+ArrowDown');
      const bytes = page.getByRole('region', { name: 'Bytes of the selected line' });
      await expect(bytes.locator('table')).toBeVisible();
      expect(await bytes.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    });
    await test.step('the slider of the replay stands with the view that it moves', async () => {
      await press(page, 'Control+Shift+r', 'Home');
      await page.locator('.headline').scrollIntoViewIfNeeded();
      await expect(page.locator('.headline')).toBeInViewport();
      await expect(page.getByRole('slider', { name: 'Event' })).toBeInViewport();
      expect(await width()).toBeLessThanOrEqual(320);
      await press(page, 'Escape');
    });
    await test.step('the state of the channel stands with the line that is typed', async () => {
      await press(page, 'Control+9');
      await page.getByRole('button', { name: 'Open channel' }).focus();
      await press(page, 'Enter');
      await expect(page.locator('#console-line')).toBeFocused();
      await page.locator('.console-form').scrollIntoViewIfNeeded();
      await expect(page.locator('.channel-state')).toBeInViewport();
    });
  });

  test('F8 brings the finding into sight, and not the list of them below the views', async ({ inspector: page }) => {
    await run(page, 'dual-key-one-record.example');
    await press(page, 'Control+2', 'F8');
    await expect(page.locator('article[aria-current="true"] h3, article[aria-current="true"] .finding-code').first()).toBeInViewport();
    await expect(page.getByRole('listbox', { name: /^Findings:/ })).not.toBeInViewport();
  });
});
