/** Runs an inspection against the lab as a face does, through the real sockets. */
import { DEFAULT_TIMEOUTS, type InspectOptions } from '../../core/inspection/options.ts';
import { inspect } from '../../core/inspection/inspect.ts';
import { fold } from '../../core/inspection/fold.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import type { Run } from '../../core/inspection/run.ts';
import { readTrustAnchors } from '../../core/dnssec/trust-anchor-file.ts';
import { systemPorts } from '../../core/net/ports.ts';
import { parseTarget } from '../../core/target/parse.ts';
import { sceneInspection, scenePorts } from '../../lab/list.ts';
import type { Lab } from '../../lab/start.ts';

export interface Inspected {
  readonly events: readonly InspectionEvent[];
  readonly run: Run;
}

/** @param text a target as a person types it */
export async function inspectInLab(lab: Lab, text: string, changes: Partial<InspectOptions> = {}): Promise<Inspected> {
  const events: InspectionEvent[] = [];
  for await (const event of inspectingInLab(lab, text, changes)) events.push(event);
  return { events, run: fold(events) };
}

/** Event by event, for a test that takes a hand in the run. */
export function inspectingInLab(lab: Lab, text: string, changes: Partial<InspectOptions> = {}, signal?: AbortSignal): AsyncGenerator<InspectionEvent, void> {
  const target = parseTarget(text);
  if (!target.ok) throw new Error(target.failure.message);
  const usual = optionsInLab(lab);
  return inspect(target.value, scenePorts(target.value, { ...systemPorts(), network: lab.network }), { ...usual, ...sceneInspection(target.value, usual.resolution), ...changes }, signal);
}

export function optionsInLab(lab: Lab): InspectOptions {
  const anchors = readTrustAnchors(lab.trustAnchorText, 'practice lab');
  if (!anchors.ok) throw new Error(anchors.failure.text);
  return {
    helo: 'visitor.example', version: '0.0.0', lab: lab.name, trustAnchors: anchors.value, families: [4, 6], probe: 'full',
    resolution: { mode: 'iterative', rootServers: lab.rootHints, why: null }, timeouts: DEFAULT_TIMEOUTS,
  };
}
