/** Connections that ended before a chain was proven, one finding a host and cause. */
import { mxSubject } from '../base/subject.ts';
import type { ConnectionState, Run } from '../inspection/run.ts';
import type { SmtpFailure } from '../smtp/facts.ts';
import type { FindingCode } from './codes.ts';
import type { Finding, Remedy } from './finding.ts';
import { dialogueEvidence, finding, groupBy, hostOf, listed, requiresTls } from './state.ts';

export interface FailedConnections {
  readonly host: string;
  /** with their ports where that is not 25 */
  readonly addresses: string;
  readonly connections: readonly ConnectionState[];
  readonly failure: SmtpFailure;
  /** a secure TLSA RRset makes TLS a must (RFC 7672 §2.2) */
  readonly tlsRequired: boolean;
}

const CODES: { readonly [Code in SmtpFailure['code']]: FindingCode | null } = {
  'connect-refused': 'connection-failed', 'connect-timeout': 'connection-failed', 'connect-unreachable': 'connection-failed',
  closed: 'connection-failed', reset: 'connection-failed', 'reply-timeout': 'connection-failed', 'reply-malformed': 'connection-failed',
  limit: 'connection-failed', 'response-injection': 'connection-failed', 'not-smtp': 'connection-failed',
  rejected: 'greeting-rejected', 'try-later': 'greeting-try-later', 'starttls-not-offered': 'starttls-not-offered', 'starttls-refused': 'starttls-refused',
  tls: 'handshake-failed',
  // Says something about where we are, not about the domain.
  'no-route': null, aborted: null,
};

/** Only the connection with the sender's usual offer counts: another key type may simply not be there. */
export function failedConnections(run: Run, code: FindingCode): FailedConnections[] {
  const failed = run.connections.filter((state) => state.connection.purpose === 'default' && state.failure !== null && CODES[state.failure.code] === code
    && state.parameters === null);
  return groupBy(failed, ({ connection, failure }) => `${connection.host} ${failure?.code} ${failure?.phase}`).map((group) => {
    const { connection, failure } = group[0] as ConnectionState;
    const host = hostOf(run, connection.host);
    return {
      host: connection.host, connections: group, failure: failure as SmtpFailure, tlsRequired: host !== undefined && requiresTls(host),
      addresses: listed(group.map(({ connection: { address, port } }) => (port === 25 ? address : `${address} port ${port}`))),
    };
  });
}

interface Words {
  readonly message: string;
  readonly rfc: string;
  readonly remedy: Remedy;
}

/** Without DANE a missing TLS is a weakness, not what stops the mail. */
export function failedConnectionFinding(code: FindingCode, failed: FailedConnections, words: Words): Finding {
  const told = finding({ code, subject: mxSubject(failed.host), ...words, evidence: dialogueEvidence(failed.connections) });
  return told.severity === 'error' && !failed.tlsRequired ? { ...told, severity: 'warning' } : told;
}

export const consequence = ({ tlsRequired }: FailedConnections): string =>
  (tlsRequired ? 'Senders that do DANE skip the host: its TLSA records make TLS a must.' : 'Mail to it goes unprotected.');
