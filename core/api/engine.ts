/** The engine's side of the seam: one router a session over whatever carries the messages. */
import { implement, ORPCError } from '@orpc/server';
import type { Clock } from '../base/ports.ts';
import type { InspectionEvent } from '../inspection/events.ts';
import { batched } from './batch.ts';
import { inspectorContract } from './contract.ts';
import type { InspectRequest, Runtime, Scene, TargetReading } from './inspector-client.ts';

/** What the seam needs of an engine. Aborting the signal of `inspect` stops the run; what is known by then was told. */
export interface InspectorEngine {
  runtime(): Runtime;
  parseTarget(text: string): TargetReading;
  scenes(): readonly Scene[];
  inspect(request: InspectRequest, signal: AbortSignal): AsyncIterable<InspectionEvent>;
}

/** One session may not use us to flood mail servers: more runs at once than this are refused. */
export const RUNS_AT_ONCE = 4;

/** @returns a router whose limits belong to one session; make one for each client. */
export function sessionRouter(engine: InspectorEngine, clock: Clock) {
  const contract = implement(inspectorContract);
  let running = 0;
  return {
    runtime: contract.runtime.handler(() => engine.runtime()),
    parseTarget: contract.parseTarget.handler(({ input }) => engine.parseTarget(input)),
    scenes: contract.scenes.handler(() => engine.scenes()),
    inspect: contract.inspect.handler(async function* inspect({ input, signal: left }) {
      if (running >= RUNS_AT_ONCE) throw new ORPCError('TOO_MANY_REQUESTS', { message: `${String(RUNS_AT_ONCE)} runs are under way; stop one first` });
      running += 1;
      try {
        yield* batched((signal) => engine.inspect(input, signal), clock, left);
      } finally {
        running -= 1;
      }
    }),
  };
}
