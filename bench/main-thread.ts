/**
 * What a page's main thread does while something goes on: the frames as the page itself sees them; and, apart from them as a trace takes time
 * from the page, each task with its wall and its CPU time. On a busy machine the wall says how long others had the processor; CPU time is the page's own.
 */
import { writeFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';

export interface Task {
  /** ms */
  readonly wall: number;
  /** ms */
  readonly cpu: number;
}

export interface Frames {
  readonly seconds: number;
  /** ms from frame to frame */
  readonly times: readonly number[];
}

/** In the page: the time from frame to frame. */
const FRAMES = `{ const mine = window.watched = { frames: [], on: true };
  let before = performance.now();
  const look = (now) => { mine.frames.push(now - before); before = now; if (mine.on) requestAnimationFrame(look); };
  requestAnimationFrame((now) => { before = now; requestAnimationFrame(look); }); }`;

/** file that gets the trace of the last thing watched, for DevTools; none where it is not set */
const KEPT = process.env['DANESCOPE_BENCH_TRACE'];
/** The second tells what tasks were made of; recording it costs the page time. */
const CATEGORIES = ['toplevel', ...(KEPT === undefined ? [] : ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'disabled-by-default-v8.cpu_profiler'])];

export async function framesDuring(page: Page, work: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(FRAMES);
  const started = performance.now();
  await work();
  const times = (await page.evaluate('watched.on = false, watched.frames')) as number[];
  return { seconds: (performance.now() - started) / 1000, times };
}

export async function tasksDuring(browser: Browser, page: Page, work: () => Promise<unknown>): Promise<readonly Task[]> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  const trace = await browser.stopTracing();
  if (KEPT !== undefined) writeFileSync(KEPT, trace);
  return tasksIn(trace);
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** µs */
  readonly dur?: number;
  /** µs of CPU time */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Of the main threads of all renderers: that of the page, and of the report's frame where there is one. */
function tasksIn(trace: Buffer): readonly Task[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${String(pid)} ${String(tid)}`;
  const mains = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(threadOf));
  return traceEvents.flatMap((event) => (TASKS.has(event.name) && event.ph === 'X' && mains.has(threadOf(event)) ? [{ wall: (event.dur ?? 0) / 1000, cpu: (event.tdur ?? 0) / 1000 }] : []));
}

const TASKS: ReadonlySet<string> = new Set(['ThreadControllerImpl::RunTask', 'RunTask']);
