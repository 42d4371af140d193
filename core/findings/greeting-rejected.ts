import type { Assessor } from './assessor.ts';
import { failedConnectionFinding, failedConnections, tlsText } from './failed-connection.ts';

/** 554 and the like as greeting: no mail from here; it says nothing about TLS (RFC 5321 §3.1). */
export const greetingRejected: Assessor = (run) => failedConnections(run, 'greeting-rejected').map((failed) =>
  failedConnectionFinding('greeting-rejected', failed, {
    message: `${failed.host} (${failed.addresses}) does not talk to us: ${failed.failure.text}. ${tlsText(failed)}`, rfc: 'RFC 5321 §3.1',
    remedy: { text: 'Inspect from another address. Where the host refuses every sender, remove it from the MX records.', copy: null },
  }));
