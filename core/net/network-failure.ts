/** The system's error codes as the port's closed set of failures. */
import type { NetworkFailure } from '../base/ports.ts';

const CODES: { readonly [code: string]: readonly [NetworkFailure['code'], string] } = {
  ECONNREFUSED: ['refused', 'connection refused'],
  ETIMEDOUT: ['timeout', 'no answer'],
  EHOSTUNREACH: ['unreachable', 'host unreachable'],
  EHOSTDOWN: ['unreachable', 'host down'],
  ENETUNREACH: ['no-route', 'no route to this network'],
  EADDRNOTAVAIL: ['no-route', 'this machine has no address for this family or source'],
  EAFNOSUPPORT: ['no-route', 'this machine does not support this address family'],
  ECONNRESET: ['reset', 'reset by the peer'],
  EPIPE: ['reset', 'closed by the peer while we were writing'],
};

export function networkFailure(error: Error & { readonly code?: string }): NetworkFailure {
  const [code, text] = CODES[error.code ?? ''] ?? ['other', error.message];
  return { code, text };
}

export const ABORTED: NetworkFailure = { code: 'aborted', text: 'stopped' };
export const CLOSED_BY_US: NetworkFailure = { code: 'other', text: 'the connection was closed on our side' };
