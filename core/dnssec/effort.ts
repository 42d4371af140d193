/** What one lookup may spend, on whose behalf work is done, and the facts that it tells. */
import { ancestor, labelCount, type Name } from '../dns/name.ts';
import type { DnsFact } from '../dns/facts.ts';
import type { Asking } from '../dns/upstream.ts';
import type { DnssecFact } from './facts.ts';
import type { WorkCounter } from './work.ts';

export type ResolverFact = DnsFact | DnssecFact;

export interface Effort extends Asking<ResolverFact> {
  readonly work: WorkCounter;
}

export type Telling<Value> = AsyncGenerator<ResolverFact, Value>;

/** The names strictly below `above` down to `name` itself, from the top; `name` lies below it. */
export function namesBetween(above: Name, name: Name): Name[] {
  const extra = labelCount(name) - labelCount(above);
  return Array.from({ length: Math.max(0, extra) }, (_, index) => ancestor(name, extra - 1 - index));
}
