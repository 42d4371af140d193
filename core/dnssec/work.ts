/** Counts the costly steps of one resolution, so that a hostile zone ends at a stated limit (CVE-2023-50387, CVE-2023-50868). */
import type { ValidationPolicy } from './policy.ts';

export type WorkKind = 'signature' | 'failed-signature' | 'digest' | 'nsec3-hash';

export class WorkCounter {
  readonly #limits: { readonly [kind in WorkKind]: number };
  readonly #spent: { [kind in WorkKind]: number } = { 'signature': 0, 'failed-signature': 0, 'digest': 0, 'nsec3-hash': 0 };
  readonly #refused = new Set<WorkKind>();

  constructor(policy: ValidationPolicy) {
    this.#limits = {
      'signature': policy.maximumSignatureChecks,
      'failed-signature': policy.maximumFailedSignatureChecks,
      'digest': policy.maximumDigests,
      'nsec3-hash': policy.maximumNsec3Hashes,
    };
  }

  /** Takes one step of the kind; false, and nothing taken, once its limit is reached. */
  spend(kind: WorkKind): boolean {
    if (!this.has(kind)) return false;
    this.#spent[kind] += 1;
    return true;
  }

  /** Whether one more step of the kind is allowed; asking in vain is remembered. */
  has(kind: WorkKind): boolean {
    if (this.#spent[kind] < this.#limits[kind]) return true;
    this.#refused.add(kind);
    return false;
  }

  spent(kind: WorkKind): number {
    return this.#spent[kind];
  }

  limit(kind: WorkKind): number {
    return this.#limits[kind];
  }

  /** Whether a step of the kind was asked for in vain. */
  refused(kind: WorkKind): boolean {
    return this.#refused.has(kind);
  }

  /** The kind of work that was refused first; null as long as nothing was. */
  get exceeded(): WorkKind | null {
    return [...this.#refused][0] ?? null;
  }
}
