import type { Assessor } from './assessor.ts';
import { consequence, failedConnectionFinding, failedConnections } from './failed-connection.ts';

/** A Certificate message that the libraries of senders refuse for its size; TLS itself would allow 16 MB (RFC 8446 §4.4.2). */
export const chainTooLarge: Assessor = (run) => failedConnections(run, 'chain-too-large').map((failed) =>
  failedConnectionFinding('chain-too-large', failed, {
    message: `The chain of ${failed.host} (${failed.addresses}) is too large: ${failed.connections[0]?.tlsFailure?.text ?? failed.failure.text}. ${consequence(failed)}`, rfc: 'RFC 8446 §4.4.2',
    remedy: { text: 'Send the leaf and the CAs up to the trust anchor, each once. A file of all CAs that the machine trusts is not a chain.', copy: null },
  }));
