import type { Assessor } from './assessor.ts';
import { consequence, failedConnectionFinding, failedConnections } from './failed-connection.ts';

/** STARTTLS is offered and then refused with 454, 501 or another reply that is not 220 (RFC 3207 §4). */
export const starttlsRefused: Assessor = (run) => failedConnections(run, 'starttls-refused').map((failed) =>
  failedConnectionFinding('starttls-refused', failed, {
    message: `${failed.host} (${failed.addresses}) offers STARTTLS and answers the command with ${failed.failure.replyCode ?? 'no reply'}. ${consequence(failed)}`, rfc: 'RFC 3207 §4',
    remedy: { text: 'The log of the server says why: often the certificate or the private key cannot be read.', copy: null },
  }));
