/** Addresses of name servers that no glue told: looked up once for all who need them, and forgotten when their time is over. */
import type { Clock } from '../base/ports.ts';
import { SharedStage } from './shared-stage.ts';

export interface FoundAddresses {
  readonly addresses: readonly string[];
  /** seconds; null where there are none */
  readonly ttl: number | null;
}

interface Entry {
  readonly stage: SharedStage<unknown, FoundAddresses>;
  /** ms on the monotonic clock; null as long as it runs */
  expires: number | null;
}

/** seconds for which a failure is not tried again: RFC 9520 §3.2 wants at least one second and at most five minutes */
const FAILURE_TTL = 5;
const MAXIMUM_TTL = 86_400;

export class ServerAddresses {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `waiter` is the shared stage in which the caller runs, if it runs in one. */
  async *of<Fact>(key: string, waiter: SharedStage<Fact, unknown> | null, lookUp: (self: SharedStage<Fact, FoundAddresses>) => AsyncGenerator<Fact, FoundAddresses>): AsyncGenerator<Fact, readonly string[]> {
    const entry = this.#current(key) ?? this.#begin(key, lookUp);
    const stage = entry.stage as SharedStage<Fact, FoundAddresses>;
    // Two zones whose servers lie in one another cannot be reached; waiting for oneself would never end.
    if (waiter !== null && stage.waitsFor(waiter)) return [];
    const { addresses, ttl } = yield* stage.join(waiter);
    entry.expires ??= this.#clock.monotonic() + Math.min(ttl ?? FAILURE_TTL, MAXIMUM_TTL) * 1000;
    return addresses;
  }

  #current(key: string): Entry | null {
    const known = this.#entries.get(key);
    return known === undefined || (known.expires !== null && known.expires <= this.#clock.monotonic()) ? null : known;
  }

  #begin<Fact>(key: string, lookUp: (self: SharedStage<Fact, FoundAddresses>) => AsyncGenerator<Fact, FoundAddresses>): Entry {
    const entry: Entry = { stage: new SharedStage<Fact, FoundAddresses>(lookUp), expires: null };
    this.#entries.set(key, entry);
    return entry;
  }
}
