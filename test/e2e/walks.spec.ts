/**
 * Every view used twice, not only opened: by a reader who has no pointer, and by one who uses the keyboard for words alone. A view that is registered and has no walk does not compile.
 */
import type { Locator, Page } from '@playwright/test';
import type { ViewName } from '../../renderer/workbench/views.ts';
import { expect, NO_TRACE, test } from './fixtures.ts';
import { copiedBy, field, finished, lastRow, savedName, dialogueFromTop, press, sendLine } from './inspector.ts';
import type { Native } from './native.ts';

interface Reader {
  readonly page: Page;
  readonly app: Native | null;
}

type Walks = { readonly [View in ViewName]: (reader: Reader) => Promise<void> };

const both = { tag: '@both' };
const TARGET = 'tlsa-mismatch.example';

// A trace's own script would be blocked in the report's preview, which has no rights, and told.
test.use({ ...NO_TRACE, actionTimeout: 30_000 });

const details = (page: Page): Locator => page.getByRole('region', { name: 'Details', exact: true });
const status = (page: Page): Locator => page.locator('.status-bar');
const graph = (page: Page): Locator => page.getByRole('listbox', { name: /^Chain of trust/ });
const card = (page: Page): Locator => page.getByRole('group', { name: 'Details of the node' });
const transcript = (page: Page): Locator => page.getByRole('log', { name: 'Console transcript' });
const step = (page: Page): Locator => page.getByRole('region', { name: 'Step mode' });
const preview = (page: Page): Locator => page.frameLocator('iframe[title="Preview of the report"]').getByRole('heading', { level: 1 });
const selectedLine = (page: Page): Locator => page.locator('.line-options [aria-selected="true"]');

/** With the Tab key, as far as it takes. */
async function tabTo(page: Page, to: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stop = 0; stop < 100; stop += 1) {
    if ((await to.count()) > 0 && (await to.first().evaluate((element) => element === document.activeElement || (element.getAttribute('role') !== 'button' && element.tagName !== 'BUTTON' && element.contains(document.activeElement))))) return;
    await page.keyboard.press(key);
  }
  await expect(to.first(), 'reached by Tab').toBeFocused();
}

async function copies(page: Page, words: RegExp, act: () => Promise<unknown>): Promise<void> {
  expect(await copiedBy(page, act)).toMatch(words);
}

/** What a pointer did in the page is counted, so that a walk without one has none. */
const countPointers = (page: Page): Promise<void> => page.evaluate(() => {
  const counter = window as unknown as { pointers: number };
  counter.pointers = 0;
  for (const type of ['pointermove', 'pointerdown', 'wheel', 'touchstart']) window.addEventListener(type, () => (counter.pointers += 1), true);
});

const BY_KEYBOARD: Walks = {
  overview: async ({ page }) => {
    await press(page, 'Control+1');
    await tabTo(page, page.getByRole('grid', { name: 'Delivery matrix' }));
    await press(page, 'Home', ...Array.from({ length: 9 }, () => 'ArrowRight'));
    await expect(page.locator('.matrix-reason')).not.toContainText('Move through');
    await press(page, 'Enter');
    await expect(details(page)).toContainText('mx1.tlsa-mismatch.example');
  },
  findings: async ({ page }) => {
    await press(page, 'Control+2', 'Control+f');
    await page.keyboard.type('nothing like this');
    await expect(page.getByText('Nothing of that name.')).toBeVisible();
    await press(page, 'Control+a');
    await page.keyboard.type('mismatch');
    await press(page, 'F8');
    await expect(page.locator('article[aria-current="true"]')).toHaveCount(1);
    await copies(page, /IN TLSA 3 1 1 [0-9a-f]{64}$/, () => press(page, 'Control+Shift+c'));
    await tabTo(page, page.getByRole('button', { name: /^Copy for a ticket/ }));
    await copies(page, /^## error: tlsa-mismatch/, () => press(page, 'Enter'));
    await tabTo(page, page.getByRole('button', { name: /lookup of _25/ }));
    await press(page, 'Enter');
    await expect(page.getByRole('tab', { name: 'Answers' })).toHaveAttribute('aria-selected', 'true');
  },
  dialogue: async ({ page }) => {
    await press(page, 'Control+3', 'Home', 'ArrowDown', 'ArrowDown');
    await expect(selectedLine(page)).toContainText('EHLO');
    await copies(page, /EHLO probe\.example\.org$/, () => press(page, 'Control+c'));
    await press(page, 'Control+f');
    await page.keyboard.type('starttls');
    await press(page, 'Enter', 'Escape');
    await expect(selectedLine(page)).toContainText('STARTTLS');
    await expect(page.getByRole('region', { name: 'Bytes of the selected line' })).toContainText('53 54 41 52 54 54 4c 53');
    await copies(page, /QUIT/, () => press(page, 'Control+Shift+d'));
  },
  certificates: async ({ page }) => {
    await press(page, 'Control+4', 'Enter');
    await expect(details(page)).toContainText('certificate, depth 0');
    await press(page, 'ArrowDown');
    await expect(details(page)).toContainText('certificate, depth 1');
    await press(page, 'Alt+ArrowLeft');
    await expect(details(page)).toContainText('certificate, depth 0');
    await tabTo(page, page.getByRole('button', { name: 'Copy PEM' }));
    await copies(page, /^-----BEGIN CERTIFICATE-----\n/, () => press(page, 'Enter'));
  },
  tlsa: async ({ page }) => {
    await press(page, 'Control+5');
    await tabTo(page, page.getByRole('grid', { name: /^TLSA records/ }));
    await press(page, 'Home', 'ArrowRight');
    await expect(page.locator('[data-view="tlsa"] .matrix-reason')).not.toContainText('Move through');
    await expect(details(page)).toContainText('record 1 of 1');
    await tabTo(page, page.getByRole('button', { name: /^Copy record 3 1 1/ }));
    await copies(page, /^_25\._tcp\.mx1\.tlsa-mismatch\.example\. IN TLSA 3 1 1/, () => press(page, 'Enter'));
  },
  trust: async ({ page, app }) => {
    await press(page, 'Control+6');
    await expect(graph(page)).toBeVisible();
    await tabTo(page, graph(page));
    await press(page, 'Home', 'ArrowDown');
    await expect(card(page)).toContainText('Public key');
    await press(page, 'Enter');
    await expect(card(page).getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
    await copies(page, /Public key: /, () => press(page, 'Enter'));
    await press(page, 'Escape');
    await expect(graph(page)).toBeFocused();
    const before = Number(await graph(page).getAttribute('width'));
    await press(page, '+');
    await expect.poll(async () => Number(await graph(page).getAttribute('width'))).toBeGreaterThan(before);
    await press(page, 'Shift+ArrowDown');
    await expect.poll(() => page.locator('.graph-frame').evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
    await tabTo(page, page.getByRole('button', { name: 'Save as SVG' }), 'Shift+Tab');
    expect(await savedName(page, app, () => press(page, 'Enter'))).toBe('trust-graph.svg');
    await tabTo(page, page.getByRole('tree', { name: 'Chain of trust' }));
    await press(page, 'End');
    await expect(details(page)).toContainText(/TLSA/);
  },
  timing: async ({ page }) => {
    await press(page, 'Control+7', 'Control+f');
    await page.keyboard.type('banner');
    const grid = page.getByRole('grid', { name: 'Timing' });
    await expect(grid.getByRole('rowheader').filter({ hasText: 'TLS handshake' })).toHaveCount(0);
    await tabTo(page, grid);
    await press(page, 'Enter');
    await expect(grid.getByRole('row', { selected: true })).toContainText('banner');
    await expect(selectedLine(page)).toContainText('220 mx1.tlsa-mismatch.example');
  },
  answers: async ({ page }) => {
    await press(page, 'Control+8', 'Control+f');
    await page.keyboard.type('_25._tcp');
    await tabTo(page, page.locator('[data-view="answers"]').getByRole('grid').last());
    await press(page, 'End');
    await expect(page.getByRole('region', { name: 'Message', exact: true })).toContainText('IN TLSA');
    await tabTo(page, page.getByRole('button', { name: 'Bytes', exact: true }));
    await press(page, 'Enter');
    await expect(page.getByRole('region', { name: 'Bytes of the message' })).toContainText('0000');
    await tabTo(page, page.getByRole('button', { name: 'Query', exact: true }), 'Shift+Tab');
    await press(page, 'Enter');
    await tabTo(page, page.locator('.message-head').getByRole('button', { name: 'Copy' }));
    await copies(page, /_25\._tcp\.mx1\.tlsa-mismatch\.example\. IN TLSA/i, () => press(page, 'Enter'));
  },
  console: async ({ page }) => {
    await press(page, 'Control+9');
    await tabTo(page, page.getByRole('button', { name: 'Open channel' }));
    await press(page, 'Enter');
    await expect(status(page)).toContainText('Console: TLS 1.3 · not authenticated');
    await expect(page.locator('#console-line')).toBeFocused();
    await sendLine(page, 'NOOP');
    await expect(transcript(page)).toContainText('250 2.0.0 Ok');
    await sendLine(page, 'QUIT');
    await expect(transcript(page)).toContainText('221 2.0.0 Bye');
  },
  report: async ({ page, app }) => {
    await press(page, 'Control+e');
    await expect(preview(page)).toHaveText(TARGET);
    await tabTo(page, page.getByRole('radio', { name: 'HTML' }));
    await press(page, 'ArrowDown', 'ArrowDown');
    await expect(page.getByRole('radio', { name: 'Markdown' })).toBeChecked();
    await tabTo(page, page.getByRole('button', { name: 'Save as Markdown' }));
    expect(await savedName(page, app, () => press(page, 'Enter'))).toMatch(/^tlsa-mismatch\.example .*\.md$/);
    const text = page.getByRole('region', { name: 'Preview of the report' });
    await expect(text).not.toContainText('probe.example.org');
    await tabTo(page, page.getByRole('group', { name: 'Left out' }).getByRole('checkbox').first());
    await press(page, 'Space');
    await expect(text).toContainText('probe.example.org');
    await press(page, 'Space');
  },
  navigator: async ({ page }) => {
    await tabTo(page, page.getByRole('listbox', { name: /^Findings:/ }), 'Shift+Tab');
    await press(page, 'Home', 'Enter');
    await expect(page.locator('article[aria-current="true"]')).toHaveCount(1);
  },
  details: async ({ page }) => {
    await press(page, 'Control+4', 'Enter');
    await tabTo(page, details(page).getByRole('button', { name: 'Copy Serial' }));
    await copies(page, /^[0-9a-f]+$/, () => press(page, 'Enter'));
  },
};

test('without a pointer: every view, the replay, step mode', both, async ({ inspector: page, app }) => {
  test.setTimeout(300_000);
  await expect(field(page)).toBeFocused();
  await countPointers(page);
  await page.keyboard.type(TARGET);
  await press(page, 'Enter');
  await finished(page);
  for (const [view, walk] of Object.entries(BY_KEYBOARD)) await test.step(view, () => walk({ page, app }));
  await press(page, 'Control+1', 'Control+Shift+r');
  await tabTo(page, page.getByRole('slider', { name: 'Event' }));
  await press(page, 'Home', 'ArrowRight');
  await expect(page.getByRole('region', { name: 'Replay' })).toContainText('2 of');
  await press(page, 'Control+Shift+r', 'F9', 'Control+l');
  await page.keyboard.type('good-311.example');
  await press(page, 'Enter');
  await expect(step(page)).toContainText('EHLO probe.example.org');
  await press(page, 'Control+Enter');
  await expect(step(page)).toContainText('STARTTLS');
  await press(page, 'Control+Enter');
  await expect(step(page)).toContainText('inside TLS');
  await tabTo(page, step(page).getByRole('button', { name: 'Send' }));
  await press(page, 'e', 'Control+a');
  await page.keyboard.type('EHLO other.example');
  await press(page, 'Enter');
  await expect(step(page)).toContainText('QUIT');
  await tabTo(page, step(page).getByRole('button', { name: 'Send' }));
  await press(page, 's');
  await press(page, 'F9');
  await finished(page);
  await expect(status(page)).toContainText('edited by hand');
  expect(await page.evaluate(() => (window as unknown as { pointers: number }).pointers)).toBe(0);
});

/** A point of the terminal where these words stand. */
async function pressLine(page: Page, words: string): Promise<void> {
  await dialogueFromTop(page);
  const box = await page.locator('.dialogue .xterm-rows > div').filter({ hasText: words }).first().boundingBox();
  if (box === null) throw new Error(`no row with ${words}`);
  await page.mouse.click(box.x + 260, box.y + box.height / 2);
}

const openTab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name: new RegExp(String.raw`^${name}( \d+)?$`) }).click();

const BY_MOUSE: Walks = {
  overview: async ({ page }) => {
    await openTab(page, 'Overview');
    await page.getByRole('grid', { name: 'Delivery matrix' }).getByRole('gridcell').last().click();
    await expect(page.locator('.matrix-reason')).not.toContainText('Move through');
    await expect(details(page)).toContainText('mx1.tlsa-mismatch.example');
    await page.getByRole('button', { name: 'Show the fix' }).click();
    await expect(page.getByRole('article').first()).toContainText('does not match');
  },
  findings: async ({ page }) => {
    await openTab(page, 'Findings');
    await page.getByLabel(/Filter findings/).fill('mismatch');
    await copies(page, /IN TLSA 3 1 1 [0-9a-f]{64}$/, () => page.getByRole('button', { name: 'Copy', exact: true }).click());
    await copies(page, /^## error: tlsa-mismatch/, () => page.getByRole('button', { name: /^Copy for a ticket/ }).click());
    await page.getByRole('button', { name: /lookup of _25/ }).click();
    await expect(page.getByRole('tab', { name: 'Answers' })).toHaveAttribute('aria-selected', 'true');
  },
  dialogue: async ({ page }) => {
    await openTab(page, 'Dialogue');
    await pressLine(page, 'PIPELINING');
    await expect(selectedLine(page)).toContainText('PIPELINING');
    await expect(page.getByRole('region', { name: 'Bytes of the selected line' })).toContainText('50 49 50 45');
  },
  certificates: async ({ page }) => {
    await openTab(page, 'Certificates');
    await page.getByRole('tree', { name: 'Chain' }).getByRole('treeitem').nth(1).click();
    await expect(details(page)).toContainText('certificate, depth 1');
    await copies(page, /^-----BEGIN CERTIFICATE-----\n/, () => page.getByRole('button', { name: 'Copy PEM' }).click());
  },
  tlsa: async ({ page }) => {
    await openTab(page, 'TLSA');
    await page.getByRole('grid', { name: /^TLSA records/ }).getByRole('gridcell').first().click();
    await expect(details(page)).toContainText('record 1 of 1');
    await copies(page, /^_25\._tcp\.mx1\.tlsa-mismatch\.example\. IN TLSA 3 1 1/, () => page.getByRole('button', { name: /^Copy record 3 1 1/ }).click());
  },
  trust: async ({ page, app }) => {
    await openTab(page, 'Trust');
    await graph(page).getByRole('option', { name: /matches nothing/ }).click();
    await copies(page, /does not match the certificate/, () => card(page).getByRole('button', { name: 'Copy', exact: true }).click());
    await card(page).getByRole('button', { name: /^Close/ }).click();
    const before = Number(await graph(page).getAttribute('width'));
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(async () => Number(await graph(page).getAttribute('width'))).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Pan down' }).click();
    for (const [button, name] of [['Save as SVG', 'trust-graph.svg'], ['Save as PNG', 'trust-graph.png']] as const) expect(await savedName(page, app, () => page.getByRole('button', { name: button }).click())).toBe(name);
    await page.getByRole('tree', { name: 'Chain of trust' }).getByRole('treeitem').last().click();
    await expect(details(page)).toContainText(/TLSA/);
  },
  timing: async ({ page }) => {
    await openTab(page, 'Timing');
    await page.getByLabel('Each DNS message').check();
    await page.getByRole('rowheader').filter({ hasText: 'tlsa-mismatch.example MX' }).first().click();
    await expect(details(page)).toContainText('tlsa-mismatch.example MX');
  },
  answers: async ({ page }) => {
    await openTab(page, 'Answers');
    await page.getByLabel('Filter answers').fill('tlsa-mismatch.example MX');
    await (await lastRow(page.getByRole('grid', { name: 'Answers of the name servers' }))).click();
    await page.getByRole('button', { name: 'Query', exact: true }).click();
    await copies(page, /tlsa-mismatch\.example\. IN MX/i, () => page.locator('.message-head').getByRole('button', { name: 'Copy' }).click());
  },
  console: async ({ page }) => {
    await openTab(page, 'Console');
    await page.getByRole('button', { name: 'Open channel' }).click();
    await page.locator('#console-line').fill('NOOP');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(transcript(page)).toContainText('250 2.0.0 Ok');
    await page.getByRole('button', { name: 'Close channel' }).click();
    await expect(page.locator('[data-view="console"]')).toContainText('closed by you');
  },
  report: async ({ page, app }) => {
    await openTab(page, 'Report');
    await expect(preview(page)).toHaveText(TARGET);
    const name = page.getByRole('group', { name: 'Left out' }).getByRole('checkbox').first();
    await page.getByRole('radio', { name: 'Text' }).check();
    await name.uncheck();
    await expect(page.getByRole('region', { name: 'Preview of the report' })).toContainText('probe.example.org');
    await name.check();
    await expect(page.getByRole('region', { name: 'Preview of the report' })).not.toContainText('probe.example.org');
    expect(await savedName(page, app, () => page.getByRole('button', { name: 'Save as Text' }).click())).toMatch(/^tlsa-mismatch\.example .*\.txt$/);
  },
  navigator: async ({ page }) => {
    await page.locator('.navigator').getByRole('option', { name: /tlsa-mismatch mx1/ }).first().click();
    await expect(page.locator('article[aria-current="true"]')).toHaveCount(1);
  },
  details: async ({ page }) => {
    await openTab(page, 'Certificates');
    await page.getByRole('tree', { name: 'Chain' }).getByRole('treeitem').first().click();
    await copies(page, /^[0-9a-f]+$/, () => details(page).getByRole('button', { name: 'Copy Serial' }).click());
  },
};

test('with the mouse: every view, the replay, step mode', both, async ({ inspector: page, app }) => {
  test.setTimeout(300_000);
  await page.getByRole('option', { name: 'tlsa-mismatch' }).click();
  await finished(page);
  for (const [view, walk] of Object.entries(BY_MOUSE)) await test.step(view, () => walk({ page, app }));
  await page.getByRole('tablist', { name: 'Runs' }).getByRole('tab').first().click();
  await openTab(page, 'Overview');
  await page.getByRole('button', { name: /^Commands/ }).click();
  await page.getByRole('option', { name: /Replay the run, or back/ }).click();
  await page.getByRole('button', { name: 'One event back' }).click();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await page.getByRole('checkbox', { name: /pause before each command/ }).check();
  await page.getByRole('option', { name: 'good-311', exact: true }).click();
  await expect(step(page)).toContainText('EHLO probe.example.org');
  await step(page).getByRole('button', { name: 'Skip' }).click();
  await expect(step(page)).toContainText('STARTTLS');
  await step(page).getByRole('button', { name: 'Edit' }).click();
  await step(page).getByRole('textbox').fill('NOOP');
  await step(page).getByRole('button', { name: /^Send/ }).click();
  await page.getByRole('checkbox', { name: /pause before each command/ }).uncheck();
  await finished(page);
  await expect(status(page)).toContainText('edited by hand');
});
