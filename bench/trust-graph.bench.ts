/**
 * The trust graph at its largest: how long the layout takes, and for how long the page's main thread is busy at a stretch while the
 * graph comes to the screen, by the clock and by CPU time. The layout is the worker's; what is left is React, the SVG and its first painting.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { placeGraph } from '../core/graph/layout.ts';
import { graphvizLayout } from '../core/graph/graphviz-layout.ts';
import { runFileHeader, runFileLine } from '../core/inspection/run-file.ts';
import { printTable, spreadOf, spreadText } from './figures.ts';
import { labRun, withMostNodes } from './large-run.ts';
import { tasksDuring } from './main-thread.ts';
import type { Task } from './main-thread.ts';

const TURNS = 5;
const MOST_NODES = 400;
const WORDS = { inSight: 'all keys at a size to read', whole: 'all of it in sight' };
const root = join(import.meta.dirname, '..', '..', '..');

const { events, graph } = withMostNodes(await labRun('two-mx-one-bad.example'), MOST_NODES);
const layout = await graphvizLayout();
placeGraph(graph, layout);
const times = Array.from({ length: TURNS }, () => timed(() => placeGraph(graph, layout)));
process.stdout.write(`trust graph of ${String(graph.nodes.length)} nodes and ${String(graph.edges.length)} edges, ${String(TURNS)} turns, ms: median (least to most)\n`);
printTable(['what', 'ms'], [['layout', spreadText(spreadOf(times), 0)], ...await inBrowser()]);

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** @returns rows of the table; none where there is no Chromium */
async function inBrowser(): Promise<string[][]> {
  const executablePath = process.env['DANESCOPE_BROWSER'] ?? '/usr/bin/chromium';
  const folder = mkdtempSync(join(tmpdir(), 'danescope-bench-'));
  const file = join(folder, 'large.danescope.jsonl');
  writeFileSync(file, runFileHeader() + events.map(runFileLine).join(''));
  const host = spawn(process.execPath, [join(root, 'out/node/service/host-main.js'), '--lab', '--print-url'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    const address = await addressOf(host.stdout);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    await page.goto(address);
    await page.locator('#target').waitFor();
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Control+o');
    await (await chooser).setFiles(file);
    await page.locator('.headline-circumstances').waitFor();
    await page.keyboard.press('Control+6');
    await page.locator('.graph-node').first().waitFor();
    const few = await countOf(page);
    const turns: Turn[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) turns.push(await tasksOfDrawing(browser, page, few));
    return (['inSight', 'whole'] as const).flatMap((what) => {
      const longest = (of: (task: Task) => number): string => spreadText(spreadOf(turns.map((turn) => Math.max(0, ...turn[what].map(of)))), 0);
      return [[`${WORDS[what]}: longest task of the main thread`, longest(({ wall }) => wall)], ['the same, CPU time', longest(({ cpu }) => cpu)]];
    });
  } finally {
    await browser.close();
    host.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Turn {
  /** all keys, of which the part in sight is drawn */
  readonly inSight: readonly Task[];
  /** as small as to be in sight as a whole */
  readonly whole: readonly Task[];
}

/** From the path alone to all keys, to the whole of it, and back. */
async function tasksOfDrawing(browser: Browser, page: Page, few: number): Promise<Turn> {
  const inSight = await tasksDuring(browser, page, async () => {
    await page.getByRole('checkbox', { name: 'All keys' }).check();
    while (await countOf(page) <= few + 100) await page.waitForTimeout(20);
    await page.waitForTimeout(800);
  });
  const whole = await tasksDuring(browser, page, async () => {
    await page.getByRole('button', { name: 'Fit', exact: true }).click();
    while (await page.locator('.graph-node').count() < await countOf(page)) await page.waitForTimeout(20);
    await page.waitForTimeout(800);
  });
  await page.getByRole('button', { name: 'Readable size' }).click();
  await page.getByRole('checkbox', { name: 'All keys' }).uncheck();
  while (await countOf(page) > few) await page.waitForTimeout(20);
  return { inSight, whole };
}

/** nodes of the graph, drawn or not */
async function countOf(page: Page): Promise<number> {
  return Number(await page.locator('.graph-node').first().getAttribute('aria-setsize'));
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const address = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error('the local host ended without an address');
}
