/** A run file of a domain with so many MX hosts, each refused for a reason of its own: more findings than an inspection tells, but a file may. */
import { fold } from '../../core/inspection/fold.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { writeRunFile } from '../../core/inspection/run-file.ts';

/** Connections of one host are further apart than the run has any. */
const APART = 100;

/** @param recorded of `tlsa-mismatch.example`: one host with one address */
export function manyFindings(recorded: readonly InspectionEvent[], count: number): string {
  const host = fold(recorded).hosts[0];
  const address = host?.addresses[0]?.address;
  if (host === undefined || address === undefined) throw new Error('the run has no host with an address');
  const own = recorded.filter((event) => event.type === 'destination.host' || event.subject.startsWith('endpoint:') || event.subject.startsWith('connection:'));
  const last = recorded.at(-1) as InspectionEvent;
  const all = [...recorded.filter((event) => event !== last && !own.includes(event)), ...Array.from({ length: count }, (_, copy) => own.map((event) => retold(event, copy, [[host.name, `mx${String(copy + 1)}.many.example`], [address, `10.0.${String(copy >> 8)}.${String(copy & 255)}`]]))).flat(), last];
  return writeRunFile(all.map((event, seq) => ({ ...event, seq })));
}

function retold(event: InspectionEvent, copy: number, swaps: readonly (readonly [string, string])[]): InspectionEvent {
  const text = swaps.reduce((before, [from, to]) => before.replaceAll(from, to), JSON.stringify(event));
  return JSON.parse(text, (key, value: unknown) => (typeof value === 'number' && (key === 'connection' || key === 'number') ? value + copy * APART : value)) as InspectionEvent;
}
