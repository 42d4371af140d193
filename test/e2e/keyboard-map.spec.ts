/** The keyboard map of the window, key by key: each does what it says from several panes, and help lists it. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { copiedBy, field, finished, press, run } from './inspector.ts';

/** Where a reader may be when a key is pressed. */
const PLACES: { readonly [place: string]: (page: Page) => Locator } = {
  'the navigator': (page) => page.locator('[data-pane="left"] [role="option"][tabindex="0"]').first(),
  'the view': (page) => page.locator('[data-pane="centre"] [role="tabpanel"] [tabindex="0"]').first(),
  'the details': (page) => page.locator('[data-pane="right"] button, [data-pane="right"] [tabindex="0"]').last(),
  'the dialogue': (page) => page.locator('.line-options [tabindex="0"]').first(),
  'the target field': (page) => field(page),
};

async function fromEach(page: Page, check: (place: string) => Promise<void>, places = Object.keys(PLACES)): Promise<void> {
  for (const [place, of] of Object.entries(PLACES).filter(([name]) => places.includes(name))) {
    await test.step(`from ${place}`, async () => {
      await of(page).focus();
      await expect(of(page)).toBeFocused();
      await check(place);
    });
  }
}

const message = (page: Page): Locator => page.locator('.status-message');
const selectedLine = (page: Page): Locator => page.locator('.line-options [aria-selected="true"]');
const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name });
const tabOf = (page: Page, name: string): Locator => page.getByRole('tab', { name: new RegExp(String.raw`^${name}( \d+)?$`) });
const isInFront = (page: Page, name: string): Promise<void> => expect(tabOf(page, name)).toHaveAttribute('aria-selected', 'true');
const isBehind = (page: Page, name: string): Promise<void> => expect(tabOf(page, name)).toHaveAttribute('aria-selected', 'false');

const VIEWS = ['Overview', 'Findings', 'Dialogue', 'Certificates', 'TLSA', 'Trust', 'Timing', 'Answers', 'Console'];

test('target, palette, search, keys, views, report, console: from panes around the view', async ({ inspector: page }) => {
  await run(page, 'dual-key-one-record.example');
  // So that each key below brings a view to the front that is behind another of its area.
  await press(page, 'Control+2', 'Control+9');
  await fromEach(page, async (place) => {
    const again = (): Promise<void> => PLACES[place]?.(page).focus() ?? Promise.resolve();
    for (const [key, name] of [['F1', 'Commands'], ['Control+Shift+p', 'Commands'], ['Control+k', 'Search'], ['Control+,', 'Settings'], ...(place === 'the target field' ? [] : [['?', 'Keys']])] as const) {
      await press(page, key ?? '');
      await expect(page.getByRole('dialog').filter({ visible: true }), `${key ?? ''}: ${name ?? ''}`).toHaveCount(1);
      await press(page, 'Escape');
      await expect(page.getByRole('dialog').filter({ visible: true })).toHaveCount(0);
    }
    for (const [index, view] of VIEWS.entries()) {
      await again();
      await isBehind(page, view);
      await press(page, `Control+${String(index + 1)}`);
      await isInFront(page, view);
    }
    await press(page, 'Control+3');
    await again();
    await press(page, 'Control+`');
    await isInFront(page, 'Console');
    await again();
    await press(page, 'Control+e');
    await isInFront(page, 'Report');
    await again();
    await press(page, 'Control+l');
    await expect(field(page)).toBeFocused();
  }, ['the navigator', 'the details', 'the target field']);
});

test('findings, lines, events, history, copies, text size: from panes that follow the selection', async ({ inspector: page }) => {
  await run(page, 'dual-key-one-record.example');
  await fromEach(page, async (place) => {
    const pane = PLACES[place]?.(page);
    await press(page, 'F8');
    await expect(message(page)).toHaveText(/^Finding 1 of \d+: tlsa-mismatch$/);
    await press(page, 'Shift+F8');
    await expect(message(page)).toHaveText(/^Finding \d+ of \d+: /);
    expect(await copiedBy(page, () => press(page, 'Control+Shift+c'))).toMatch(/IN TLSA 3 1 1 [0-9a-f]{64}$/);
    expect(await copiedBy(page, () => press(page, 'Control+Shift+d'))).toContain('--- before STARTTLS ---');
    await press(page, 'Control+ArrowDown', 'Control+ArrowDown', 'Control+ArrowDown');
    const line = await selectedLine(page).textContent();
    await press(page, 'Control+ArrowDown');
    await expect(selectedLine(page)).not.toHaveText(line ?? '');
    await press(page, 'Control+ArrowUp');
    await expect(selectedLine(page)).toHaveText(line ?? '');
    await press(page, 'Control+.');
    await expect(message(page)).toHaveText(/^Event \d+: /);
    const event = await message(page).textContent();
    await press(page, 'Control+.');
    await expect(message(page)).not.toHaveText(event ?? '');
    await press(page, 'Control+Shift+>');
    await expect(message(page)).toHaveText(event ?? '');
    await press(page, 'Alt+ArrowLeft', 'Alt+ArrowLeft', 'Alt+ArrowLeft');
    await expect(selectedLine(page)).toHaveText(line ?? '');
    await press(page, 'Alt+ArrowRight');
    await press(page, 'Control+=');
    await expect(message(page)).toHaveText('Text at 110 %');
    await press(page, 'Control+-', 'Control+-');
    await expect(message(page)).toHaveText('Text at 90 %');
    await press(page, 'Control+0');
    await expect(message(page)).toHaveText('Text at 100 %');
    if (pane !== undefined && place !== 'the view') await expect(pane, 'none of them takes the keyboard away').toBeFocused();
    await press(page, 'Control+1');
  }, ['the view', 'the details', 'the dialogue']);
});

test('run again, stop, step, save, open: from panes that have keys of their own', async ({ inspector: page, shell }) => {
  test.skip(shell === 'electron', 'the file dialogues of Electron are native');
  await run(page, 'good-311.example');
  const strip = page.getByRole('region', { name: 'Step mode' });
  await fromEach(page, async () => {
    for (const key of ['F5', 'Control+r']) {
      await press(page, 'F9', key);
      await expect(strip.getByRole('button', { name: /^Send/ })).toBeEnabled();
      await press(page, 'Control+Enter', 'F9');
      await finished(page);
    }
  }, ['the navigator', 'the target field']);
  await fromEach(page, async (place) => {
    await press(page, 'F9', 'F5');
    await expect(strip.getByRole('button', { name: /^Send/ })).toBeEnabled();
    await PLACES[place]?.(page).focus();
    // One for a tooltip that came meanwhile.
    await press(page, 'Escape', 'Escape');
    await expect(page.locator('.status-bar')).toContainText('stopped');
    await press(page, 'F9', 'F5');
    await expect(page.locator('.status-bar')).not.toContainText('stopped');
    await finished(page);
    const saving = page.waitForEvent('download');
    await press(page, 'Control+s');
    expect((await saving).suggestedFilename()).toMatch(/\.danescope\.jsonl$/);
    const choosing = page.waitForEvent('filechooser');
    await press(page, 'Control+o');
    await choosing;
  }, ['the details', 'the dialogue']);
});

test('F6 goes through every pane and round, Shift+F6 back', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  const pane = (): Promise<string> => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane') ?? 'none');
  const there: string[] = [];
  for (let step = 0; step < 12; step += 1) {
    await press(page, 'F6');
    there.push(await pane());
  }
  const first = there.indexOf(there[0] ?? '', 1);
  expect(first).toBeGreaterThan(0);
  const round = there.slice(0, first);
  expect(new Set(round)).toEqual(new Set(['tabs', 'top', 'activity', 'left', 'centre', 'right', 'bottom', 'status']));
  expect(new Set(round).size).toBe(round.length);
  const back: string[] = [await pane()];
  for (let step = 1; step < round.length; step += 1) {
    await press(page, 'Shift+F6');
    back.push(await pane());
  }
  expect(back.toReversed()).toEqual([...round, ...round].slice(there.length % round.length, (there.length % round.length) + round.length));
});

test('in lists: j, k, Space, / and ?; none of them where somebody types', async ({ inspector: page }) => {
  await run(page, 'dual-key-one-record.example');
  await press(page, 'Control+4', 'Home');
  const items = page.getByRole('tree', { name: 'Chain' }).getByRole('treeitem');
  await press(page, 'j');
  await expect(items.nth(1)).toBeFocused();
  await press(page, 'k');
  await expect(items.nth(0)).toBeFocused();
  await press(page, 'Space');
  await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('certificate, depth 0');
  await press(page, 'Control+7', '/');
  await expect(page.getByRole('textbox', { name: 'Filter timing' })).toBeFocused();
  await page.keyboard.type('j/k?');
  await expect(page.getByRole('textbox', { name: 'Filter timing' })).toHaveValue('j/k?');
  await expect(page.getByRole('dialog').filter({ visible: true })).toHaveCount(0);
});

/** By the title of its command. */
const LISTED: readonly (readonly [title: string, ...keys: string[]])[] = [
  ['Go to the target field', 'Ctrl+L'], ['Run again', 'F5', 'Ctrl+R'], ['Stop', 'Esc'], ['All commands', 'F1', 'Ctrl+Shift+P'],
  ...VIEWS.map((view, index) => [view, `Ctrl+${String(index + 1)}`] as const), ['Console', 'Ctrl+`'], ['Next pane', 'F6'], ['Previous pane', 'Shift+F6'],
  ['Next finding', 'F8'], ['Previous finding', 'Shift+F8'], ['Next dialogue line', 'Ctrl+↓'], ['Previous dialogue line', 'Ctrl+↑'],
  ['Next event of the same endpoint', 'Ctrl+.'], ['Previous event of the same endpoint', 'Ctrl+Shift+.'], ['Back in the selection history', 'Alt+←'], ['Forward in the selection history', 'Alt+→'],
  ['Filter in the view', 'Ctrl+F', '/'], ['Search all of the run', 'Ctrl+K'], ['Save the run', 'Ctrl+S'], ['Open a run file', 'Ctrl+O'], ['Report', 'Ctrl+E'],
  ['Copy the fix', 'Ctrl+Shift+C'], ['Copy the dialogue', 'Ctrl+Shift+D'], ['Pause before each command', 'F9'], ['Step: send the next command', 'Ctrl+Enter'],
  ['Larger text', 'Ctrl+='], ['Smaller text', 'Ctrl+-'], ['Usual text size', 'Ctrl+0'], ['Settings', 'Ctrl+,'], ['Keyboard: list and change keys', '?'],
];

test('F1 and ? list every key of the map', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await press(page, 'Control+1', '?');
  const help = dialog(page, 'Keys');
  await expect(help).toBeVisible();
  const inHelp = await help.locator('.key-line').evaluateAll((lines) => lines.map((line) => [line.querySelector('.key-title')?.textContent ?? '', ...[...line.querySelectorAll('kbd')].map((key) => key.textContent)]));
  await press(page, 'Escape', 'F1');
  const inPalette = await dialog(page, 'Commands').getByRole('option').evaluateAll((lines) => lines.map((line) => [line.querySelector('.palette-title')?.textContent ?? '', ...[...line.querySelectorAll('kbd')].map((key) => key.textContent)]));
  for (const [title, ...keys] of LISTED) {
    for (const key of keys) {
      expect(inHelp.filter(([name = '', ...own]) => name === title && own.includes(key)), `${key} in ?`).toHaveLength(1);
      expect(inPalette.filter(([name = '', ...own]) => name.replace(/^\w+: | · .*$/g, '').endsWith(title) && own.includes(key)), `${key} in F1`).toHaveLength(1);
    }
  }
  for (const [title, key] of [['Move', 'j'], ['Move', 'k'], ['Select, run', 'Space'], ['To the signer, to the signed', '↑'], ['Among what the same signer signed', '←'], ['The root, the TLSA RRset', 'Home'], ['Into the details, out of them', 'Enter']] as const) {
    expect(inHelp.filter(([name, ...own]) => name === title && own.includes(key)), `${title} in ?`).toHaveLength(1);
  }
});
