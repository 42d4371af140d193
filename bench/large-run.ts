/** A run whose trust graph is as large as one may be: a run of the lab in which every zone has many keys. */
import type { InspectionEvent } from '../core/inspection/events.ts';
import { fold } from '../core/inspection/fold.ts';
import { inspect } from '../core/inspection/inspect.ts';
import type { TrustGraph } from '../core/graph/graph-facts.ts';
import { trustGraph } from '../core/graph/trust-graph.ts';
import { labVantage } from '../core/net/vantage.ts';
import { parseTarget } from '../core/target/parse.ts';
import { startLab } from '../lab/start.ts';

export async function labRun(target: string): Promise<InspectionEvent[]> {
  const lab = await startLab();
  try {
    const vantage = labVantage(lab);
    const read = parseTarget(target);
    if (!read.ok) throw new Error(read.failure.message);
    const events: InspectionEvent[] = [];
    const options = { helo: 'bench.example', version: '0', resolution: vantage.resolution, trustAnchors: vantage.trustAnchors, lab: vantage.lab };
    for await (const event of inspect(read.value, vantage.ports, options)) events.push(event);
    return events;
  } finally {
    await lab.close();
  }
}

/** As many keys as still fit, each with a signature over the keys of its zone: nodes and edges as in a zone with many. */
export function withMostNodes(events: readonly InspectionEvent[], most: number): { readonly events: readonly InspectionEvent[]; readonly graph: TrustGraph } {
  const made = (keys: number): readonly InspectionEvent[] => events.map((event) => (event.type === 'dnssec.zone' ? withKeys(event, keys) : event));
  let keys = 1;
  const graphOf = (count: number): TrustGraph => trustGraph(fold(made(count)), { allKeys: true });
  while (graphOf(keys + 1).folded.length === 0 && graphOf(keys + 1).nodes.length <= most) keys += 1;
  return { events: made(keys), graph: graphOf(keys) };
}

function withKeys(event: Extract<InspectionEvent, { type: 'dnssec.zone' }>, keys: number): InspectionEvent {
  const [first] = event.zone.keys;
  if (first === undefined) return event;
  const more = Array.from({ length: keys }, (_, index) => ({ ...first, keyTag: (first.keyTag + index + 1) % 65_536, trustAnchor: false, sep: false }));
  return { ...event, zone: { ...event.zone, keys: [...event.zone.keys, ...more] } };
}
