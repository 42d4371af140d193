/** Connections that ended before a chain was proven, one finding a host and cause. */
import { mxSubject } from '../base/subject.ts';
import type { ConnectionState, Run } from '../inspection/run.ts';
import type { ConnectionFact, ConnectionPurpose, SmtpFailure } from '../smtp/facts.ts';
import { CERTIFICATE_REQUIRED, HANDSHAKE_FAILURE, UNRECOGNIZED_NAME } from '../tls/alert.ts';
import type { TlsFailure } from '../tls/facts.ts';
import type { FindingCode } from './codes.ts';
import type { Finding, Remedy, Severity } from './finding.ts';
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
  closed: 'connection-failed', reset: 'connection-failed', 'reply-timeout': 'connection-failed', 'reply-malformed': 'reply-malformed',
  limit: 'reply-malformed', 'response-injection': 'response-injection', 'not-smtp': 'not-smtp',
  rejected: 'greeting-rejected', 'try-later': 'greeting-try-later', 'starttls-not-offered': 'starttls-not-offered', 'starttls-refused': 'starttls-refused',
  tls: 'handshake-failed',
  // Says something about where we are, not about the domain.
  'no-route': null, aborted: null, 'by-hand': null,
};

function codeOf(run: Run, state: ConnectionState): FindingCode | null {
  const { failure } = state;
  if (failure === null) return null;
  // RFC 3207 §4: who hangs up instead of answering has refused.
  if (failure.phase === 'starttls' && (failure.code === 'closed' || failure.code === 'reset')) return 'starttls-refused';
  // TLS was made, and what came after it is no failure of the handshake.
  if (state.parameters !== null) return failure.code === 'tls' ? 'connection-failed' : CODES[failure.code];
  if (state.tlsFailure === null || failure.phase !== 'handshake') return CODES[failure.code];
  if (madeSmaller(run, state)) return 'client-hello-dropped';
  return tlsCode(state.tlsFailure) ?? CODES[failure.code];
}

/** Causes with a finding of their own, by what was on the wire. */
function tlsCode({ code, alert, messages }: TlsFailure): FindingCode | null {
  if (code === 'not-tls') return 'plaintext-instead-of-tls';
  if (code === 'chain-too-large') return 'chain-too-large';
  if (alert?.from !== 'server') return null;
  if (alert.code === UNRECOGNIZED_NAME) return 'sni-rejected';
  // TLS 1.2 has no alert of its own for a missing client certificate (RFC 5246 §7.4.6).
  const isAsked = messages.some(({ from, name }) => from === 'server' && name === 'CertificateRequest');
  return alert.code === CERTIFICATE_REQUIRED || (isAsked && AGAINST_NO_CERTIFICATE.has(alert.code ?? -1)) ? 'client-certificate-required' : null;
}

/** handshake_failure, no_certificate, bad_certificate: what servers say to a client without a certificate. */
const AGAINST_NO_CERTIFICATE: ReadonlySet<number> = new Set([HANDSHAKE_FAILURE, 41, 42]);

/** The same address took a smaller ClientHello afterwards. */
const madeSmaller = (run: Run, { connection }: ConnectionState): boolean => laterConnection(run, connection, 'smaller ClientHello')?.parameters != null;

/** The connection of the ladder that followed this one at the same address. */
export const laterConnection = (run: Run, { host, address, port, number }: ConnectionFact, purpose: ConnectionPurpose): ConnectionState | undefined =>
  run.connections.find(({ connection }) => connection.purpose === purpose && connection.host === host && connection.address === address && connection.port === port && connection.number > number);

/** Only the connection with the sender's usual offer counts: another key type may simply not be there. */
export function failedConnections(run: Run, code: FindingCode): FailedConnections[] {
  const failed = run.connections.filter((state) => state.connection.purpose === 'default' && isJudged(run, state) && state.failure?.phase !== 'quit' && codeOf(run, state) === code);
  return groupBy(failed, ({ connection, failure }) => `${connection.host} ${failure?.code} ${failure?.phase}`).map((group) => {
    const { connection, failure } = group[0] as ConnectionState;
    const host = hostOf(run, connection.host);
    return {
      host: connection.host, connections: group, failure: failure as SmtpFailure, tlsRequired: host !== undefined && requiresTls(host), addresses: addressesOf(group),
    };
  });
}

/** While a run goes on, a failed attempt is nobody's fault yet: the next one at the address may get through. */
const isJudged = (run: Run, { connection }: ConnectionState): boolean =>
  run.state !== 'running' || run.endpoints.some(({ verdict }) => verdict.host === connection.host && verdict.address === connection.address);

/** With their ports where that is not 25. */
export const addressesOf = (connections: readonly ConnectionState[]): string =>
  listed(connections.map(({ connection: { address, port } }) => (port === 25 ? address : `${address} port ${port}`)));

interface Words {
  readonly message: string;
  readonly rfc: string;
  readonly remedy: Remedy;
  /** only where it differs from the code's own */
  readonly severity?: Severity;
}

/** Without DANE a missing TLS is a weakness, not what stops the mail; what our library may have caused is no error of the domain. */
export function failedConnectionFinding(code: FindingCode, failed: FailedConnections, words: Words): Finding {
  const told = finding({ code, subject: mxSubject(failed.host), ...words, evidence: dialogueEvidence(failed.connections) });
  const mayBeOurs = failed.connections.every(({ tlsFailure }) => tlsFailure?.mayBeOurs === true);
  return told.severity === 'error' && (!failed.tlsRequired || mayBeOurs) ? { ...told, severity: 'warning' } : told;
}

/** Whether the failure kept us from seeing TLS. */
export const tlsText = ({ connections }: FailedConnections): string =>
  (connections.some(({ parameters }) => parameters === null) ? 'TLS could not be checked.' : 'TLS was made before that.');

export const consequence = ({ tlsRequired }: FailedConnections): string =>
  (tlsRequired ? 'Senders that do DANE skip the host: its TLSA records make TLS a must.' : 'Mail to it goes unprotected.');
