/**
 * A run in which everything that a server, a zone or a certificate says is hostile: escape sequences, bidirectional controls, markup, NUL, 100 kB. It is made from a
 * run of the lab, opened as a file, and every view is looked at: text, attributes, title. Nothing raw, nothing injected, nothing endless.
 */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { VIEWS, finished, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';

const HOSTILE = '\u001B]0;owned\u0007\u001B[2J\u001B]52;c;b3duZWQ=\u0007<script>window.owned=1</script><img src=x onerror="window.owned=1">"\'\u202Egnol\u2066\u200B\u0085\u0000\r\nZ';
const LONG = 'x'.repeat(100_000);
const evil = `${HOSTILE}${'\u0301'.repeat(200)}${LONG}`;

/** members whose texts come from outside, wherever they stand in an event */
const FOREIGN = new Set(['subject', 'issuer', 'commonName', 'text', 'summary', 'note', 'helo', 'tlsLibrary', 'input', 'serial', 'keyDescription', 'rcode', 'cipher', 'serverName', 'alpn', 'version', 'label']);
const LISTS = new Set(['dnsNames', 'otherNames', 'keywords', 'presented', 'tried', 'types']);

function hostile(value: unknown, key = '', depth = 0): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => (LISTS.has(key) && typeof one === 'string' ? `${one} ${evil}` : hostile(one, key, depth + 1)));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hostile(one, name, depth + 1)]));
  // The subject of an event says what it is about, and is ours.
  return typeof value === 'string' && FOREIGN.has(key) && !(key === 'subject' && depth === 1) ? `${value} ${evil}` : value;
}

/** A host name with an escape, a quote and a tag in it, as names are written (RFC 1035 §5.1). */
const HOST = String.raw`mx1\027\000\226\128\174<script>`;

function hostileRun(text: string): string {
  const named = text.replaceAll('mx1.tlsa-mismatch.example', `${JSON.stringify(HOST).slice(1, -1)}.tlsa-mismatch.example`);
  const [header = '', ...lines] = named.split('\n').filter((line) => line !== '');
  return [header, ...lines.map((line) => JSON.stringify(hostile(JSON.parse(line))))].join('\n').concat('\n');
}

interface Leak {
  readonly where: string;
  readonly what: string;
}

/** Everything in the document that a person could see or hear, and what must not be there. */
const leaks = (page: Page): Promise<readonly Leak[]> => page.evaluate(() => {
  const raw = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/;
  const found: { where: string; what: string }[] = [];
  const look = (where: string, text: string, longest: number): void => {
    if (raw.test(text)) found.push({ where, what: `raw: ${JSON.stringify(text.slice(0, 120))}` });
    if (text.length > longest) found.push({ where, what: `${String(text.length)} characters: ${text.slice(0, 60)}` });
  };
  look('title', document.title, 400);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) look(`text in ${node.parentElement?.className ?? node.parentNode?.nodeName ?? ''}`, node.nodeValue ?? '', 6000);
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) if (!['d', 'points', 'class', 'style'].includes(name)) look(`${name} of ${element.tagName}.${element.getAttribute('class') ?? ''}`, value, 6000);
    if (element instanceof HTMLInputElement) look('value of a field', element.value, 6000);
  }
  if (document.querySelector('body script:not([src]), img, iframe, object, embed, [onerror]') !== null) found.push({ where: 'document', what: 'an element was injected' });
  if ('owned' in window) found.push({ where: 'window', what: 'a script ran' });
  return found;
});

test('in every view: escaped, bounded, and nothing happens', async ({ inspector: page, shell }) => {
  test.skip(shell !== 'browser', 'the file dialogues of Electron are native');
  test.setTimeout(300_000);
  await run(page, 'tlsa-mismatch.example');
  const waiting = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const text = readFileSync(await (await waiting).path(), 'utf8');
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+o');
  const file = { name: 'a\u202Eb<script>.danescope.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(hostileRun(text)) };
  await (await chooser).setFiles(file);
  await expect(page.locator('.status-bar')).toContainText('Opened');
  await finished(page);
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('F8');
  for (const { key, name } of VIEWS) {
    await page.keyboard.press(key);
    // The tab of the findings counts them.
    await expect(page.getByRole('tab', { name: new RegExp(String.raw`^${name}( \d+)?$`) })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tabpanel').first()).not.toBeEmpty();
    expect(await leaks(page), name).toEqual([]);
  }
  // The console, the last view, stands in front of the dialogue.
  await page.keyboard.press('Control+3');
  await expect(page.locator('.xterm-rows')).toContainText(String.raw`\x1b]52;c;`);
  await page.keyboard.press('Control+Shift+d');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
});
