/** One listener on a signal for many exchanges: hosts warn of a leak when a signal has more than ten. */

export interface Branch {
  readonly signal: AbortSignal;
  /** Lets the branch go; safe to call twice. */
  readonly end: () => void;
}

export class AbortFan {
  readonly #parent: AbortSignal;
  readonly #branches = new Set<AbortController>();

  constructor(parent: AbortSignal) {
    this.#parent = parent;
    parent.addEventListener('abort', () => {
      for (const branch of this.#branches) branch.abort(parent.reason);
    });
  }

  branch(): Branch {
    const controller = new AbortController();
    if (this.#parent.aborted) controller.abort(this.#parent.reason);
    else this.#branches.add(controller);
    return { signal: controller.signal, end: () => { this.#branches.delete(controller); } };
  }
}
