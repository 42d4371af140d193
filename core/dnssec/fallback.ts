/** From forwarders to the authoritative servers, where the forwarders strip signatures, lie, or cannot give an answer. */
import { parallel } from '../base/parallel.ts';
import type { Clock } from '../base/ports.ts';
import { rrsetSubject } from '../base/subject.ts';
import { type DnsClient, serverText } from '../dns/exchange.ts';
import type { ServerAddress } from '../dns/facts.ts';
import { type Name, ROOT, nameText } from '../dns/name.ts';
import { RCODE, RRCLASS, RRTYPE, rrtypeName } from '../dns/rrtype.ts';
import { SharedStage } from '../dns/shared-stage.ts';
import type { Verdict } from './answer.ts';
import type { ResolverFact, Telling } from './effort.ts';
import type { Engine, Followed } from './engine.ts';
import { isOwnSide } from './own-side.ts';
import type { CauseCode } from './reason.ts';
import { weakest } from './zone-trust.ts';

export interface FallbackOptions {
  /** resolves from the root */
  readonly engine: Engine;
  readonly client: DnsClient;
  readonly clock: Clock;
  readonly rootHints: readonly ServerAddress[];
  readonly forwarders: readonly ServerAddress[];
}

const PROBED_SERVERS = 4;

/** The same from everywhere, or too costly to go through twice. */
const HOPELESS: ReadonlySet<string> = new Set<CauseCode>(['no-trust-anchor', 'lookup-limit', 'work-limit-signatures', 'work-limit-digests', 'work-limit-nsec3']);

export class Fallback {
  readonly #options: FallbackOptions;
  readonly #outside: SharedStage<ResolverFact, boolean>;
  #taken = false;

  constructor(options: FallbackOptions) {
    this.#options = options;
    this.#outside = new SharedStage<ResolverFact, boolean>(() => this.#reachesOutside());
  }

  /** The engine to ask from now on; null as long as the forwarders have done nothing wrong. */
  get taken(): Engine | null {
    return this.#taken ? this.#options.engine : null;
  }

  /** What the authoritative servers say in place of a forwarded answer that is of no use; the forwarded one where they do no better. */
  async *instead(forwarded: Followed, name: Name, type: number): Telling<Followed> {
    const trouble = decisive(forwarded);
    if (trouble === null || !(yield* this.#outside.join(null))) return forwarded;
    const direct = yield* this.#options.engine.follow(name, type);
    const still = decisive(direct);
    // A domain that is broken is so for everybody: only answers that the forwarders spoil are a reason to go round them.
    const better = still === null || (isOwnSide(trouble.cause) && !isOwnSide(still.cause));
    if (!better) return forwarded;
    if (!this.#taken) yield this.#notice(trouble, name, type);
    this.#taken = true;
    return direct;
  }

  /** Whether root servers answer for themselves; a box on the path that answers in their place lacks their authority. */
  async *#reachesOutside(): Telling<boolean> {
    const { client, rootHints } = this.#options;
    const question = { name: ROOT, type: RRTYPE.SOA, class: RRCLASS.IN };
    const answers = yield* parallel(rootHints.slice(0, PROBED_SERVERS).map((server) => client.ask({ server, question, zone: ROOT, mayQuery: () => true })));
    return answers.some((answer) => answer.ok && answer.value.message.authoritative && answer.value.message.rcode === RCODE.NOERROR);
  }

  #notice({ status, cause }: Verdict, name: Name, type: number): ResolverFact {
    const [owner, rrtype, forwarders] = [nameText(name), rrtypeName(type), this.#options.forwarders.map(serverText).join(', ')];
    const does = cause?.code === 'upstream-not-dnssec-capable' ? 'removes signatures'
      : cause?.code === 'resolution-unavailable' ? 'gives no answers'
        : status === 'bogus' ? `answers ${owner} ${rrtype} with what does not verify, unlike the authoritative servers` : `has no answer to ${owner} ${rrtype}`;
    return {
      at: this.#options.clock.monotonic(), subject: rrsetSubject(owner, rrtype), type: 'dns.notice', code: 'resolving-from-root',
      text: `The resolver ${forwarders} ${does}; asking the authoritative servers directly.`,
    };
  }
}

/** The link that spoils an answer; null where it is secure or insecure, or where nothing better is to be found by asking others. */
function decisive({ aliases, end }: Followed): Verdict | null {
  const links: readonly Verdict[] = [...aliases, end];
  const status = weakest(links.map((link) => link.status));
  if (status === 'secure' || status === 'insecure') return null;
  const link = links.find((candidate) => candidate.status === status) ?? end;
  return HOPELESS.has(link.cause?.code ?? '') ? null : link;
}
