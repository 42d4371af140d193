/** Holds what one connection showed against the TLSA records of its host. */
import type { Clock } from '../base/ports.ts';
import { endpointSubject } from '../base/subject.ts';
import type { DaneFact } from '../dane/facts.ts';
import { verifyEndpoint } from '../dane/verify.ts';
import type { DestinationHost } from '../destination/facts.ts';
import { leafKeyType, type Probe } from './probe.ts';

export interface Verification {
  readonly host: DestinationHost;
  readonly address: string;
  readonly port: number;
  readonly probe: Probe;
  readonly clock: Clock;
}

export async function* verifyProbe({ host, address, port, probe, clock }: Verification): AsyncGenerator<DaneFact, void> {
  const { end, chain, connection } = probe;
  const keyType = leafKeyType(probe);
  const endpoint = yield* verifyEndpoint({
    host: host.name, address, port, keyType, connection, session: end, records: host.records, disposition: host.tlsa, referenceIdentifiers: host.referenceIdentifiers,
    chain: chain.map(({ der }) => der), proven: end.established, nowMs: clock.now(), monotonic: () => clock.monotonic(),
  });
  yield { type: 'dane.endpoint', at: clock.monotonic(), subject: endpointSubject(host.name, address, keyType), endpoint };
}
