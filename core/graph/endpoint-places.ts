/** Where in a tree of RRsets the path to each endpoint ends: below the TLSA RRset of its host; where there is none, below its address, from which the graph draws a line as well. */
import type { DestinationHost } from '../destination/facts.ts';
import { tlsaName } from '../destination/tlsa-owner.ts';
import type { EndpointState, Run } from '../inspection/run.ts';

export interface EndpointPlaces {
  /** by the RRset that they stand below: see `rrsetKey` */
  readonly below: ReadonlyMap<string, readonly EndpointState[]>;
  /** to which no RRset leads: the target was an address, or what leads there is not known */
  readonly loose: readonly EndpointState[];
}

export const rrsetKey = (name: string, rrtype: string): string => `${name.toLowerCase()} ${rrtype}`;

/** @param told RRsets that the tree has, by `rrsetKey`, with the number of their records */
export function endpointPlaces(run: Run, told: ReadonlyMap<string, number>): EndpointPlaces {
  const hosts = new Map(run.hosts.map((host) => [host.name.toLowerCase(), host]));
  const below = new Map<string, EndpointState[]>();
  const loose: EndpointState[] = [];
  for (const endpoint of run.endpoints) {
    const place = placeOf(endpoint, hosts.get(endpoint.verdict.host.toLowerCase()), told);
    const others = place === null ? loose : below.get(place);
    if (others !== undefined) others.push(endpoint);
    else if (place !== null) below.set(place, [endpoint]);
  }
  return { below, loose };
}

function placeOf({ verdict }: EndpointState, host: DestinationHost | undefined, told: ReadonlyMap<string, number>): string | null {
  const name = host === undefined ? undefined : tlsaName(host);
  const tlsa = name === undefined ? undefined : rrsetKey(name, 'TLSA');
  const hasRecords = tlsa !== undefined && (told.get(tlsa) ?? 0) > 0;
  const type = verdict.address.includes(':') ? 'AAAA' : 'A';
  const addresses = [host?.name ?? verdict.host, host?.canonicalName ?? verdict.host].map((owner) => rrsetKey(owner, type));
  return [...(hasRecords ? [tlsa] : []), ...addresses, ...(tlsa === undefined ? [] : [tlsa])].find((key) => told.has(key)) ?? null;
}
