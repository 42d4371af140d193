/** The runs of one session that a person can still take a hand in: those under way, and the last that ended. */
import { RunControl } from '../inspection/run-control.ts';

/** runs that are over and can still be gone on with; more than a person has in sight */
const MOST = 32;

export class HeldRuns {
  /** oldest first */
  readonly #runs = new Map<string, RunControl>();

  /** @returns null where a run of that name is there already */
  begin(name: string | undefined, step: boolean): RunControl | null {
    const control = new RunControl({ step });
    if (name === undefined) return control;
    if (this.#runs.has(name)) return null;
    this.#runs.set(name, control);
    this.#forgetOldest();
    return control;
  }

  of(name: string): RunControl | undefined {
    return this.#runs.get(name);
  }

  #forgetOldest(): void {
    for (const [name, { thread, desk }] of this.#runs) {
      if (this.#runs.size <= MOST) return;
      if (thread !== null && desk === null) this.#runs.delete(name);
    }
  }
}
