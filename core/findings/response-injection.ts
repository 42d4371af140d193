import type { Assessor } from './assessor.ts';
import { failedConnectionFinding, failedConnections } from './failed-connection.ts';

/** Octets in clear behind the 220 to STARTTLS, which a careless client would read as if they came inside TLS (RFC 3207 §4.2). */
export const responseInjection: Assessor = (run) => failedConnections(run, 'response-injection').map((failed) => ({
  ...failedConnectionFinding('response-injection', failed, {
    message: `${failed.host} (${failed.addresses}) sends more than its reply to STARTTLS before TLS begins: ${failed.failure.text}. Either the server does so, or someone on the way puts words in its mouth; careful senders break off.`, rfc: 'RFC 3207 §4.2',
    remedy: { text: 'Check from another network whether the same comes. If so, the server or a proxy in front of it writes into the connection after 220; if not, this network does.', copy: null },
  }), severity: 'error' as const,
}));
