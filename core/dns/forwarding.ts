/** Answers from forwarders, asked with RD, CD and DO: they fetch, we validate (RFC 4035 §3.2.2, RFC 6840 §5.9). */
import type { Clock } from '../base/ports.ts';
import { type Result, failed, success } from '../base/result.ts';
import { rrsetSubject } from '../base/subject.ts';
import { type DnsClient, serverText } from './exchange.ts';
import type { DnsFact, DnsFailure, ServerAddress } from './facts.ts';
import { ROOT, nameText } from './name.ts';
import type { Question } from './record.ts';
import { RCODE, rcodeName, rrtypeName } from './rrtype.ts';
import type { ServerChoice } from './server-choice.ts';
import { type Asking, type Judge, type Upstream, type UpstreamFailure, beside } from './upstream.ts';

const ROUNDS = 2;

export interface ForwardingOptions {
  readonly client: DnsClient;
  readonly choice: ServerChoice;
  readonly clock: Clock;
  readonly forwarders: readonly ServerAddress[];
}

export class Forwarding implements Upstream {
  readonly mode = 'forwarding';
  readonly #client: DnsClient;
  readonly #choice: ServerChoice;
  readonly #clock: Clock;
  readonly #forwarders: readonly ServerAddress[];
  /** whether any of them answered anything; one that never does is our side's fault, not that of the domain asked for */
  #serves = false;

  constructor({ client, choice, clock, forwarders }: ForwardingOptions) {
    this.#client = client;
    this.#choice = choice;
    this.#clock = clock;
    this.#forwarders = forwarders;
  }

  delegation(): null {
    return null;
  }

  parent(): null {
    return null;
  }

  async *ask<Fact, Value>(question: Question, judge: Judge<Fact, Value>, asking: Asking<Fact>): AsyncGenerator<Fact | DnsFact, Result<Value, UpstreamFailure>> {
    return yield* beside(this.#ask(question, judge, asking), asking, ROOT);
  }

  async *#ask<Fact, Value>(question: Question, judge: Judge<Fact, Value>, asking: Asking<Fact>): AsyncGenerator<Fact | DnsFact, Result<Value, UpstreamFailure>> {
    let refused: { readonly value: Value } | null = null;
    let failure: UpstreamFailure = { failure: { code: 'unreachable', text: 'no forwarder is set' }, text: 'no forwarder is set', ownSide: true };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const server of this.#choice.order(this.#forwarders)) {
        const answer = yield* this.#client.ask({ server, question, zone: null, mayQuery: asking.budget.spend });
        const trouble = answer.ok ? rcodeTrouble(answer.value.message.rcode) : answer.failure;
        if (trouble !== null || !answer.ok) {
          const refuses = answer.ok && answer.value.message.rcode === RCODE.REFUSED;
          if (answer.ok && !refuses) this.#serves = true;
          failure = { failure: trouble as DnsFailure, text: `${serverText(server)}: ${trouble?.text ?? ''}`, ownSide: refuses || !this.#serves };
          this.#choice.failed(server, failure.failure.code);
          continue;
        }
        this.#choice.answered(server, answer.value.rttMs);
        this.#serves = true;
        const judgement = yield* judge({ message: answer.value.message, server, zone: null });
        if (judgement.acceptable) return success(judgement.value);
        refused ??= { value: judgement.value };
      }
      if (refused !== null || failure.failure.code !== 'timeout' || asking.budget.exhausted) break;
    }
    if (refused !== null) return success(refused.value);
    if (failure.failure.code !== 'rcode' && failure.failure.code !== 'aborted') yield this.#unusable(question, failure.text);
    return failed(failure);
  }

  #unusable({ name, type }: Question, text: string): DnsFact {
    const subject = rrsetSubject(nameText(name), rrtypeName(type));
    return { at: this.#clock.monotonic(), subject, type: 'dns.notice', code: 'forwarder-unusable', text: `no forwarder answers: ${text}` };
  }
}

function rcodeTrouble(rcode: number): DnsFailure | null {
  if (rcode === RCODE.NOERROR || rcode === RCODE.NXDOMAIN || rcode === RCODE.YXDOMAIN) return null;
  return { code: 'rcode', text: `answered ${rcodeName(rcode)}` };
}
