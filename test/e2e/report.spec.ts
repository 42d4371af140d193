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
  await page.close();
});

test('prints to a tagged PDF', async ({ chromiumBrowser, shell }) => {
  test.skip(shell === 'electron', 'a report is a page of its own');
  const page = await chromiumBrowser.newPage();
  await page.setContent(plain);
  const pdf = await page.pdf({ format: 'A4', tagged: true, outline: true });
  expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  await page.close();
});
