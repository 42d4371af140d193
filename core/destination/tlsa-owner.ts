/** The owner name of the TLSA records of a host, there and back. */
import type { DestinationHost } from './facts.ts';

/** The TLSA name that counts for a host; where none does, the first that was asked. */
export const tlsaName = (host: Named): string | undefined => countingName(host) ?? host.tlsaCandidates[0];

/** The host whose records that count are at the name; none where it was asked, and another name counts (RFC 7672 §2.2.2). */
export const hostOfTlsa = <Host extends Named>(hosts: readonly Host[], owner: string): Host | undefined =>
  hosts.find((host) => countingName(host)?.toLowerCase() === owner.toLowerCase());

type Named = Pick<DestinationHost, 'tlsaBaseDomain' | 'tlsaCandidates'>;

const countingName = ({ tlsaBaseDomain, tlsaCandidates }: Named): string | undefined =>
  (tlsaBaseDomain === null ? undefined : tlsaCandidates.find((name) => name.endsWith(`.${tlsaBaseDomain}`)));
