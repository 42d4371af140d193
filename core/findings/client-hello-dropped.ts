import type { Assessor } from './assessor.ts';
import { failedConnectionFinding, failedConnections, laterConnection } from './failed-connection.ts';

/** The usual ClientHello meets silence, FIN or RST, a smaller one is answered (RFC 8446 §4.1.2 sets no such limit). */
export const clientHelloDropped: Assessor = (run) => failedConnections(run, 'client-hello-dropped').map((failed) => {
  const [first] = failed.connections;
  const usual = first?.tlsFailure?.messages[0]?.size;
  const small = first === undefined ? undefined : laterConnection(run, first.connection, 'smaller ClientHello')?.parameters?.messages[0]?.size;
  const sizes = usual === undefined || small === undefined ? '' : ` (${usual} octets; one of ${small} is answered)`;
  return failedConnectionFinding('client-hello-dropped', failed, {
    message: `${failed.host} (${failed.addresses}) does not answer the usual ClientHello${sizes}: ${first?.tlsFailure?.text ?? failed.failure.text}. Senders whose TLS library offers more, such as post-quantum key exchange, make no TLS with it.`, rfc: 'RFC 8446 §4.1.2',
    remedy: { text: 'Look for a firewall or load balancer in front of the server that wants the whole ClientHello in one segment or knows only some groups, and bring it up to date.', copy: null },
  });
});
