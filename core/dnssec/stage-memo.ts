/** Stages by key: one that runs is shared, one that ended is remembered for as long as its result may be. */
import type { Clock } from '../base/ports.ts';
import { SharedStage } from '../dns/shared-stage.ts';
import type { Effort, ResolverFact, Telling } from './effort.ts';

interface Entry<Value> {
  readonly stage: SharedStage<ResolverFact, Value>;
  /** ms on the monotonic clock; null as long as it runs */
  expires: number | null;
}

export class StageMemo<Value> {
  readonly #clock: Clock;
  /** seconds for which a result may be used again */
  readonly #lifetime: (value: Value) => number;
  readonly #entries = new Map<string, Entry<Value>>();

  constructor(clock: Clock, lifetime: (value: Value) => number) {
    this.#clock = clock;
    this.#lifetime = lifetime;
  }

  /** Whether `run` would answer without any work. */
  has(key: string): boolean {
    return this.#current(key)?.expires != null;
  }

  /** Whether the stage runs or its result is remembered. */
  knows(key: string): boolean {
    return this.#current(key) !== null;
  }

  async *run(key: string, effort: Effort, start: (effort: Effort) => Telling<Value>): Telling<Value> {
    const entry = this.#current(key) ?? this.#begin(key, effort, start);
    if (effort.stage !== null && entry.stage.waitsFor(effort.stage)) throw new Error(`${key} waits for itself`);
    const value = yield* entry.stage.join(effort.stage);
    entry.expires ??= this.#clock.monotonic() + this.#lifetime(value) * 1000;
    return value;
  }

  #current(key: string): Entry<Value> | null {
    const known = this.#entries.get(key);
    if (known === undefined) return null;
    return known.expires === null || known.expires > this.#clock.monotonic() ? known : null;
  }

  #begin(key: string, effort: Effort, start: (effort: Effort) => Telling<Value>): Entry<Value> {
    const stage = new SharedStage<ResolverFact, Value>((self) => start({ ...effort, stage: self }));
    const entry: Entry<Value> = { stage, expires: null };
    this.#entries.set(key, entry);
    return entry;
  }
}
