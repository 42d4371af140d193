/** What a ClientHello offers, as it is told. */
import type { TlsRequest } from './client.ts';
import type { TlsOffer } from './facts.ts';

const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

export function offerOf(request: TlsRequest, library: string): TlsOffer {
  const { serverName, keyTypes, minimumVersion, maximumVersion } = request;
  return { serverName, keyTypes, library, versions: VERSIONS.slice(VERSIONS.indexOf(minimumVersion), VERSIONS.indexOf(maximumVersion) + 1) };
}
