/**
 * Ten thousand events into the built page in Chromium, over oRPC and the WebSocket: does the window stay alive while they come, and
 * does it keep nothing of runs that are over? Frames are measured by the page itself; an idle page is measured too, as what a busy
 * machine adds is no fault of the window.
 */
import { writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import type { CDPSession, Page } from '@playwright/test';
import { fold } from '../core/inspection/fold.ts';
import { printTable } from './figures.ts';
import { labRun } from './large-run.ts';
import { asLongRun } from './long-run.ts';
import { startScriptedHost } from './scripted-host.ts';
import type { Script } from './scripted-host.ts';

const EVENTS = 10_000;
const RUNS = 50;
/** runs after which the heap is looked at: the list of recent runs is full after ten */
const LOOKS: ReadonlySet<number> = new Set([5, 15, RUNS]);
/** ms; a frame above is felt */
const LONG = 50;
/** file for a profile of the first stream, for DevTools; none where it is not set */
const PROFILE = process.env['DANESCOPE_BENCH_PROFILE'];

/** In the page: the time from frame to frame, and the tasks of the main thread that the browser calls long. */
const WATCH = `window.watched = { frames: [], tasks: [], on: true };
  new PerformanceObserver((list) => watched.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  { let before = performance.now(); const mine = watched;
    const look = (now) => { mine.frames.push(now - before); before = now; if (mine.on) requestAnimationFrame(look); }; requestAnimationFrame((now) => { before = now; requestAnimationFrame(look); }); }`;

const script: Script = { events: asLongRun(await labRun('two-mx-one-bad.example'), EVENTS), pace: { events: 64, ms: 20 }, told: 0 };
const host = await startScriptedHost(script);
const browser = await chromium.launch({ executablePath: process.env['DANESCOPE_BROWSER'] ?? '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const cdp = await page.context().newCDPSession(page);
  await page.goto(host.address());
  await page.locator('#target').fill('two-mx-one-bad.example');
  const { hosts, connections } = fold(script.events);
  process.stdout.write(`${EVENTS.toLocaleString('en-US')} events into the page: ${String(hosts.length)} hosts, ${String(connections.length)} connections\n`);
  printTable(['what', 's', 'frames', 'longest ms', `over ${String(LONG)} ms`, 'longest task ms', 'tasks over 50 ms'], await frameRows(page, cdp));
  await printHeap(page, cdp);
} finally {
  await browser.close();
  await host.close();
}

async function frameRows(page: Page, cdp: CDPSession): Promise<string[][]> {
  const rows = [await measured(page, 'idle', () => page.waitForTimeout(3000))];
  if (PROFILE !== undefined) await profiled(page, cdp, PROFILE);
  rows.push(await measured(page, 'first run, 64 events each 20 ms', () => runOnce(page)));
  rows.push(await measured(page, 'second run, the same', () => runOnce(page)));
  script.pace = { events: EVENTS, ms: 0 };
  rows.push(await measured(page, 'third run, as fast as they go', () => runOnce(page)));
  return rows;
}

interface Seen {
  readonly frames: readonly number[];
  readonly tasks: readonly number[];
}

async function measured(page: Page, what: string, work: () => Promise<unknown>): Promise<string[]> {
  await page.evaluate(WATCH);
  const started = performance.now();
  await work();
  const { frames, tasks } = (await page.evaluate('watched.on = false, ({ frames: watched.frames, tasks: watched.tasks })')) as Seen;
  const seconds = (performance.now() - started) / 1000;
  const long = (times: readonly number[]): string => String(times.filter((time) => time > LONG).length);
  return [what, seconds.toFixed(1), String(frames.length), Math.max(...frames).toFixed(0), long(frames), Math.max(0, ...tasks).toFixed(0), long(tasks)];
}

/** From the key to the last event on the screen. */
async function runOnce(page: Page): Promise<void> {
  const before = script.told;
  await page.locator('#target').press('Enter');
  while (script.told === before) await page.waitForTimeout(10);
  await page.locator('.run-button:not(.stop)').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(300);
}

async function profiled(page: Page, cdp: CDPSession, file: string): Promise<void> {
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval: 500 });
  await cdp.send('Profiler.start');
  await runOnce(page);
  const { profile } = await cdp.send('Profiler.stop');
  writeFileSync(file, JSON.stringify(profile));
}

async function printHeap(page: Page, cdp: CDPSession): Promise<void> {
  const rows: string[][] = [];
  for (let run = 1; run <= RUNS; run += 1) {
    await runOnce(page);
    if (LOOKS.has(run)) rows.push([String(run), ((await heapOf(cdp)) / 1e6).toFixed(1)]);
  }
  printTable(['runs', 'heap after a collection, MB'], rows);
}

async function heapOf(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
}
