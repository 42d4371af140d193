/** Answers that are known to be needed soon, asked for before their turn so that a chain costs no round trip a link. */
import type { Clock } from '../base/ports.ts';
import { type Name, nameKey } from '../dns/name.ts';
import { RRCLASS } from '../dns/rrtype.ts';
import { type Judge, type Judgement, type Response, type Upstream, asReceived } from '../dns/upstream.ts';
import type { Effort, ResolverFact, Telling } from './effort.ts';
import { StageMemo } from './stage-memo.ts';
import { FAILURE_TTL } from './zone-trust.ts';

export interface Wanted {
  readonly name: Name;
  readonly type: number;
}

export class Prefetch {
  readonly #upstream: Upstream;
  readonly #answers: StageMemo<Response | null>;

  constructor(upstream: Upstream, clock: Clock) {
    this.#upstream = upstream;
    this.#answers = new StageMemo(clock, () => FAILURE_TTL);
  }

  /** Asks, unless that was done already. Nothing is judged, so the answer may turn out useless. */
  async *fetch({ name, type }: Wanted, effort: Effort): Telling<Response | null> {
    return yield* this.#answers.run(key({ name, type }), effort, async function* (this: Prefetch, own: Effort): Telling<Response | null> {
      const asked = yield* this.#upstream.ask({ name, type, class: RRCLASS.IN }, asReceived<ResolverFact>, { ...own, alongside: null });
      return asked.ok ? asked.value : null;
    }.bind(this));
  }

  /** The judgement of an answer that was asked for beforehand; null where there is none, or where it is refused. */
  async *judged<Value>(wanted: Wanted, judge: Judge<ResolverFact, Value>, effort: Effort): Telling<Judgement<Value> | null> {
    if (!this.#answers.knows(key(wanted))) return null;
    const response = yield* this.fetch(wanted, effort);
    const judgement = response === null ? null : yield* judge(response);
    return judgement?.acceptable === true ? judgement : null;
  }
}

const key = ({ name, type }: Wanted): string => `${type}/${nameKey(name)}`;
