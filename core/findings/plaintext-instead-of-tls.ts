import type { Assessor } from './assessor.ts';
import { consequence, failedConnectionFinding, failedConnections } from './failed-connection.ts';

/** After 220 the server goes on in clear (RFC 3207 §4): the ClientHello was read as a command, or an error is told too late. */
export const plaintextInsteadOfTls: Assessor = (run) => failedConnections(run, 'plaintext-instead-of-tls').map((failed) =>
  failedConnectionFinding('plaintext-instead-of-tls', failed, {
    message: `${failed.host} (${failed.addresses}) answers the ClientHello in clear: ${failed.connections[0]?.tlsFailure?.text ?? failed.failure.text}. ${consequence(failed)}`, rfc: 'RFC 3207 §4',
    remedy: { text: 'See the log of the server: it agreed to STARTTLS and then could not begin, often for want of its certificate or key; on the port for TLS on connect it may speak plain SMTP.', copy: null },
  }));
