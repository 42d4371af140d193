/**
 * Folding events into a run: 10,000 events of real runs against the lab, one behind the other, as a window does it with each batch.
 * A fold whose cost grew with the run would show in the later lines: twice the events would cost more than twice as much.
 */
import { parseTarget } from '../core/target/parse.ts';
import { fold } from '../core/inspection/fold.ts';
import { inspect } from '../core/inspection/inspect.ts';
import type { InspectionEvent } from '../core/inspection/events.ts';
import { labVantage } from '../core/net/vantage.ts';
import { startLab } from '../lab/start.ts';
import { printTable, spreadOf } from './figures.ts';

const EVENTS = 10_000;
const TURNS = 9;

async function labEvents(): Promise<InspectionEvent[]> {
  const lab = await startLab();
  const vantage = labVantage(lab);
  const events: InspectionEvent[] = [];
  try {
    for (const scene of lab.scenes) {
      const target = parseTarget(scene.target);
      if (!target.ok) throw new Error(target.failure.message);
      const options = { helo: 'bench.example', version: '0', resolution: vantage.resolution, trustAnchors: vantage.trustAnchors, lab: vantage.lab };
      for await (const event of inspect(target.value, vantage.ports, options)) events.push(event);
    }
  } finally {
    await lab.close();
  }
  return events;
}

/** As one run: its beginning and end once, numbered without gaps. */
function asOneRun(events: readonly InspectionEvent[], count: number): InspectionEvent[] {
  const [start] = events;
  if (start === undefined) throw new Error('the lab told nothing');
  const middle = events.filter(({ type }) => !type.startsWith('run.'));
  return Array.from({ length: count }, (_, seq) => ({ ...(seq === 0 ? start : middle[(seq - 1) % middle.length] ?? start), seq }));
}

/** ms */
function timeFold(events: readonly InspectionEvent[]): number {
  const started = performance.now();
  const run = fold(events);
  if (run.events !== events.length) throw new Error('events were lost');
  return performance.now() - started;
}

const recorded = await labEvents();
const row = (count: number): readonly string[] => {
  const events = asOneRun(recorded, count);
  const { least, median, most } = spreadOf(Array.from({ length: TURNS }, () => timeFold(events)));
  return [count.toLocaleString('en-US'), least.toFixed(1), median.toFixed(1), most.toFixed(1), ((median / count) * 1000).toFixed(1)];
};
row(EVENTS);
process.stdout.write(`fold of events of ${recorded.length.toLocaleString('en-US')} recorded in the lab, ${TURNS} turns\n`);
printTable(['events', 'least ms', 'median ms', 'most ms', 'µs an event'], [EVENTS / 10, EVENTS, 2 * EVENTS].map(row));
