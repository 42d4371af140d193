/**
 * A run in which everything that a server, a zone or a certificate says is hostile is opened as a file, and all of the window is looked at: each view, tooltip, tab, dialog, title
 * and message, what is copied, what files are called. Nothing raw, nothing injected, nothing endless.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startLab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';
import { expect, NO_TRACE, test } from './fixtures.ts';
import { HOSTILE, HOST, hostileRunFile } from './hostile-file.ts';
import { copiedBy, field, finished, lastRow, press, previewWhole, savedName, VIEWS } from './inspector.ts';
import { leaks, OBEYED } from './leaks.ts';
import type { Native } from './native.ts';

// A trace takes a picture of the document at each step, and its script would be blocked in the report's frame, and told.
test.use({ ...NO_TRACE, actionTimeout: 30_000 });

/** As a file system takes it: no control, no `/`; everything else is allowed there. */
const FILE_NAME = 'a\u202Eb<script>\u200B&c\u001B]0;owned\u0007.danescope.jsonl';
const SAFE_NAME = /^(?![\u115F\u1160\u3164\uFFA0])[\p{L}\p{N} ._-]+$/u;
let file: string;
let broken: string;

test.beforeAll(async () => {
  const lab = await startLab({ only: ['tlsa-mismatch'] });
  const { events } = await inspectInLab(lab, 'tlsa-mismatch.example');
  await lab.close();
  file = hostileRunFile(events);
  broken = `${file.slice(0, file.indexOf('\n') + 1)}${JSON.stringify({ type: HOSTILE, seq: 0 })}\n`;
});

const harmless = async (page: Page, where: string): Promise<void> => expect(await leaks(page), where).toEqual([]);

/** Gives the window a file as its reader would. */
async function give(page: Page, app: Native | null, text: string, folder: string): Promise<void> {
  if (app === null) {
    const chooser = page.waitForEvent('filechooser');
    await press(page, 'Control+o');
    return (await chooser).setFiles({ name: FILE_NAME, mimeType: 'application/jsonl', buffer: Buffer.from(text) });
  }
  mkdirSync(folder, { recursive: true });
  const path = join(folder, FILE_NAME);
  writeFileSync(path, text);
  await app.openFrom(path);
  await press(page, 'Control+o');
}

async function copied(page: Page, act: () => Promise<unknown>): Promise<string> {
  const text = await copiedBy(page, act);
  expect(text).not.toMatch(OBEYED);
  return text;
}

const oneLine = async (page: Page, act: () => Promise<unknown>): Promise<void> => expect(await copied(page, act)).not.toContain('\n');

test('all of the window: escaped, bounded, and nothing happens', { tag: '@both' }, async ({ inspector: page, app, shell }, testInfo) => {
  test.setTimeout(400_000);
  // The double's pages are those of this Chromium: what never leaves the page is looked at in the host's lane, and in Electron itself.
  const isDouble = shell === 'electron-double';
  await expect(field(page)).toBeVisible();
  await give(page, app, broken, testInfo.outputPath('broken'));
  await expect(page.getByRole('dialog', { name: 'Notice' })).toContainText('Cannot open');
  await harmless(page, 'a file that is no run');
  await press(page, 'Escape');
  await give(page, app, file, testInfo.outputPath('whole'));
  await expect(page.locator('.status-bar')).toContainText('Opened');
  await finished(page);
  await expect(page).toHaveTitle(/\\x1b\]0;owned\\x07/);
  await harmless(page, 'opened');
  if (!isDouble) {
    await test.step('every view', () => everyView(page));
    await test.step('what is copied', () => everyCopy(page));
    await test.step('tooltips', () => everyTooltip(page));
    await test.step('links', () => everyLink(page));
  }
  await test.step('report', () => everyReport(page, app));
  await test.step('file names', () => everyName(page, app));
  await test.step('dialogs and menus', () => everyDialog(page, app));
  await test.step('tabs', () => everyTab(page));
  if (app !== null) {
    expect((await app.menu()).filter(({ label, menu }) => /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u200B]|(?<!&)&(?!&)/.test(`${menu}${label}`))).toEqual([]);
    expect((await app.messages()).filter((message) => OBEYED.test(message))).toEqual([]);
  }
});

async function everyView(page: Page): Promise<void> {
  for (let step = 0; step < 3; step += 1) await press(page, 'F8');
  for (let step = 0; step < 4; step += 1) await press(page, 'Control+ArrowDown');
  for (const { key, name } of VIEWS) {
    await press(page, key);
    // The tab of the findings counts them.
    await expect(page.getByRole('tab', { name: new RegExp(String.raw`^${name}( \d+)?$`) })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tabpanel').first()).not.toBeEmpty();
    await harmless(page, name);
    // Where no channel is open there is nothing to walk, and Enter would open one.
    if (name === 'Console') continue;
    // Into the list, tree or grid of the view: details, reasons and cards follow.
    for (const move of ['Home', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'End', 'Enter']) await press(page, move);
    await harmless(page, `${name}, walked`);
  }
  // The console, the last view, stands in front of the dialogue.
  await press(page, 'Control+3');
  await expect(page.locator('.xterm-rows')).toContainText(String.raw`\x1b]52;c;`);
  await press(page, 'Control+f');
  await page.keyboard.type('owned');
  await harmless(page, 'the dialogue, searched');
  await press(page, 'Escape');
  await press(page, 'Control+7');
  await page.getByLabel('Each DNS message').check();
  await harmless(page, 'every DNS message');
  await press(page, 'Control+6');
  const graph = page.getByRole('listbox', { name: /^Chain of trust/ });
  const nodes = await graph.getByRole('option').count();
  await page.getByRole('checkbox', { name: 'All keys' }).check();
  await expect.poll(() => graph.getByRole('option').count()).toBeGreaterThan(nodes);
  for (const node of (await graph.getByRole('option').all()).slice(-6)) {
    // The picture is drawn in pieces, and one that is still of the picture before takes no click.
    await expect(async () => {
      await node.dispatchEvent('click');
      await expect(page.getByRole('group', { name: 'Details of the node' })).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 15_000 });
    await harmless(page, 'a node of the graph');
  }
}

/** Of what a server, a file or the person named: by keyboard and by mouse. */
async function everyTooltip(page: Page): Promise<void> {
  const tip = page.getByRole('tooltip');
  const told = async (where: string): Promise<void> => {
    await expect(tip).toHaveText(/\\x1b|\\u\{202e\}/);
    expect(await tip.evaluate((box) => box.childElementCount)).toBe(0);
    await harmless(page, `the tooltip of ${where}`);
  };
  await press(page, 'Control+7');
  await page.getByLabel('Each DNS message').uncheck();
  await page.getByRole('grid', { name: 'Timing' }).locator('[data-tip*="owned"]').first().hover();
  await told('a step, by mouse');
  await press(page, 'Escape');
  await expect(tip).toHaveCount(0);
  await page.getByRole('grid', { name: 'Timing' }).locator('[data-tip*="owned"] [data-item]').first().focus();
  await press(page, 'ArrowDown', 'ArrowUp');
  await told('a step, by keyboard');
  await page.getByRole('tablist', { name: 'Runs' }).getByRole('tab').first().hover();
  await expect(tip).toHaveText(/owned/);
  await told('a tab');
  await press(page, 'Escape');
}

async function everyCopy(page: Page): Promise<void> {
  const card = page.getByRole('group', { name: 'Details of the node' });
  await copied(page, () => card.getByRole('button', { name: 'Copy', exact: true }).click());
  await copied(page, () => page.getByRole('button', { name: 'Copy the sentences' }).click());
  await press(page, 'Control+2');
  await oneLine(page, () => press(page, 'Control+Shift+c'));
  await copied(page, () => page.getByRole('button', { name: /^Copy for a ticket/ }).first().click());
  await press(page, 'Control+4');
  await copied(page, () => page.getByRole('button', { name: 'Copy PEM' }).click());
  await page.getByRole('treeitem').first().click();
  for (const name of ['Copy Subject', 'Copy Issuer', 'Copy Serial']) await oneLine(page, () => page.getByRole('region', { name: 'Details', exact: true }).getByRole('button', { name, exact: true }).click());
  await press(page, 'Control+5');
  await oneLine(page, () => page.getByRole('button', { name: /^Copy record/ }).first().click());
  await press(page, 'Control+8');
  await page.getByLabel('Filter answers').fill('tlsa-mismatch');
  await (await lastRow(page.getByRole('grid', { name: 'Answers of the name servers' }))).click();
  for (const side of ['Answer', 'Query']) {
    await page.getByRole('button', { name: side, exact: true }).click();
    await copied(page, () => page.locator('.message-head').getByRole('button', { name: 'Copy' }).click());
    await harmless(page, side);
  }
  await page.getByRole('button', { name: 'Bytes', exact: true }).click();
  await harmless(page, 'the bytes of a message');
  await press(page, 'Control+3');
  await expect(page.locator('.line-options [role="option"]:focus')).toHaveCount(1);
  for (const key of ['Home', 'ArrowDown', 'ArrowDown']) {
    await press(page, key);
    await oneLine(page, () => press(page, 'Control+c'));
  }
  expect((await copied(page, () => press(page, 'Control+Shift+d'))).split('\n').length).toBeGreaterThan(10);
}

const PREVIEW = 'Preview of the report';

async function everyReport(page: Page, app: Native | null): Promise<void> {
  await press(page, 'Control+e');
  await previewWhole(page);
  await harmless(page, 'the report');
  await copied(page, () => page.getByRole('button', { name: 'Copy Markdown' }).click());
  for (const format of ['Markdown', 'Text', 'JSON', 'Run file', 'HTML', 'PDF']) {
    await page.getByRole('radio', { name: format }).first().check();
    if (format !== 'HTML' && format !== 'PDF') await expect(page.getByRole('region', { name: PREVIEW })).not.toBeEmpty();
    await harmless(page, `the report as ${format}`);
    expect(await savedName(page, app, () => page.getByRole('button', { name: `Save as ${format}` }).click())).toMatch(SAFE_NAME);
    await expect(page.locator('.status-message')).toContainText(app === null ? 'Saved' : 'Not saved');
    await harmless(page, `the report saved as ${format}`);
  }
}

async function everyName(page: Page, app: Native | null): Promise<void> {
  expect(await savedName(page, app, () => press(page, 'Control+s'))).toMatch(SAFE_NAME);
  await press(page, 'Control+6');
  for (const name of ['Save as SVG', 'Save as PNG']) expect(await savedName(page, app, () => page.getByRole('button', { name }).click())).toMatch(SAFE_NAME);
  await press(page, 'Control+4');
  for (const name of ['Save PEM', 'Save chain as PEM']) {
    const button = page.getByRole('button', { name, exact: true });
    if (await button.isVisible()) expect(await savedName(page, app, () => button.click())).toMatch(SAFE_NAME);
  }
}

async function everyDialog(page: Page, app: Native | null): Promise<void> {
  await press(page, 'Control+1');
  for (const [key, typed] of [['F1', 'tab'], ['Control+k', 'mx1'], ['Control+k', 'received'], ['Control+k', 'certificate'], ['Control+,', ''], ['?', '']] as const) {
    await press(page, key);
    await page.keyboard.type(typed);
    await harmless(page, `${key} ${typed}`);
    await press(page, 'Escape');
  }
  await page.getByRole('tablist', { name: 'Runs' }).getByRole('tab').first().click({ button: 'right' });
  await harmless(page, 'the menu of the tab');
  await page.getByRole('menuitem', { name: 'Rename the tab' }).click();
  await expect(page.getByRole('dialog', { name: 'Rename the tab' }).getByRole('textbox')).toBeVisible();
  await harmless(page, 'the name of the tab');
  await press(page, 'Escape');
  if (app === null) {
    await press(page, 'F10');
    await press(page, 'Enter');
    await harmless(page, 'the menu');
    await press(page, 'Escape');
    await press(page, 'Escape');
  }
  await press(page, 'Control+Shift+r');
  await page.getByRole('slider', { name: 'Event' }).focus();
  for (const key of ['Home', 'PageUp', 'PageUp']) await press(page, key);
  await harmless(page, 'the replay');
  await press(page, 'Control+Shift+r');
}

const details = (page: Page) => page.getByRole('region', { name: 'Details', exact: true });

/** `#subject=` in the address: one that the run has, under a hostile name, and others. */
async function everyLink(page: Page): Promise<void> {
  const go = (hash: string): Promise<void> => page.evaluate((text) => {
    location.hash = text;
  }, hash);
  await go(`#subject=mx:${encodeURIComponent(HOST)}.tlsa-mismatch.example`);
  await expect(details(page)).toContainText(String.raw`mx1\027`);
  await harmless(page, 'a link to a host');
  await press(page, 'F1');
  await page.keyboard.type('copy link');
  await oneLine(page, () => press(page, 'Enter'));
  for (const hash of [`#subject=mx:${encodeURIComponent(HOSTILE.replace('\uD800', ''))}`, '#subject=rrset:%E0%A4%A', `#subject=${'x'.repeat(10_000)}`, '#<script>window.owned=1</script>', '#subject=constructor:x']) {
    await go(hash);
    await expect(details(page)).toContainText(String.raw`mx1\027`);
  }
  await harmless(page, 'links to nothing');
}

async function everyTab(page: Page): Promise<void> {
  await press(page, 'Alt+w');
  await expect(page.locator('.status-bar')).toContainText('Closed');
  await harmless(page, 'closed');
  await press(page, 'Alt+Shift+t');
  await expect(page.locator('.status-bar')).toContainText('Reopened');
  await harmless(page, 'reopened');
  await page.evaluate(rememberedByAnother, HOSTILE);
  await page.reload();
  await expect(page).toHaveTitle(/\\x1b\]0;owned\\x07/);
  await harmless(page, 'loaded again');
  await press(page, 'Alt+t');
  await expect(page.getByRole('region', { name: 'Recent runs' }).getByRole('listitem')).toHaveCount(1);
  await harmless(page, 'recent runs');
  await press(page, 'F1');
  await page.keyboard.type('open recent');
  await expect(page.getByRole('option', { name: /Open recent/ })).toHaveCount(1);
  await harmless(page, 'recent runs as commands');
  await press(page, 'Enter');
  await expect(page.getByRole('dialog', { name: 'Notice' })).toContainText('Cannot open the run');
  await harmless(page, 'a recent run that is none');
  await press(page, 'Escape');
}

/** What another program of the same person might write where recent runs are kept. */
function rememberedByAnother(text: string): Promise<void> {
  const status = { sign: 'check', tone: 'secure', word: 'authenticated' };
  const startedAt = '2026-11-24T14:02:07.000Z';
  const records = [{ id: text, target: text, startedAt, status, text }, { id: 'b', target: 'b', startedAt, status: { ...status, word: text.slice(0, 50) }, text }, { id: 'c', target: 'c', startedAt: text, status, text }];
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('danescope', 1);
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('recent-runs', { keyPath: 'id' }));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
    opening.addEventListener('success', () => {
      const writing = opening.result.transaction('recent-runs', 'readwrite');
      for (const record of records) writing.objectStore('recent-runs').put(record);
      writing.addEventListener('complete', () => {
        opening.result.close();
        resolve();
      });
    });
  });
}
