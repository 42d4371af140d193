import { mxSubject } from '../base/subject.ts';
import type { ConnectionState } from '../inspection/run.ts';
import { HANDSHAKE_FAILURE, PROTOCOL_VERSION } from '../tls/alert.ts';
import type { Assessor } from './assessor.ts';
import { addressesOf } from './failed-connection.ts';
import { dialogueEvidence, finding, groupBy } from './state.ts';

/** TLS 1.3 only: RFC 9325 §3.1.1 asks for TLS 1.2 too, which is all that many mail systems speak. */
export const tls12NotOffered: Assessor = (run) => {
  const refused = run.connections.filter(isRefused);
  const without = refused.filter(({ connection }) => !run.connections.some((other) => other.connection.purpose === 'TLS 1.2' && other.parameters !== null && other.connection.address === connection.address));
  return groupBy(without, ({ connection }) => connection.host).flatMap((connections) => {
    const [first] = connections;
    if (first === undefined) return [];
    return [finding({
      code: 'tls12-not-offered', subject: mxSubject(first.connection.host), rfc: 'RFC 9325 §3.1.1', evidence: dialogueEvidence(connections),
      message: `${first.connection.host} (${addressesOf(connections)}) speaks TLS 1.3 and refuses TLS 1.2. Senders with older software make no TLS with it, and do not deliver where TLSA records make TLS a must.`,
      remedy: { text: 'Allow TLS 1.2 beside TLS 1.3; both are secure with the cipher suites of RFC 9325 §4.2.', copy: null },
    })];
  });
};

/** By its own word: a broken connection would say nothing about the version. */
function isRefused({ connection, tlsFailure }: ConnectionState): boolean {
  if (connection.purpose !== 'TLS 1.2' || tlsFailure === null || tlsFailure.mayBeOurs || tlsFailure.alert?.from !== 'server') return false;
  return tlsFailure.alert.code === PROTOCOL_VERSION || tlsFailure.alert.code === HANDSHAKE_FAILURE;
}
