import type { TlsFailure } from '../tls/facts.ts';
import type { Assessor } from './assessor.ts';
import { consequence, failedConnectionFinding, failedConnections } from './failed-connection.ts';

/** The TLS handshake does not end well; what the TLS stage says of our own part in it is told too. */
export const handshakeFailed: Assessor = (run) => failedConnections(run, 'handshake-failed').map((failed) => {
  const tls = failed.connections[0]?.tlsFailure;
  const effect = tls === null || tls === undefined || !isUnclear(tls) ? consequence(failed) : UNCLEAR;
  return failedConnectionFinding('handshake-failed', failed, {
    message: `The TLS handshake with ${failed.host} (${failed.addresses}) fails: ${tls?.text ?? failed.failure.text}. ${effect}`.replace('..', '.'), rfc: 'RFC 7672 §2.2',
    ...(effect === UNCLEAR ? { severity: 'warning' as const } : {}),
    remedy: { text: 'See the log of the server; its protocol versions, ciphers and certificate must fit what senders offer (at least TLS 1.2).', copy: null },
  });
});

const UNCLEAR = 'With another TLS library or more patience it might succeed, so nothing is said about what senders meet.';

/** As in the outcome of the endpoint: not determined, never refused. */
const isUnclear = ({ code, mayBeOurs }: TlsFailure): boolean => mayBeOurs || code === 'timeout' || code === 'local-limit' || code === 'aborted';
