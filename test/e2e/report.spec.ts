/** The HTML report in a browser: hostile text runs nothing and loads nothing, and people with assistive tools can read it. */
import { assess } from '../../core/findings/assess.ts';
import { graphvizLayout } from '../../core/graph/graphviz-layout.ts';
import { placeGraph } from '../../core/graph/layout.ts';
import { trustGraph } from '../../core/graph/trust-graph.ts';
import type { Run } from '../../core/inspection/run.ts';
import { htmlReport } from '../../core/report/html.ts';
import { startLab } from '../../lab/start.ts';
import { hostileRun } from '../report/hostile-run.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';
import { axeViolations } from './axe.ts';
import { expect, test } from './fixtures.ts';

const ADDRESS = 'http://report.invalid/example.org.html';
let run: Run;
let hostile: string;
let plain: string;

// In one worker: each that takes part would start a lab for it.
test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  const lab = await startLab();
  ({ run } = await inspectInLab(lab, 'tlsa-mismatch.example'));
  await lab.close();
  const layout = await graphvizLayout();
  const html = (shown: Run): string => htmlReport(shown, assess(shown), placeGraph(trustGraph(shown), layout));
  plain = html(run);
  hostile = html(hostileRun(run));
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the report, ${colorScheme}`, async ({ chromiumBrowser, shell }) => {
    test.skip(shell === 'electron', 'a report is a page of its own');
    const page = await chromiumBrowser.newPage({ colorScheme });
    for (const html of [plain, hostile]) {
      await page.setContent(html);
      expect(await axeViolations(page)).toEqual([]);
    }
    await page.close();
  });
}

test('each link of the contents leads to its section, also to the last', async ({ chromiumBrowser, shell }) => {
  test.skip(shell === 'electron', 'a report is a page of its own');
  const page = await chromiumBrowser.newPage();
  await page.route('**', (route) => route.fulfill({ body: plain, contentType: 'text/html; charset=utf-8' }));
  await page.goto(ADDRESS);
  for (const link of await page.getByRole('navigation').getByRole('link').all()) {
    await page.evaluate(() => { window.scrollTo(0, 0); });
    await link.click();
    await expect.poll(() => page.evaluate(() => Math.abs(Math.round(document.querySelector(':target')?.getBoundingClientRect().top ?? -1)))).toBe(0);
  }
  await page.close();
});

test('in a page of 1024 px each table has room, the outcome of an endpoint too', async ({ chromiumBrowser, shell }) => {
  test.skip(shell === 'electron', 'a report is a page of its own');
  const page = await chromiumBrowser.newPage({ viewport: { width: 1024, height: 900 } });
  await page.setContent(plain);
  expect(await page.evaluate(() => [...document.querySelectorAll('.wide:not(.picture)')].filter((table) => table.scrollWidth > table.clientWidth).map((table) => table.getAttribute('aria-label')))).toEqual([]);
  await page.close();
});

test('a report full of attacks runs no script, sends no request and stays in its page', async ({ chromiumBrowser, shell }) => {
  test.skip(shell === 'electron', 'a report is a page of its own');
  const page = await chromiumBrowser.newPage();
  const asked: string[] = [];
  await page.route('**', (route) => {
    asked.push(route.request().url());
    return asked.length === 1 ? route.fulfill({ body: hostile, contentType: 'text/html; charset=utf-8' }) : route.abort();
  });
  await page.goto(ADDRESS, { waitUntil: 'load' });
  expect(await page.evaluate(() => 'attacked' in window)).toBe(false);
  expect(await page.locator('script, img, iframe, object, embed, form, [onload], [onerror]').count()).toBe(0);
  await page.locator('body').press('Tab');
  expect(asked.filter((address) => !address.endsWith('/favicon.ico'))).toEqual([ADDRESS]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  // On paper nothing scrolls: what is wider is cut off.
  await page.emulateMedia({ media: 'print' });
  const wide = await page.evaluate(() => [...document.querySelectorAll('caption, h1, h2, h3, p, dd, pre')].filter((element) => element.getBoundingClientRect().right > window.innerWidth).map(({ tagName, textContent }) => `${tagName} ${textContent.slice(0, 60)}`));
  expect(wide).toEqual([]);
  await page.close();
});

for (const width of [320, 480, 700]) {
  test(`in a page of ${String(width)} px no table scrolls sideways: rows are cards, cells say their column`, async ({ chromiumBrowser, shell }) => {
    test.skip(shell === 'electron', 'a report is a page of its own');
    const page = await chromiumBrowser.newPage({ viewport: { width, height: 800 } });
    for (const html of [plain, hostile]) {
      await page.setContent(html);
      const scrolling = await page.evaluate(() => [...document.querySelectorAll('.wide:not(.picture)')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.getAttribute('aria-label')?.slice(0, 60)));
      expect(scrolling).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      expect(await page.locator('#senders td').first().evaluate((cell) => getComputedStyle(cell, '::before').content)).toBe('"Does"');
      expect(await axeViolations(page)).toEqual([]);
    }
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#senders td').first().evaluate((cell) => [getComputedStyle(cell).display, getComputedStyle(cell, '::before').content])).toEqual(['table-cell', 'none']);
    await page.close();
  });
}

test('a link to a subject leads to its place, for every kind of subject', async ({ chromiumBrowser, shell }) => {
  test.skip(shell === 'electron', 'a report is a page of its own');
  const page = await chromiumBrowser.newPage();
  await page.route('**', (route) => route.fulfill({ body: plain, contentType: 'text/html; charset=utf-8' }));
  await page.goto(ADDRESS);
  const places = await page.evaluate(() => [...document.querySelectorAll('[id^="subject="]')].map(({ id }) => id));
  const firstOf = (kind: string): string => places.find((id) => decodeURIComponent(id).startsWith(`subject=${kind}:`)) ?? `no place for ${kind}`;
  for (const kind of ['domain', 'zone', 'dnskey', 'ds', 'rrset', 'mx', 'tlsa', 'address', 'endpoint', 'cert']) {
    await page.goto(`${ADDRESS}#${firstOf(kind)}`);
    await expect(page.locator(':target'), kind).toHaveCount(1);
    await expect(page.locator(':target'), kind).toBeInViewport();
  }
  await page.close();
});

for (const kind of ['plain', 'hostile'] as const) {
  test(`prints to a tagged PDF in which nothing acts: ${kind}`, async ({ chromiumBrowser, shell }, testInfo) => {
    test.skip(shell === 'electron', 'a report is a page of its own');
    const page = await chromiumBrowser.newPage();
    await page.setContent(kind === 'plain' ? plain : hostile);
    const pdf = (await page.pdf({ path: testInfo.outputPath('report.pdf'), format: 'A4', tagged: true, outline: true, printBackground: true, preferCSSPageSize: true })).toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf).toContain('/MarkInfo');
    expect(pdf.match(/\/(?:JavaScript|JS|OpenAction|AA|Launch|URI|SubmitForm|EmbeddedFile|RichMedia)\b/g)).toBeNull();
    await page.close();
  });
}
