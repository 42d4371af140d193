import { expect, test } from 'vitest';
import { PausableDeadline } from '../../core/base/pausable-deadline.ts';
import type { Clock } from '../../core/base/ports.ts';

/** Time that passes when it is told to. */
class TurnedClock implements Clock {
  #now = 0;
  readonly #due: { at: number; readonly fire: () => void }[] = [];

  pass(ms: number): void {
    this.#now += ms;
    for (const one of this.#due.splice(0)) {
      if (one.at <= this.#now) one.fire();
      else this.#due.push(one);
    }
  }

  now = (): number => this.#now;
  monotonic = (): number => this.#now;
  sleep = (): Promise<void> => Promise.resolve();

  deadline(ms: number): ReturnType<Clock['deadline']> {
    const controller = new AbortController();
    const one = { at: this.#now + ms, fire: () => controller.abort() };
    this.#due.push(one);
    return { signal: controller.signal, expired: () => controller.signal.aborted, clear: () => { one.at = Number.POSITIVE_INFINITY; } };
  }
}

const parent = (): AbortSignal => new AbortController().signal;

test('it expires when its time has run', () => {
  const clock = new TurnedClock();
  const deadline = new PausableDeadline(clock, 100, parent());
  clock.pass(99);
  expect(deadline.signal.aborted).toBe(false);
  clock.pass(1);
  expect([deadline.signal.aborted, deadline.expired]).toEqual([true, true]);
});

test('while it is paused, by however many, no time passes for it', () => {
  const clock = new TurnedClock();
  const deadline = new PausableDeadline(clock, 100, parent());
  clock.pass(60);
  deadline.pause();
  deadline.pause();
  clock.pass(10_000);
  deadline.resume();
  clock.pass(10_000);
  expect(deadline.signal.aborted).toBe(false);
  deadline.resume();
  expect(deadline.pausedMs).toBe(20_000);
  clock.pass(39);
  expect(deadline.expired).toBe(false);
  clock.pass(1);
  expect(deadline.expired).toBe(true);
});

test('its parent ends it, paused or not, and that is no expiry', () => {
  const stop = new AbortController();
  const deadline = new PausableDeadline(new TurnedClock(), 100, stop.signal);
  deadline.pause();
  stop.abort();
  expect([deadline.signal.aborted, deadline.expired]).toEqual([true, false]);
  deadline.resume();
  expect(deadline.expired).toBe(false);
});

test('cleared, it never expires', () => {
  const clock = new TurnedClock();
  const deadline = new PausableDeadline(clock, 100, parent());
  deadline.clear();
  clock.pass(1000);
  expect(deadline.signal.aborted).toBe(false);
});
