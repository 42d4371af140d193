import type { Assessor } from './assessor.ts';
import { failedConnectionFinding, failedConnections, tlsText } from './failed-connection.ts';

/** No dialogue came about: refused, no answer, closed, or not SMTP. */
export const connectionFailed: Assessor = (run) => failedConnections(run, 'connection-failed').map((failed) =>
  failedConnectionFinding('connection-failed', failed, {
    message: `The dialogue with ${failed.host} (${failed.addresses}) fails: ${failed.failure.text}. ${tlsText(failed)}`, rfc: 'RFC 5321 §5.1',
    remedy: { text: 'See whether the server runs and is reachable from other networks; many access networks block port 25 to the outside.', copy: null },
  }));
