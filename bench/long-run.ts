/** A run as long as a window may meet: the events of one run of the lab, told again for other hosts, connections and exchanges. */
import { fold } from '../core/inspection/fold.ts';
import type { InspectionEvent } from '../core/inspection/events.ts';

/** @returns so many events of one run with many hosts, in the order of a run, numbered without gaps */
export function asLongRun(recorded: readonly InspectionEvent[], count: number): readonly InspectionEvent[] {
  const [first] = recorded;
  const last = recorded.at(-1);
  if (first?.type !== 'run.started' || last?.type !== 'run.finished') throw new Error('the run has no beginning or no end');
  const middle = recorded.slice(1, -1);
  // The zones above are asked once; each further host costs its own lookups and connections.
  const repeated = middle.filter(({ type }) => type !== 'destination.found' && type !== 'dnssec.zone' && type !== 'dnssec.anchor');
  const copies = Math.ceil((count - 2 - middle.length) / repeated.length);
  const all = [middle, ...Array.from({ length: copies }, (_, index) => repeated.map((event) => retold(event, index + 1, last.at)))].flat();
  const events = [first, ...all.slice(0, count - 2), { ...last, at: last.at * (copies + 1) }];
  const hosts = fold(events).hosts.map(({ name, preference }) => ({ name, preference }));
  return events.map((event, seq) => ({ ...(event.type === 'destination.found' ? { ...event, destination: { ...event.destination, hosts } } : event), seq }));
}

/** Further apart than the numbers of one recorded run reach. */
const APART = 1000;

function retold(event: InspectionEvent, copy: number, length: number): InspectionEvent {
  const text = JSON.stringify(event).replaceAll(/\bmx(\d+)\./g, `mx$1-${String(copy)}.`).replaceAll(/(connection:[^/"]+\/[^/"]+\/)(\d+)/g, (_, before: string, number: string) => `${before}${String(Number(number) + copy * APART)}`);
  const moved = JSON.parse(text, (key, value: unknown) => (typeof value === 'number' && NUMBERS.has(key) ? value + copy * APART : value)) as InspectionEvent;
  return { ...moved, at: event.at + copy * length };
}

/** Names of the fields that hold the number of a connection or of a DNS exchange. */
const NUMBERS: ReadonlySet<string> = new Set(['connection', 'number', 'exchange']);
