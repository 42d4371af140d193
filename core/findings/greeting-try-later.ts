import type { Assessor } from './assessor.ts';
import { failedConnectionFinding, failedConnections, tlsText } from './failed-connection.ts';

/** 421 or 450: the server asks to come back later, so nothing is known about STARTTLS (RFC 5321 §3.8). */
export const greetingTryLater: Assessor = (run) => failedConnections(run, 'greeting-try-later').map((failed) =>
  failedConnectionFinding('greeting-try-later', failed, {
    message: `${failed.host} (${failed.addresses}) puts us off: ${failed.failure.text}. ${tlsText(failed)}`, rfc: 'RFC 5321 §3.8',
    remedy: { text: 'Check again after some minutes; such servers put off senders that they do not know.', copy: null },
  }));
