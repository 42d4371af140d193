/** Where answers come from: a zone's own servers, found from the root, or forwarders. What they say is judged by the caller. */
import { parallel } from '../base/parallel.ts';
import type { Result } from '../base/result.ts';
import type { DnsFact, DnsFailure, ServerAddress } from './facts.ts';
import type { Delegation } from './delegation.ts';
import type { Name } from './name.ts';
import type { Message, Question } from './record.ts';
import type { SharedStage } from './shared-stage.ts';

export interface Upstream {
  readonly mode: 'iterative' | 'forwarding';
  /**
   * The first answer that `judge` takes. Answers that it refuses make the next server being asked (RFC 4035 §4.7); when no other
   * is left, the first refused one is the result. Fails only when no server gave anything to judge.
   */
  ask<Fact, Value>(question: Question, judge: Judge<Fact, Value>, asking: Asking<Fact>): AsyncGenerator<Fact | DnsFact, Result<Value, UpstreamFailure>>;
  /** The delegation of that very zone, if the way down came across it. */
  delegation(zone: Name): Delegation | null;
  /** The zone that refers to it; null for the root, for an unknown zone and behind a forwarder. */
  parent(zone: Name): Name | null;
}

/** An answer and where it came from. */
export interface Response {
  readonly message: Message;
  readonly server: ServerAddress;
  /** the zone whose server answered; null behind a forwarder, which answers for all zones */
  readonly zone: Name | null;
}

export type Judge<Fact, Value> = (response: Response) => AsyncGenerator<Fact, Judgement<Value>>;

export interface Judgement<Value> {
  readonly value: Value;
  /** false: another server may do better */
  readonly acceptable: boolean;
}

/** Takes every answer without looking at it. */
// oxlint-disable-next-line require-yield
export async function* asReceived<Fact>(response: Response): AsyncGenerator<Fact, Judgement<Response>> {
  return { value: response, acceptable: true };
}

/** Runs what the caller wants done beside the question to a zone's servers, such as fetching its keys. */
export async function* beside<Fact, Value>(descent: AsyncGenerator<Fact | DnsFact, Value>, asking: Asking<Fact>, zone: Name): AsyncGenerator<Fact | DnsFact, Value> {
  const other = asking.alongside?.(zone);
  if (other === undefined) return yield* descent;
  const values = yield* parallel<Fact | DnsFact, unknown>([descent, other]);
  return values[0] as Value;
}

/** On whose behalf a question is asked. */
export interface Asking<Fact> {
  readonly budget: Budget;
  /** the shared stage that waits for the answer; null for a lookup of its own */
  readonly stage: SharedStage<Fact | DnsFact, unknown> | null;
  /** how many look-ups of name servers' addresses led here */
  readonly depth: number;
  /** runs beside the question to the servers of a zone that was just referred to */
  readonly alongside: ((cut: Name) => AsyncGenerator<Fact, unknown>) | null;
}

export interface UpstreamFailure {
  readonly failure: DnsFailure;
  /** for a person: `ns1.example.org (192.0.2.1): no answer in time` */
  readonly text: string;
  /** no server that everything begins with ever answered: it is our side that fails, not the domain */
  readonly ownSide: boolean;
}

/** What one lookup may spend on the network, address look-ups included. */
export class Budget {
  #queries: number;
  readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
    this.#queries = limit;
  }

  readonly spend = (): boolean => {
    if (this.#queries === 0) return false;
    this.#queries -= 1;
    return true;
  };

  get exhausted(): boolean {
    return this.#queries === 0;
  }
}
