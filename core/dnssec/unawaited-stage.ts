/** A stage that runs beside others and that nobody waits for: its facts are told as long as there is something to run beside. */

/** One step at a time, whoever runs beside it; a step that is under way when the other stage ends is taken up by the next one. */
export class UnawaitedStage<Fact> {
  readonly #stage: AsyncGenerator<Fact, unknown>;
  #step: Promise<IteratorResult<Fact, unknown>> | null = null;
  #ended = false;

  constructor(stage: AsyncGenerator<Fact, unknown>) {
    this.#stage = stage;
  }

  /** What `main` tells and gives, with the facts of this stage in between. Takes no longer than `main` does. */
  async *beside<Value>(main: AsyncGenerator<Fact, Value>): AsyncGenerator<Fact, Value> {
    let own = main.next();
    try {
      for (;;) {
        const other = this.#next();
        const first = await (other === null ? own : Promise.race([other.then(() => null), own]));
        if (first === null) yield* this.#take(other);
        else if (first.done === true) return first.value;
        else {
          yield first.value;
          own = main.next();
        }
      }
    } finally {
      await Promise.allSettled([own]);
      await main.return(undefined as never);
    }
  }

  #next(): Promise<IteratorResult<Fact, unknown>> | null {
    return this.#ended ? null : (this.#step ??= this.#stage.next());
  }

  /** The step's fact goes to whoever takes it first. */
  async *#take(step: Promise<IteratorResult<Fact, unknown>> | null): AsyncGenerator<Fact, void> {
    if (step === null || this.#step !== step) return;
    this.#step = null;
    const result = await step;
    if (result.done === true) this.#ended = true;
    else yield result.value;
  }
}
