import type { Assessor } from './assessor.ts';
import { consequence, failedConnectionFinding, failedConnections } from './failed-connection.ts';

/** No STARTTLS in the reply to EHLO though TLSA records are there (RFC 7672 §2.2). */
export const starttlsNotOffered: Assessor = (run) => failedConnections(run, 'starttls-not-offered').map((failed) =>
  failedConnectionFinding('starttls-not-offered', failed, {
    message: `${failed.host} (${failed.addresses}) does not offer STARTTLS. ${consequence(failed)}`, rfc: 'RFC 7672 §2.2',
    remedy: { text: 'Switch STARTTLS on; see whether a firewall or a proxy in front of the server removes it from the reply to EHLO.', copy: null },
  }));
