/** One MX host from its addresses to the verdict on each endpoint. */
import { parallel } from '../base/parallel.ts';
import { addressSubject, endpointSubject } from '../base/subject.ts';
import type { DestinationHost } from '../destination/facts.ts';
import { isTested, resolveAddresses, resolveTlsa, type HostSearch } from '../destination/host.ts';
import type { HostAddresses } from '../destination/host-addresses.ts';
import type { TurnWait } from '../smtp/facts.ts';
import type { TlsStart } from '../target/target.ts';
import type { Fact } from './events.ts';
import { EndpointJudge } from './endpoint-judge.ts';
import { probeAddress, type ProbeContext } from './probe.ts';
import type { Ports } from './ports.ts';
import { orAborted, type Turns, type Visitor } from './turns.ts';

export interface HostContext extends ProbeContext {
  readonly tls: TlsStart;
  readonly turns: Turns;
  /** the run as one that takes turns */
  readonly visitor: Visitor;
  /** whether one more address may be connected to in this run */
  readonly takeAddress: () => boolean;
}

/** addresses connected to in one run: more than any sender tries, however many hosts a domain names */
export const MAXIMUM_PROBED = 64;

/**
 * With one TLSA candidate the name for SNI is known before its records are, so the TLSA lookup and the connections run at
 * once. A host whose lookup fails is probed too: no sender would connect (RFC 7672 §2.1.2), but its admin wants the evidence.
 */
export async function* inspectHost(search: HostSearch, context: HostContext): AsyncGenerator<Fact, void> {
  const addresses = yield* resolveAddresses(search);
  const host = new AwaitedHost();
  const tlsa = host.from(resolveTlsa(search, addresses));
  if (addresses.candidates.length < 2) {
    yield* parallel([tlsa, ...inspectAddresses(search, addresses, { ...context, host })]);
    return;
  }
  yield* tlsa;
  yield* parallel(inspectAddresses(search, addresses, { ...context, host }));
}

interface AddressContext extends HostContext {
  readonly host: AwaitedHost;
}

const inspectAddresses = (search: HostSearch, { addresses }: HostAddresses, context: AddressContext): AsyncGenerator<Fact, void>[] =>
  addresses.map((found) => {
    if (search.found.destination.kind !== 'address-literal' && !isTested(found, search.context)) return leaveOut(search, found, context, { why: `this run leaves IPv${found.family} out`, code: 'family-left-out' });
    if (!context.takeAddress()) return leaveOut(search, found, context, { why: `a run connects to at most ${MAXIMUM_PROBED} addresses`, code: 'work-limit' });
    return inspectAddress(search, found.address, context);
  });

/** An address that the run leaves out is told, so that nobody takes it for looked at. */
async function* leaveOut({ host: { name }, port }: HostSearch, { address }: HostAddresses['addresses'][number], { ports: { clock } }: AddressContext, { why, code }: { readonly why: string; readonly code: string }): AsyncGenerator<Fact, void> {
  const reason = { code, text: `Not tested: ${why}.`, rfc: null, ede: null };
  yield {
    at: clock.monotonic(), subject: endpointSubject(name, address, null), type: 'dane.endpoint',
    endpoint: { host: name, address, port, keyType: null, connection: null, outcome: 'not-determined', reason, chain: [], matched: null, names: null, dates: 'unknown' },
  };
}

function inspectAddress(search: HostSearch, address: string, context: AddressContext): AsyncGenerator<Fact, void> {
  const { turns, visitor, signal, tls, host, ports } = context;
  const judge = new EndpointJudge({ address, port: search.port, clock: ports.clock, known: () => host.known, host: () => orAborted(host.promise, signal) });
  return turns.at(address, signal, () => {
    // An address literal has no name to send (RFC 6066 §3); else it is the TLSA base domain (RFC 7672 §8.1).
    const serverName = search.found.destination.kind === 'address-literal' ? null : host.known?.tlsaBaseDomain ?? search.host.name;
    return probeAddress({ host: search.host.name, address, port: search.port, tls, serverName }, judge, context);
  }, { visitor, waiting: (behind) => waitingFact({ host: search.host.name, address, waits: 'run', behind }, ports) });
}

export const waitingFact = (wait: TurnWait, { clock }: Ports): Fact => ({ type: 'smtp.waiting', at: clock.monotonic(), subject: addressSubject(wait.host, wait.address), wait });

/** The host that a stage will return, for those who run beside it. */
class AwaitedHost {
  readonly promise: Promise<DestinationHost>;
  /** null until then */
  known: DestinationHost | null = null;
  #settle: { readonly resolve: (host: DestinationHost) => void; readonly reject: (reason: unknown) => void } | undefined;

  constructor() {
    this.promise = new Promise((resolve, reject) => { this.#settle = { resolve, reject }; });
    // Who awaits the promise gets the error; where nobody does, the stage itself throws it.
    this.promise.catch(() => undefined);
  }

  async *from<Told>(stage: AsyncGenerator<Told, DestinationHost>): AsyncGenerator<Told, void> {
    try {
      this.known = yield* stage;
      this.#settle?.resolve(this.known);
    } catch (error) {
      this.#settle?.reject(error);
      throw error;
    }
  }
}
