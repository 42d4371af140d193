import type { ConnectionState, Run } from '../inspection/run.ts';
import type { Assessor } from './assessor.ts';
import { consequence, failedConnectionFinding, failedConnections, laterConnection } from './failed-connection.ts';
import { dialogueEvidence } from './state.ts';

/** A server must not insist on the names it knows: it falls back to its usual chain (RFC 7672 §8.1, RFC 6066 §3). */
export const sniRejected: Assessor = (run) => failedConnections(run, 'sni-rejected').map((failed) => {
  const without = failed.connections.flatMap(({ connection }) => laterConnection(run, connection, 'without SNI') ?? []);
  const told = failedConnectionFinding('sni-rejected', failed, {
    message: `${failed.host} (${failed.addresses}) ends the handshake with unrecognized_name because of the name ${failed.connections[0]?.offer?.serverName ?? ''} in the ClientHello.${withoutName(run, without[0])} ${consequence(failed)}`, rfc: 'RFC 7672 §8.1',
    remedy: { text: 'Let the server show its usual certificate for names that it does not know, and add the name of the MX host to those that it knows.', copy: null },
  });
  return { ...told, evidence: [...told.evidence, ...dialogueEvidence(without, 'dialogue without a name')] };
});

function withoutName(run: Run, state: ConnectionState | undefined): string {
  if (state === undefined || (state.parameters === null && state.failure === null)) return '';
  const certificates = state.parameters === null ? undefined : state.presented?.certificates;
  if (certificates === undefined) return ' Without a name it fails too.';
  const leaf = run.certificates[certificates[0] ?? ''];
  return ` Without a name it shows a chain of ${certificates.length} certificate${certificates.length === 1 ? '' : 's'}${leaf === undefined ? '' : `, the first for ${leaf.dnsNames[0] ?? leaf.subject}`}.`;
}
