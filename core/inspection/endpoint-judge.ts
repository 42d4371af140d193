/**
 * The verdicts on one address: each connection held against the TLSA records, and what different TLS versions or machines show
 * with the same key type brought together. The worse chain decides, as nobody knows which of them a sender will meet.
 */
import type { Clock } from '../base/ports.ts';
import { endpointSubject } from '../base/subject.ts';
import type { DaneFact, EndpointVerdict, Outcome, VersionShown } from '../dane/facts.ts';
import { judgeEndpoint, type EndpointJudgement } from '../dane/verify.ts';
import type { DestinationHost } from '../destination/facts.ts';
import { WORST_FIRST } from './outcome.ts';
import type { Judge, Probe } from './probe.ts';

export interface AddressToJudge {
  readonly address: string;
  readonly port: number;
  /** the host with its records as soon as they are known, else null */
  readonly known: () => DestinationHost | null;
  readonly host: () => Promise<DestinationHost>;
  readonly clock: Clock;
}

export class EndpointJudge implements Judge {
  readonly #about: AddressToJudge;
  /** by key type */
  readonly #verdicts = new Map<string, EndpointVerdict>();

  constructor(about: AddressToJudge) {
    this.#about = about;
  }

  isReady(): boolean {
    return this.#about.known() !== null;
  }

  async *verify(probe: Probe): AsyncGenerator<DaneFact, void> {
    const host = await this.#about.host();
    const keyType = probe.chain[0]?.fact.keyType ?? null;
    const before = this.#verdicts.get(keyType ?? 'any');
    const same = before?.versions?.find(({ chain }) => sameChain(chain, probe));
    if (before !== undefined && same !== undefined) {
      if (probe.protocol === null || before.versions?.some((shown) => shown.protocol === probe.protocol && sameChain(shown.chain, probe)) === true) return;
      yield this.#told({ ...before, versions: [...before.versions ?? [], { ...same, protocol: probe.protocol, connection: probe.connection }] });
      return;
    }
    yield* this.#judge(host, probe, before);
  }

  async *#judge(host: DestinationHost, probe: Probe, before: EndpointVerdict | undefined): AsyncGenerator<DaneFact, void> {
    const { comparisons, verdict } = this.#judgement(host, probe);
    for (const comparison of comparisons) yield { type: 'dane.compared', at: this.#about.clock.monotonic(), subject: comparison.endpoint, comparison };
    yield this.#told(before === undefined ? verdict : worseOf(before, verdict));
  }

  #judgement(host: DestinationHost, { end, chain, connection, protocol, unlikeSenders, edited }: Probe): EndpointJudgement {
    const { address, port, clock } = this.#about;
    const judged = judgeEndpoint({
      host: host.name, address, port, keyType: chain[0]?.fact.keyType ?? null, connection, session: end, records: host.records, disposition: host.tlsa,
      referenceIdentifiers: host.referenceIdentifiers, chain: chain.map(({ der }) => der), proven: end.established, nowMs: clock.now(),
    });
    const found = unlikeSenders !== null && MADE.has(judged.verdict.outcome) ? { ...judged.verdict, outcome: 'refused' as const, reason: unlikeSenders, matched: null } : judged.verdict;
    // What a person made of the dialogue is not what a sender meets.
    const verdict: EndpointVerdict = edited ? { ...found, edited: true, reason: { ...found.reason, text: `Edited by hand: ${found.reason.text}` } } : found;
    if (protocol === null) return { ...judged, verdict };
    const shown: VersionShown = { protocol, connection, chain: verdict.chain, outcome: verdict.outcome, reason: verdict.reason };
    return { verdict: { ...verdict, protocol, versions: [shown] }, comparisons: judged.comparisons.map((comparison) => ({ ...comparison, protocol })) };
  }

  #told(endpoint: EndpointVerdict): DaneFact {
    this.#verdicts.set(endpoint.keyType ?? 'any', endpoint);
    return { type: 'dane.endpoint', at: this.#about.clock.monotonic(), subject: endpointSubject(endpoint.host, endpoint.address, endpoint.keyType), endpoint };
  }
}

/** A sender that cannot make our handshake gets no TLS: these outcomes are those of one who can. */
const MADE: ReadonlySet<Outcome> = new Set(['authenticated', 'tls-required-unauthenticated']);

const sameChain = (chain: readonly string[], probe: Probe): boolean => chain.length === probe.chain.length && chain.every((sha256, index) => sha256 === probe.chain[index]?.fact.sha256);

function worseOf(before: EndpointVerdict, after: EndpointVerdict): EndpointVerdict {
  const versions = [...before.versions ?? [], ...after.versions ?? []];
  const difference = WORST_FIRST.indexOf(after.outcome) - WORST_FIRST.indexOf(before.outcome);
  if (difference === 0) return { ...before, versions };
  const worse = difference < 0 ? after : before;
  const better = difference < 0 ? before : after;
  const isTold = worse === before && before.versions?.some(({ outcome }) => outcome !== before.outcome) === true;
  if (isTold) return { ...before, versions };
  return { ...worse, versions, reason: { ...worse.reason, text: `${differenceText(worse, better)} ${worse.reason.text}` } };
}

function differenceText({ protocol: worse = 'TLS' }: EndpointVerdict, { protocol: better = 'TLS' }: EndpointVerdict): string {
  if (worse === better) return 'Different connections to this address show different chains; this is about the worse.';
  return `With ${worse} the server shows another chain than with ${better}.`;
}
