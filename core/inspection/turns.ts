/** Who may connect now: one at a time to an address, so many in all (a good guest stays unblocked). */

/** Who takes a turn: connections of a run, or the person's channel after it. */
export interface Visitor {
  /** the same object for all of one run */
  readonly run: object;
  readonly kind: 'run' | 'console';
}

export interface Visit<Fact> {
  readonly visitor: Visitor;
  /** told where another run's visitor is before it; one of the same run is soon gone. An open channel lasts longest, so it is told first. */
  readonly waiting: (behind: Visitor['kind']) => Fact;
}

/** Lets `limit` in at once, the others in order of arrival. */
class Gate {
  /** of an address: inside and waiting, in order of arrival */
  readonly line: Visitor[] = [];
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async enter(signal: AbortSignal): Promise<void> {
    if (this.#inside < this.#limit) {
      this.#inside += 1;
      return;
    }
    // Whoever leaves hands its place on, so the number inside stays as it is.
    let admit = (): void => undefined;
    const admission = new Promise<void>((resolve) => { admit = resolve; });
    this.#waiting.push(admit);
    try {
      await orAborted(admission, signal);
    } catch (error) {
      this.#giveUp(admit);
      throw error;
    }
  }

  #giveUp(admit: () => void): void {
    const index = this.#waiting.indexOf(admit);
    if (index === -1) this.leave();
    else this.#waiting.splice(index, 1);
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#inside -= 1;
    else next();
  }
}

export class Turns {
  readonly #all: Gate;
  readonly #addresses = new Map<string, Gate>();

  constructor(limit: number) {
    this.#all = new Gate(limit);
  }

  /** Runs the stage when it is the address's turn. @throws {Aborted} when the signal ends the wait */
  async *at<Fact, Value>(address: string, signal: AbortSignal, stage: () => AsyncGenerator<Fact, Value>, visit: Visit<Fact> | null = null): AsyncGenerator<Fact, Value> {
    const gate = this.#addresses.get(address) ?? new Gate(1);
    this.#addresses.set(address, gate);
    const others = gate.line.filter(({ run }) => run !== visit?.visitor.run);
    if (visit !== null && others.length > 0) yield visit.waiting(others.some(({ kind }) => kind === 'console') ? 'console' : 'run');
    // Each visit has a place of its own, also where one run makes several.
    const place = visit === null ? null : { ...visit.visitor };
    if (place !== null) gate.line.push(place);
    try {
      return yield* this.#inTurn(gate, signal, stage);
    } finally {
      if (place !== null) gate.line.splice(gate.line.indexOf(place), 1);
    }
  }

  async *#inTurn<Fact, Value>(gate: Gate, signal: AbortSignal, stage: () => AsyncGenerator<Fact, Value>): AsyncGenerator<Fact, Value> {
    await gate.enter(signal);
    try {
      await this.#all.enter(signal);
      try {
        return yield* stage();
      } finally {
        this.#all.leave();
      }
    } finally {
      gate.leave();
    }
  }
}

/** The run is being stopped: no bug, no failure of the world. */
export class Aborted extends Error {}

/** The promise's value, or `Aborted` as soon as the signal says so. */
export async function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  if (signal.aborted) throw new Aborted('the run is being stopped');
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => { reject(new Aborted('the run is being stopped')); };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}
