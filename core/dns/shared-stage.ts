/** A stage that several lookups wait for: it runs once, whoever waits drives it, and nobody can block the others by stopping. */

/**
 * Each waiter pulls when nobody else does, and takes what its pull brought. A waiter that stops reading leaves the stage
 * where it is; the next one to pull goes on from there. So no waiter depends on another one's consumer.
 */
export class SharedStage<Fact, Value> {
  readonly #stage: AsyncGenerator<Fact, Value>;
  readonly #waitsFor: SharedStage<never, unknown>[] = [];
  #pull: Promise<IteratorResult<Fact, Value>> | null = null;
  #finished: { readonly value: Value } | null = null;

  constructor(start: (self: SharedStage<Fact, Value>) => AsyncGenerator<Fact, Value>) {
    this.#stage = start(this);
  }

  get finished(): { readonly value: Value } | null {
    return this.#finished;
  }

  /** `waiter` is the shared stage in which the caller runs, if it runs in one. */
  async *join(waiter: SharedStage<Fact, unknown> | null): AsyncGenerator<Fact, Value> {
    const edges = waiter?.edges;
    edges?.push(this.edge);
    try {
      for (;;) {
        if (this.#finished !== null) return this.#finished.value;
        const pull = (this.#pull ??= this.#stage.next());
        const step = await pull;
        if (this.#pull !== pull) continue;
        this.#pull = null;
        if (step.done === true) this.#finished = { value: step.value };
        else yield step.value;
      }
    } finally {
      edges?.splice(edges.indexOf(this.edge), 1);
    }
  }

  /** Whether this stage waits for `other`, at first hand or through others: joining it from there would never end. */
  waitsFor(other: SharedStage<Fact, unknown>): boolean {
    const seen = new Set<SharedStage<never, unknown>>();
    const open: SharedStage<never, unknown>[] = [this.edge];
    for (let stage = open.pop(); stage !== undefined; stage = open.pop()) {
      if (stage === other.edge) return true;
      if (seen.has(stage)) continue;
      seen.add(stage);
      open.push(...stage.edges);
    }
    return false;
  }

  private get edges(): SharedStage<never, unknown>[] {
    return this.#waitsFor;
  }

  /** The graph of waiting needs no fact and no value. */
  private get edge(): SharedStage<never, unknown> {
    return this as unknown as SharedStage<never, unknown>;
  }
}
