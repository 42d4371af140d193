/** One MX host from its addresses to the verdict on each endpoint. */
import { parallel } from '../base/parallel.ts';
import type { DestinationHost } from '../destination/facts.ts';
import { resolveAddresses, resolveTlsa, type HostSearch } from '../destination/host.ts';
import type { HostAddresses } from '../destination/host-addresses.ts';
import type { TlsStart } from '../target/target.ts';
import type { Fact } from './events.ts';
import { probeAddress, type ProbeContext } from './probe.ts';
import { orAborted, type Turns } from './turns.ts';
import { verifyProbe } from './verify-probe.ts';

export interface HostContext extends ProbeContext {
  readonly tls: TlsStart;
  readonly turns: Turns;
}

/**
 * With one TLSA candidate the name for SNI is known before its records are, so the TLSA lookup and the connections run at
 * once. A host whose lookup fails is probed too: no sender would connect (RFC 7672 §2.1.2), but its admin wants the evidence.
 */
export async function* inspectHost(search: HostSearch, context: HostContext): AsyncGenerator<Fact, void> {
  const addresses = yield* resolveAddresses(search);
  if (addresses.candidates.length > 1) {
    const host = yield* resolveTlsa(search, addresses);
    yield* parallel(inspectAddresses(search, addresses, { ...context, serverName: host.tlsaBaseDomain ?? host.name, host: Promise.resolve(host) }));
    return;
  }
  const { stage, host } = shared(resolveTlsa(search, addresses));
  yield* parallel([stage, ...inspectAddresses(search, addresses, { ...context, serverName: search.host.name, host })]);
}

interface AddressContext extends HostContext {
  readonly serverName: string;
  readonly host: Promise<DestinationHost>;
}

const inspectAddresses = (search: HostSearch, { addresses }: HostAddresses, context: AddressContext): AsyncGenerator<Fact, void>[] =>
  addresses.map(({ address }) => inspectAddress(search, address, context));

async function* inspectAddress(search: HostSearch, address: string, context: AddressContext): AsyncGenerator<Fact, void> {
  const { turns, signal, tls } = context;
  // An address literal has no name to send (RFC 6066 §3).
  const serverName = search.found.destination.kind === 'address-literal' ? null : context.serverName;
  const request = { host: search.host.name, address, port: search.port, tls, serverName };
  const probes = yield* turns.at(address, signal, () => probeAddress(request, context));
  const host = await orAborted(context.host, signal);
  for (const probe of probes) yield* verifyProbe({ host, address, port: search.port, probe, clock: context.ports.clock });
}

/** The stage, and a promise of the value that it returns. */
function shared<Told, Value>(stage: AsyncGenerator<Told, Value>): { stage: AsyncGenerator<Told, void>; host: Promise<Value> } {
  let settle: { resolve: (value: Value) => void; reject: (reason: unknown) => void } | undefined;
  const host = new Promise<Value>((resolve, reject) => { settle = { resolve, reject }; });
  // Who awaits the promise gets the error; where nobody does, the stage itself throws it.
  host.catch(() => undefined);
  const telling = async function* telling(): AsyncGenerator<Told, void> {
    try {
      settle?.resolve(yield* stage);
    } catch (error) {
      settle?.reject(error);
      throw error;
    }
  };
  return { stage: telling(), host };
}
