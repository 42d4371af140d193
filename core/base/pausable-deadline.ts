/** A deadline that does not run while a person is waited for. */
import type { Clock } from './ports.ts';

export class PausableDeadline {
  /** ms for which it did not run */
  pausedMs = 0;
  #expired = false;
  #holders = 0;
  #left: number;
  #since: number;
  #timer: ReturnType<Clock['deadline']> | null = null;
  readonly #clock: Clock;
  readonly #parent: AbortSignal;
  readonly #controller = new AbortController();
  readonly #stop = (): void => this.#controller.abort(this.#parent.reason);

  /** Aborted after `ms` in which it was not paused, or with `parent`, paused or not. */
  constructor(clock: Clock, ms: number, parent: AbortSignal) {
    this.#clock = clock;
    this.#left = ms;
    this.#parent = parent;
    this.#since = clock.monotonic();
    if (parent.aborted) this.#stop();
    else parent.addEventListener('abort', this.#stop);
    this.#run();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get expired(): boolean {
    return this.#expired;
  }

  /** Each needs its `resume`: several may wait for a person at once. */
  pause(): void {
    this.#holders += 1;
    if (this.#holders > 1) return;
    const now = this.#clock.monotonic();
    this.#left -= now - this.#since;
    this.#since = now;
    this.#timer?.clear();
    this.#timer = null;
  }

  resume(): void {
    this.#holders -= 1;
    if (this.#holders > 0) return;
    const now = this.#clock.monotonic();
    this.pausedMs += now - this.#since;
    this.#since = now;
    this.#run();
  }

  clear(): void {
    this.#timer?.clear();
    this.#timer = null;
    this.#parent.removeEventListener('abort', this.#stop);
  }

  #run(): void {
    if (this.signal.aborted) return;
    const timer = this.#clock.deadline(Math.max(0, this.#left), new AbortController().signal);
    this.#timer = timer;
    timer.signal.addEventListener('abort', () => {
      if (this.#timer !== timer) return;
      this.#expired = true;
      this.#controller.abort(new Error('deadline'));
    }, { once: true });
  }
}
