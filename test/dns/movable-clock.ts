import { SystemClock } from '../../core/net/system-clock.ts';

/** A clock that a test sets forward. */
export class MovableClock extends SystemClock {
  passedMs = 0;

  override monotonic(): number {
    return super.monotonic() + this.passedMs;
  }
}
