import type { Assessor } from './assessor.ts';
import { consequence, failedConnectionFinding, failedConnections } from './failed-connection.ts';

/** Senders have no certificate that the server could know; it may ask for one, and must go on without (RFC 7672 §5). */
export const clientCertificateRequired: Assessor = (run) => failedConnections(run, 'client-certificate-required').map((failed) =>
  failedConnectionFinding('client-certificate-required', failed, {
    message: `${failed.host} (${failed.addresses}) ends the handshake because we have no client certificate: ${failed.connections[0]?.tlsFailure?.text ?? failed.failure.text}. No sender can make TLS with it. ${consequence(failed)}`, rfc: 'RFC 8446 §4.4.2.4',
    remedy: { text: 'Ask for client certificates at most, and on port 25 rather not at all (Postfix: smtpd_tls_req_ccert = no); require them only where clients are known.', copy: null },
  }));
