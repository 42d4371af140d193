/** The stages of one connection as cells: connect, STARTTLS, TLS. Each fills when its phase ends. */
import type { SubjectId } from '../../../core/base/subject.ts';
import type { ConnectionState } from '../../../core/inspection/run.ts';
import type { SmtpFailure, SmtpPhase } from '../../../core/smtp/facts.ts';
import { versionWords } from '../../../core/tls/names.ts';
import type { Cell } from './cell.ts';
import { cell, milliseconds, notTested, pendingCell } from './cell.ts';

export interface ConnectionCells {
  readonly connect: Cell;
  readonly startTls: Cell;
  readonly tls: Cell;
}

/** Nothing below the first failed stage was tested; its cells say why and lead to the cause. */
export function connectionCells(connection: ConnectionState, subject: SubjectId): ConnectionCells {
  const cause = failureCause(connection, subject);
  const connect = connectCell(connection, cause, subject);
  const startTls = startTlsCell(connection, cause, subject);
  return { connect, startTls, tls: tlsCell(connection, cause, subject) };
}

interface Cause {
  readonly failure: SmtpFailure;
  readonly stage: 'connect' | 'starttls' | 'tls' | 'later';
  readonly subject: SubjectId;
  readonly event: number | null;
}

const STAGE_OF: { readonly [Phase in SmtpPhase]: Cause['stage'] } = {
  connect: 'connect', banner: 'starttls', ehlo: 'starttls', starttls: 'starttls', handshake: 'tls', 'ehlo-protected': 'later', quit: 'later',
};

function failureCause(connection: ConnectionState, subject: SubjectId): Cause | null {
  const { failure } = connection;
  if (failure === null) return null;
  return { failure, stage: STAGE_OF[failure.phase], subject, event: connection.lines.at(-1)?.seq ?? null };
}

function connectCell(connection: ConnectionState, cause: Cause | null, subject: SubjectId): Cell {
  if (cause?.stage === 'connect') return failedCell(cause);
  return phaseCell(connection, 'connect', { stage: 'Connect', help: 'TCP connection made', subject });
}

function startTlsCell(connection: ConnectionState, cause: Cause | null, subject: SubjectId): Cell {
  if (cause?.stage === 'connect') return notTested('no connection', cause);
  if (cause?.stage === 'starttls') return failedCell(cause);
  if (connection.phases.starttls === undefined && connection.phases.handshake !== undefined) {
    return cell('dash', 'neutral', 'n/a', { text: 'n/a', help: 'TLS on connect: there is no STARTTLS command (RFC 8314 §3.3)', subject, event: null });
  }
  return phaseCell(connection, 'starttls', { stage: 'STARTTLS', help: 'STARTTLS offered and accepted (RFC 3207 §4)', subject });
}

function tlsCell(connection: ConnectionState, cause: Cause | null, subject: SubjectId): Cell {
  if (cause?.stage === 'connect') return notTested('no connection', cause);
  if (cause?.stage === 'starttls') return notTested(shortCause(cause.failure), cause);
  if (cause?.stage === 'tls') return failedCell(cause, connection.tlsFailure?.text ?? cause.failure.text);
  const parameters = connection.parameters;
  const help = parameters === null ? 'TLS handshake ended' : `${versionWords(parameters.protocol)}, ${parameters.cipher}${parameters.group === null ? '' : `, ${parameters.group}`}`;
  return phaseCell(connection, 'handshake', { stage: 'TLS', help, subject });
}

function phaseCell(connection: ConnectionState, phase: SmtpPhase, { stage, help, subject }: { stage: string; help: string; subject: SubjectId }): Cell {
  const state = connection.phases[phase];
  if (state === undefined || state.state === 'started') return pendingCell(stage, subject);
  if (state.state === 'failed') return cell('cross', 'bogus', 'failed', { text: '', help: `${stage} failed`, subject, event: null });
  const text = milliseconds(state.elapsedMs);
  return cell('check', 'secure', 'done', { text, help: `${help}, after ${text} ms`, subject, event: null });
}

/** The server's fault is a cross; what may be the network's or a wish to come later is a question. */
function failedCell(cause: Cause, text = cause.failure.text): Cell {
  const { failure, subject, event } = cause;
  const unknown = ['connect-timeout', 'connect-unreachable', 'no-route', 'try-later', 'limit', 'aborted'].includes(failure.code);
  const shown = failure.replyCode === null ? '' : String(failure.replyCode);
  return unknown
    ? cell('question', 'warning', 'not determined', { text: shown, help: text, subject, event })
    : cell('cross', 'bogus', 'failed', { text: shown, help: text, subject, event });
}

export function shortCause(failure: SmtpFailure): string {
  switch (failure.code) {
    case 'starttls-not-offered': return 'STARTTLS was not offered';
    case 'starttls-refused': return 'STARTTLS was refused';
    case 'try-later': return 'the server asked to come back later';
    case 'rejected': return `the server refused with ${String(failure.replyCode ?? 'an error')}`;
    case 'closed': case 'reset': return 'the server closed the connection';
    case 'reply-timeout': return 'the server did not answer in time';
    case 'aborted': case 'connect-refused': case 'connect-timeout': case 'connect-unreachable': case 'limit': case 'no-route': case 'not-smtp':
    case 'reply-malformed': case 'response-injection': case 'tls': case 'by-hand': return failure.text;
  }
}
