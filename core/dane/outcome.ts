/** What a sender that enforces DANE does at an endpoint: from the TLSA lookup, the dialogue and the authentication. */
import { assertNever } from '../base/assert-never.ts';
import type { Reason } from '../base/subject.ts';
import type { TlsaDisposition } from '../destination/facts.ts';
import type { SmtpFailure } from '../smtp/facts.ts';
import type { TlsFailure } from '../tls/facts.ts';
import type { Outcome } from './facts.ts';

/** How far a connection got. */
export interface SessionEnd {
  readonly failure: SmtpFailure | null;
  readonly tlsFailure: TlsFailure | null;
  /** the handshake was completed */
  readonly established: boolean;
}

export interface EndpointOutcome {
  readonly outcome: Outcome;
  readonly reason: Reason;
}

/** `authentication` is looked at only where usable records met an established session. */
export function endpointOutcome(
  disposition: TlsaDisposition,
  session: SessionEnd,
  authentication: { readonly matched: object | null; readonly reason: Reason } | null = null,
): EndpointOutcome {
  switch (disposition) {
    // RFC 7672 §2.1.2: after a failed lookup the host is treated as unreachable, whatever it would have shown.
    case 'lookup-failed': return outcome('lookup-failed', 'tlsa-lookup-failed', 'The TLSA lookup failed, so senders treat the host as unreachable.', 'RFC 7672 §2.1.2');
    // RFC 7672 §2.2: without a secure TLSA RRset the sender goes on as without DANE.
    case 'absent': return outcome('opportunistic', 'no-tlsa', 'There are no TLSA records: senders deliver as without DANE.', 'RFC 7672 §2.2');
    case 'insecure': return outcome('opportunistic', 'tlsa-insecure', 'What is not secure does not count: senders deliver as without DANE.', 'RFC 7672 §2.2');
    case 'not-applicable': return outcome('opportunistic', 'dane-not-applicable', 'DANE does not apply here: senders deliver as without it.', 'RFC 7672 §2.2');
    // RFC 7672 §2.2: a secure RRset without a usable record requires TLS, but no authentication.
    case 'unusable': return withoutTls(session) ?? outcome('tls-required-unauthenticated', 'no-usable-records', 'TLS is required and was made; no TLSA record is usable, so nothing is authenticated.', 'RFC 7672 §2.2');
    case 'usable': return withoutTls(session) ?? authenticated(authentication);
    default: return assertNever(disposition);
  }
}

const outcome = (name: Outcome, code: string, text: string, rfc: string | null): EndpointOutcome => ({ outcome: name, reason: { code, text, rfc, ede: null } });

function authenticated(authentication: { readonly matched: object | null; readonly reason: Reason } | null): EndpointOutcome {
  if (authentication === null) return outcome('not-determined', 'no-chain', 'TLS was made, but what the server presented could not be seen.', null);
  // RFC 7672 §2.2: a usable record must match, else this host is skipped.
  return { outcome: authentication.matched === null ? 'refused' : 'authenticated', reason: authentication.reason };
}

/** Null where TLS was made. A failure after that, at QUIT for one, changes nothing. */
function withoutTls({ failure, tlsFailure, established }: SessionEnd): EndpointOutcome | null {
  if (established) return null;
  if (tlsFailure !== null) return afterTlsFailure(tlsFailure);
  if (failure !== null) return afterSmtpFailure(failure);
  return outcome('pending', 'pending', 'The endpoint was not looked at yet.', null);
}

/** RFC 7672 §2.2: with secure TLSA records TLS is mandatory, so a handshake that the server fails ends delivery there. */
function afterTlsFailure(failure: TlsFailure): EndpointOutcome {
  const notOurs = (): EndpointOutcome => outcome('refused', 'tls-failed', `TLS is required and the handshake failed: ${failure.text}`, 'RFC 7672 §2.2');
  const unclear = (): EndpointOutcome => outcome('not-determined', 'tls-not-determined', `The handshake failed in a way that may be ours: ${failure.text}`, null);
  if (failure.mayBeOurs) return unclear();
  switch (failure.code) {
    case 'alert-from-server': case 'alert-from-client': case 'closed': case 'reset': case 'not-tls': case 'protocol-version': case 'other': return notOurs();
    // Senders' libraries have the same limit of 100 kB.
    case 'chain-too-large': return notOurs();
    // A sender waits for minutes (RFC 5321 §4.5.3.2), we do not.
    case 'timeout': case 'local-limit': case 'aborted': return unclear();
    default: return assertNever(failure.code);
  }
}

function afterSmtpFailure(failure: SmtpFailure): EndpointOutcome {
  const refused = (code: string, rfc: string): EndpointOutcome => outcome('refused', code, `TLS is required and could not be made: ${failure.text}`, rfc);
  const unclear = (code: string, rfc: string | null): EndpointOutcome => outcome('not-determined', code, `Not determined from here: ${failure.text}`, rfc);
  switch (failure.code) {
    case 'connect-refused': case 'connect-timeout': case 'connect-unreachable': case 'no-route': return unclear('not-reached', null);
    case 'aborted': case 'limit': return unclear('own-limit', null);
    case 'by-hand': return unclear('by-hand', null);
    // A sender waits for minutes (RFC 5321 §4.5.3.2), we do not.
    case 'reply-timeout': return unclear('reply-timeout', 'RFC 5321 §4.5.3.2');
    // RFC 7672 §2.2.3: without STARTTLS the sender goes to the next host or defers, never in the clear.
    case 'starttls-not-offered': return refused('starttls-not-offered', 'RFC 7672 §2.2');
    case 'starttls-refused': case 'response-injection': return refused(failure.code, 'RFC 3207 §4');
    case 'not-smtp': case 'reply-malformed': return refused(failure.code, 'RFC 5321 §4.2');
    case 'tls': return refused('tls-failed', 'RFC 7672 §2.2');
    case 'closed': case 'reset': case 'rejected': case 'try-later': return byPhase(failure, refused, unclear);
    default: return assertNever(failure.code);
  }
}

/** Before STARTTLS it is about us (a blocked client, greylisting); in answer to STARTTLS it is the refusal of TLS (RFC 3207 §4). */
function byPhase(failure: SmtpFailure, refused: (code: string, rfc: string) => EndpointOutcome, unclear: (code: string, rfc: string | null) => EndpointOutcome): EndpointOutcome {
  // RFC 5321 §3.8: 421 may come at any time and says nothing about the command.
  if (failure.replyCode === 421) return unclear('try-later', 'RFC 5321 §3.8');
  switch (failure.phase) {
    case 'starttls': case 'handshake': return refused(failure.code === 'closed' || failure.code === 'reset' ? 'tls-failed' : 'starttls-refused', 'RFC 3207 §4');
    case 'connect': case 'banner': case 'ehlo': case 'ehlo-protected': case 'quit': return unclear(failure.code === 'try-later' ? 'try-later' : 'not-accepted', 'RFC 5321 §4.2');
    default: return assertNever(failure.phase);
  }
}
