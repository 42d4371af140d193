/** A clock as another one, but for the time of day: that of a computer which nobody set right. */
import type { Clock } from '../core/base/ports.ts';

export class ClockBehind implements Clock {
  readonly #inner: Clock;
  readonly #behindMs: number;

  /** @param seconds negative where it is ahead */
  constructor(inner: Clock, seconds: number) {
    this.#inner = inner;
    this.#behindMs = seconds * 1000;
  }

  now(): number {
    return this.#inner.now() - this.#behindMs;
  }

  monotonic(): number {
    return this.#inner.monotonic();
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return this.#inner.sleep(ms, signal);
  }

  deadline(ms: number, parent: AbortSignal): ReturnType<Clock['deadline']> {
    return this.#inner.deadline(ms, parent);
  }
}
