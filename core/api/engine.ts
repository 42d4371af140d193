/** The engine's side of the seam: one router a session over whatever carries the messages. */
import { implement, ORPCError } from '@orpc/server';
import type { Clock } from '../base/ports.ts';
import { failed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { ConsoleRefusal, ConsoleRequest } from '../inspection/control.ts';
import type { InspectionEvent } from '../inspection/events.ts';
import type { RunControl } from '../inspection/run-control.ts';
import { batched } from './batch.ts';
import { inspectorContract } from './contract.ts';
import { HeldRuns } from './held-runs.ts';
import type { ConsoleNews, InspectRequest, Runtime, Scene, TargetReading } from './inspector-client.ts';

/** What the seam needs of an engine. Aborting the signal of `inspect` stops the run; what is known by then was told. `control` is the run's own. */
export interface InspectorEngine {
  runtime(): Runtime;
  parseTarget(text: string): TargetReading;
  scenes(): readonly Scene[];
  inspect(request: InspectRequest, signal: AbortSignal, control: RunControl): AsyncIterable<InspectionEvent>;
  /** Aborting the signal closes the channel. */
  openConsole(request: ConsoleRequest, signal: AbortSignal, control: RunControl): Result<AsyncIterable<InspectionEvent>, ConsoleRefusal>;
}

/** One session may not use us to flood mail servers: more runs at once than this are refused. */
export const RUNS_AT_ONCE = 4;

/** @returns a router whose limits belong to one session; make one for each client. */
export function sessionRouter(engine: InspectorEngine, clock: Clock) {
  const contract = implement(inspectorContract);
  const runs = new HeldRuns();
  let running = 0;
  const counted = async function* counted<Item>(start: () => AsyncGenerator<Item, void>): AsyncGenerator<Item, void> {
    if (running >= RUNS_AT_ONCE) throw new ORPCError('TOO_MANY_REQUESTS', { message: `${String(RUNS_AT_ONCE)} runs are under way; stop one first` });
    running += 1;
    try {
      yield* start();
    } finally {
      running -= 1;
    }
  };
  return {
    runtime: contract.runtime.handler(() => engine.runtime()),
    parseTarget: contract.parseTarget.handler(({ input }) => engine.parseTarget(input)),
    scenes: contract.scenes.handler(() => engine.scenes()),
    inspect: contract.inspect.handler(({ input, signal: left }) => counted(() => {
      const control = runs.begin(input.run, input.step ?? false);
      if (control === null) throw new ORPCError('CONFLICT', { message: 'a run of that name is there already' });
      return batched((signal) => engine.inspect(input, signal, control), clock, left);
    })),
    control: contract.control.handler(({ input: { run, action } }) => runs.of(run)?.control(action) ?? UNKNOWN),
    openConsole: contract.openConsole.handler(({ input: { run, ...request }, signal }) => counted(() => channel(request, signal, runs.of(run)))),
  };

  async function* channel(request: ConsoleRequest, left: AbortSignal | undefined, control: RunControl | undefined): AsyncGenerator<ConsoleNews, void> {
    const stop = new AbortController();
    const opened = control === undefined ? UNKNOWN : engine.openConsole(request, stop.signal, control);
    if (!opened.ok) return yield { type: 'refused', refusal: opened.failure };
    const abort = (): void => stop.abort();
    const events = (signal: AbortSignal): AsyncIterable<InspectionEvent> => {
      signal.addEventListener('abort', abort, { once: true });
      return opened.value;
    };
    for await (const batch of batched(events, clock, left)) yield { type: 'events', events: batch };
  }
}

const UNKNOWN = failed({ code: 'unknown-run', text: 'The engine knows no such run: it was opened from a file, or is long over. Run it again.' } as const);
