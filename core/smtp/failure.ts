/** The world's failures in the words of the dialogue: what stopped it, and who. */
import { assertNever } from '../base/assert-never.ts';
import type { NetworkFailure } from '../base/ports.ts';
import { plainText } from '../base/plain-text.ts';
import type { SmtpPhase } from './facts.ts';
import type { Stop } from './phase-outcome.ts';
import type { ReceivedLine, ReplyFailure } from './reply.ts';

const PHASES: { readonly [Phase in SmtpPhase]: string } = {
  connect: 'before the connection was made', banner: 'before its greeting', ehlo: 'after EHLO', starttls: 'after STARTTLS', handshake: 'in the TLS handshake',
  'ehlo-protected': 'after EHLO inside TLS', quit: 'after QUIT',
};

const stop = (code: Stop['code'], text: string): Stop => ({ code, text, replyCode: null });

export function connectStop(failure: NetworkFailure): Stop {
  switch (failure.code) {
    case 'refused': return stop('connect-refused', 'the server refuses the connection');
    case 'timeout': return stop('connect-timeout', 'the server does not answer');
    case 'no-route': return stop('no-route', failure.text);
    case 'reset': return stop('reset', 'the connection was reset while it was made (RST)');
    case 'aborted': return stop('aborted', 'stopped');
    case 'unreachable':
    case 'other': return stop('connect-unreachable', failure.text);
    default: return assertNever(failure.code);
  }
}

export function networkStop(failure: NetworkFailure, phase: SmtpPhase): Stop {
  switch (failure.code) {
    case 'aborted': return stop('aborted', 'stopped');
    case 'reset': return stop('reset', `the server reset the connection ${PHASES[phase]} (RST)`);
    case 'timeout': return stop('reply-timeout', `the connection died ${PHASES[phase]}`);
    case 'other': return stop(phase === 'ehlo-protected' ? 'tls' : 'closed', `${failure.text} ${PHASES[phase]}`);
    case 'refused':
    case 'unreachable':
    case 'no-route': return stop('closed', `${failure.text} ${PHASES[phase]}`);
    default: return assertNever(failure.code);
  }
}

export function replyStop(failure: ReplyFailure, phase: SmtpPhase): Stop {
  switch (failure.kind) {
    case 'network': return networkStop(failure.failure, phase);
    case 'end': return stop('closed', `closed by the server ${PHASES[phase]}${phase === 'banner' ? '' : ', without reply'} (FIN)`);
    case 'cut-off': return stop('closed', phase === 'banner' ? 'closed by the server within its greeting (FIN)' : `closed by the server ${PHASES[phase]}, within its reply (FIN)`);
    case 'limit': return stop('limit', `${failure.text}; no sender reads this to its end`);
    case 'malformed': return malformedStop(failure.line, phase === 'banner' && failure.first);
    default: return assertNever(failure);
  }
}

/** What speaks first and not as RFC 5321 §4.2 says is another service. */
function malformedStop(line: ReceivedLine, isGreeting: boolean): Stop {
  const quoted = `“${plainText(line.text, 120)}”`;
  if (!isGreeting) return stop('reply-malformed', `${quoted} is not a line of a reply`);
  return stop('not-smtp', `what answers here does not speak SMTP: its first line is ${quoted}`);
}

/** RFC 5321 §4.5.3.2 lets a server take minutes; an inspection says how long it waited. */
export function timeoutStop(phase: SmtpPhase, ms: number, octets: number): Stop {
  const waited = `within ${String(ms / 1000)} s`;
  if (phase === 'connect') return stop('connect-timeout', `the server does not answer ${waited}`);
  return stop('reply-timeout', `no complete reply ${PHASES[phase]} ${waited}; ${String(octets)} octets came`);
}
