import type { Assessor } from './assessor.ts';
import { failedConnectionFinding, failedConnections } from './failed-connection.ts';

/** Another service answers at the port (RFC 5321 §4.2). */
export const notSmtp: Assessor = (run) => failedConnections(run, 'not-smtp').map((failed) => ({
  ...failedConnectionFinding('not-smtp', failed, {
    message: `No mail server answers at ${failed.host} (${failed.addresses}): ${failed.failure.text}. Nobody can deliver mail there.`, rfc: 'RFC 5321 §4.2',
    remedy: { text: 'See which service has the port, and where the port is forwarded to; the MX and address records must lead to the mail server.', copy: null },
  }), severity: 'error' as const,
}));
