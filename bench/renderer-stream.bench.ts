/**
 * Ten thousand events into the built page in Chromium, over oRPC and the WebSocket: does the window stay alive while they come, whichever
 * view is in front, and does it keep nothing of runs that are over? Frames are measured by the page itself; an idle page is measured
 * too, as what a busy machine adds is no fault of the window: what a task takes of the processor says more there than the clock.
 * DANESCOPE_BENCH_VIEWS names the views to measure, where not all are wanted.
 */
import { chromium } from '@playwright/test';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { fold } from '../core/inspection/fold.ts';
import { printTable } from './figures.ts';
import { labRun } from './large-run.ts';
import { asLongRun } from './long-run.ts';
import { framesDuring, tasksDuring } from './main-thread.ts';
import type { Frames, Task } from './main-thread.ts';
import { startScriptedHost } from './scripted-host.ts';
import type { Script } from './scripted-host.ts';

const EVENTS = 10_000;
const TARGET = 'dual-key-one-record.example';
const RUNS = 50;
/** runs after which the heap is looked at */
const LOOKS: ReadonlySet<number> = new Set([1, 5, 10, 25, RUNS]);
/** ms; a frame above is felt */
const LONG = 50;
/** ms by which the page's times of frames are off: three steps of a display of 60 Hz are 50.0, or told as 50.1 */
const ROUNDED = 0.5;
/** A batch of the engine's every 20 ms: all within some three seconds, as the fastest servers may answer. */
const STEADY = { events: 64, ms: 20 };
const AT_ONCE = { events: EVENTS, ms: 0 };

/** With their keys; each comes to the front of the centre or of the bottom. The dialogue is below all but the console. */
const VIEWS: readonly (readonly [name: string, key: string])[] = [
  ['console', 'Control+9'], ['dialogue', 'Control+3'], ['overview', 'Control+1'], ['findings', 'Control+2'], ['certificates', 'Control+4'], ['tlsa', 'Control+5'], ['trust', 'Control+6'], ['timing', 'Control+7'], ['answers', 'Control+8'],
  ['report', 'Control+e'],
];
const WANTED = process.env['DANESCOPE_BENCH_VIEWS']?.split(',') ?? VIEWS.map(([name]) => name);

/** The run goes on, or the preview of its report is not laid out yet. */
const IS_AT_WORK = `document.querySelector('.run-button.stop') !== null
  || (document.querySelector('#tab-report[aria-selected=true]') !== null && document.querySelector('.report-preview[aria-busy=false] iframe.front:not([data-before])')?.contentDocument?.readyState !== 'complete')`;

const script: Script = { events: asLongRun(await labRun(TARGET), EVENTS), pace: STEADY, told: 0 };
const host = await startScriptedHost(script);
const browser = await chromium.launch({ executablePath: process.env['DANESCOPE_BROWSER'] ?? '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(host.address());
  await page.locator('#target').fill(TARGET);
  const { hosts, connections, endpoints } = fold(script.events);
  process.stdout.write(`${script.events.length.toLocaleString('en-US')} events into the page: ${String(hosts.length)} hosts of ${String(hosts[0]?.addresses.length ?? 0)} addresses, ${String(endpoints.length)} rows of the matrix, ${String(connections.length)} connections\n`);
  printTable(['what', 's', 'frames', 'longest ms', `over ${String(LONG)} ms`, 'longest task ms', 'of CPU ms', `over ${String(LONG)} ms of CPU`, 'main thread, CPU s'], await rows(browser, page));
  await printHeap(page, await page.context().newCDPSession(page));
} finally {
  await browser.close();
  await host.close();
}

async function rows(on: Browser, page: Page): Promise<readonly string[][]> {
  const measured = async (what: string, work: () => Promise<unknown>): Promise<string[]> => row(what, await framesDuring(page, work), await tasksDuring(on, page, work));
  const all = [await measured('idle', () => page.waitForTimeout(3000))];
  for (const [name, key] of VIEWS.filter(([view]) => WANTED.includes(view))) {
    await page.keyboard.press(key);
    await page.waitForTimeout(300);
    script.pace = STEADY;
    all.push(await measured(`${name}, 64 events each 20 ms`, () => runOnce(page)));
    script.pace = AT_ONCE;
    all.push(await measured(`${name}, as fast as they go`, () => runOnce(page)));
  }
  return all;
}

function row(what: string, { seconds, times: frames }: Frames, tasks: readonly Task[]): string[] {
  const over = (times: readonly number[]): string => String(times.filter((time) => time > LONG + ROUNDED).length);
  const cpu = tasks.map((task) => task.cpu);
  return [what, seconds.toFixed(1), String(frames.length), longest(frames), over(frames), longest(tasks.map(({ wall }) => wall)), longest(cpu), over(cpu), (cpu.reduce((sum, ms) => sum + ms, 0) / 1000).toFixed(2)];
}

function longest(times: readonly number[]): string {
  return Math.max(0, ...times).toFixed(0);
}

/** From the key to the last event on the screen, and where the report is in front to its preview. */
async function runOnce(page: Page): Promise<void> {
  const before = script.told;
  await page.evaluate("document.querySelector('iframe.front')?.setAttribute('data-before', '')");
  await page.locator('#target').press('Enter');
  while (script.told === before) await page.waitForTimeout(10);
  // A locator that waits asks each frame whether the element is in sight: a layout that is none of the window's own.
  while (((await page.evaluate(IS_AT_WORK)) as boolean)) await page.waitForTimeout(200);
  await page.waitForTimeout(500);
}

async function printHeap(page: Page, cdp: CDPSession): Promise<void> {
  await page.reload();
  await page.locator('#target').fill(TARGET);
  script.pace = AT_ONCE;
  const table: string[][] = [];
  for (let run = 1; run <= RUNS; run += 1) {
    await runOnce(page);
    if (LOOKS.has(run)) table.push([String(run), ((await heapOf(cdp)) / 1e6).toFixed(1)]);
  }
  printTable(['runs', 'heap after a collection, MB'], table);
}

async function heapOf(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
}
