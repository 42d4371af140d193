/** What three kinds of sender do at an endpoint, and what that comes to for a host and for the domain. Pure. */
import { assertNever } from '../base/assert-never.ts';
import type { Reason } from '../base/subject.ts';
import type { TlsaDisposition } from '../destination/facts.ts';
import type { SecurityStatus } from '../dnssec/status.ts';
import type { SmtpFailure } from '../smtp/facts.ts';
import type { Outcome } from './facts.ts';
import type { TlsrptResult } from './tlsrpt.ts';
import { tlsrptResult } from './tlsrpt.ts';

/**
 * - `opportunistic-dane`: Postfix `dane`, Exim `hosts_try_dane`
 * - `mandatory-dane`: Postfix `dane-only`, Exim `hosts_require_dane`
 * - `without-dane`: STARTTLS where it is offered, nobody is authenticated
 */
export type SenderKind = 'opportunistic-dane' | 'mandatory-dane' | 'without-dane';

export const SENDER_KINDS = ['opportunistic-dane', 'mandatory-dane', 'without-dane'] as const satisfies readonly SenderKind[];

/** `tries-next-host`: this one gets no mail; `defers`: no host is left, the mail waits and bounces in the end; `bounces`: at once. */
export type SenderAction =
  | 'delivers-authenticated' | 'delivers-encrypted' | 'delivers-perhaps-in-clear' | 'tries-next-host' | 'defers' | 'bounces' | 'not-determined';

export interface SenderConclusion {
  readonly action: SenderAction;
  /** one sentence */
  readonly text: string;
  readonly rfc: string;
  /** what the sender reports if the domain asks for TLS reports; null where there is nothing to report (RFC 8460 §4.3) */
  readonly tlsrpt: TlsrptResult | null;
}

export type Conclusions = { readonly [Kind in SenderKind]: SenderConclusion };

export interface SenderSituation {
  readonly mxStatus: SecurityStatus;
  readonly disposition: TlsaDisposition;
  /** of the endpoint, for who enforces DANE */
  readonly outcome: Outcome;
  readonly reason: Reason;
  /** the chain has a key or signature that senders at OpenSSL's security level 1 refuse */
  readonly isWeak?: boolean;
  readonly contact: Contact;
}

/**
 * What a sender without DANE meets.
 * - `tls`: a handshake as senders make it
 * - `no-tls`: SMTP, but TLS is not offered, is refused or fails
 * - `tls-or-nothing`: the same at a port where TLS comes first, so there is no delivery in clear
 * - `no-service`: no SMTP at all
 * - `unknown`: not reached, not accepted, or stopped by limits of ours
 */
export type Contact = 'tls' | 'no-tls' | 'tls-or-nothing' | 'no-service' | 'unknown';

export function concludeEndpoint(situation: SenderSituation): Conclusions {
  return {
    'opportunistic-dane': opportunistic(situation),
    'mandatory-dane': mandatory(situation),
    'without-dane': withoutDane(situation.contact),
  };
}

/** RFC 7672 §2.2: only a secure TLSA RRset changes what opportunistic TLS does; a failed lookup rules the host out. */
function opportunistic(situation: SenderSituation): SenderConclusion {
  switch (situation.disposition) {
    case 'usable': return withRecords(situation);
    case 'unusable': return withUnusable(situation);
    case 'lookup-failed': return skipped('The TLSA lookup fails, so the host is taken for unreachable.', 'RFC 7672 §2.1.2', 'dnssec-invalid');
    case 'absent': case 'insecure': case 'not-applicable': return asWithoutDane(situation);
    default: return assertNever(situation.disposition);
  }
}

/** RFC 7672 §6: who requires DANE delivers to authenticated servers, and to nobody else. */
function mandatory(situation: SenderSituation): SenderConclusion {
  // RFC 7672 §2.2.1, §6: what insecure MX records name cannot be the secure next hop that was asked for.
  if (situation.mxStatus === 'insecure') return skipped('The MX records are insecure, so no host that they name will do.', 'RFC 7672 §2.2.1', 'dane-required');
  switch (situation.disposition) {
    case 'usable': case 'lookup-failed': return opportunistic(situation);
    case 'unusable': return skipped('DANE is required and no TLSA record is usable.', 'RFC 7672 §6', 'tlsa-invalid');
    case 'absent': case 'insecure': case 'not-applicable': return skipped('DANE is required and the host has no secure TLSA records.', 'RFC 7672 §6', 'dane-required');
    default: return assertNever(situation.disposition);
  }
}

/** RFC 7672 §2.2: a usable record requires authenticated TLS. */
function withRecords({ mxStatus, outcome, reason, isWeak = false }: SenderSituation): SenderConclusion {
  const rfc = reason.rfc ?? 'RFC 7672 §2.2';
  // RFC 7672 §2.2.1: whoever can change the MX records can name a host that authenticates just as well.
  if (outcome === 'authenticated' && mxStatus === 'insecure') return conclusion('delivers-encrypted', 'The host is authenticated, but insecure MX records may have named any host.', 'RFC 7672 §2.2.1');
  if (outcome === 'authenticated') return conclusion('delivers-authenticated', `A TLSA record matches: delivered over authenticated TLS${isWeak ? ', but not by senders at security level 1, which refuse the weak key or signature' : ''}.`, rfc);
  if (outcome === 'not-determined' || outcome === 'pending') return undetermined(rfc);
  return skipped(`Authenticated TLS is required: ${reason.text}`, rfc, tlsrptResult(reason.code));
}

/** RFC 7672 §2.2: TLS is required and nothing is authenticated. Mail goes through, and the records are a fault to report all the same. */
function withUnusable({ outcome, reason }: SenderSituation): SenderConclusion {
  if (outcome === 'tls-required-unauthenticated') return conclusion('delivers-encrypted', 'No TLSA record is usable: TLS is required, and nobody is authenticated.', 'RFC 7672 §2.2', 'tlsa-invalid');
  if (outcome === 'not-determined' || outcome === 'pending') return undetermined('RFC 7672 §2.2');
  return skipped(`TLS is required: ${reason.text}`, reason.rfc ?? 'RFC 7672 §2.2', tlsrptResult(reason.code));
}

const asWithoutDane = ({ contact }: SenderSituation): SenderConclusion => ({ ...withoutDane(contact), rfc: 'RFC 7672 §2.2' });

/** RFC 7435 §3: encryption if it can be had, else none. */
function withoutDane(contact: Contact): SenderConclusion {
  switch (contact) {
    case 'tls': return conclusion('delivers-encrypted', 'TLS is made and nobody is authenticated.', 'RFC 7435 §3');
    case 'no-tls': return conclusion('delivers-perhaps-in-clear', 'TLS cannot be made, so many senders go on in clear.', 'RFC 7435 §3');
    case 'tls-or-nothing': return skipped('TLS cannot be made, and this port has nothing else.', 'RFC 8314 §3.3', null);
    case 'no-service': return skipped('What answers does not speak SMTP.', 'RFC 5321 §4.2', null);
    case 'unknown': return undetermined('RFC 7435 §3');
    default: return assertNever(contact);
  }
}

/** `made`: a handshake as senders make it; `unlikeSenders`: one that only our wider offer made. `starttls`: before it, mail could go in clear. */
export function contactOf(made: 'made' | 'unlikeSenders' | 'not-made', failure: SmtpFailure | null, failureMayBeOurs: boolean, starttls: boolean): Contact {
  const noTls = starttls ? 'no-tls' : 'tls-or-nothing';
  if (made !== 'not-made') return made === 'made' ? 'tls' : noTls;
  if (failure === null || failureMayBeOurs || failure.replyCode === 421) return 'unknown';
  switch (failure.code) {
    case 'starttls-not-offered': case 'starttls-refused': case 'tls': case 'response-injection': return noTls;
    case 'not-smtp': case 'reply-malformed': return 'no-service';
    case 'closed': case 'reset': case 'rejected': case 'try-later':
      return failure.phase === 'starttls' || failure.phase === 'handshake' ? noTls : 'unknown';
    case 'connect-refused': case 'connect-timeout': case 'connect-unreachable': case 'no-route': case 'reply-timeout': case 'limit': case 'aborted': case 'by-hand': return 'unknown';
    default: return assertNever(failure.code);
  }
}

/** Worst first among what is delivered. */
const DELIVERED: readonly SenderAction[] = ['delivers-perhaps-in-clear', 'delivers-encrypted', 'delivers-authenticated'];

/** Of the addresses of a host, or of the hosts of a domain: mail gets through if one takes it, and nobody knows by which, so the worst is told. */
export function together(parts: readonly SenderConclusion[], what: 'host' | 'domain'): SenderConclusion {
  const delivering = DELIVERED.flatMap((action) => parts.filter((part) => part.action === action));
  const failing = parts.filter(({ action }) => action === 'tries-next-host' || action === 'defers');
  const [worst] = delivering;
  if (worst !== undefined) return failing.length === 0 ? worst : { ...worst, text: `${worst.text} ${passedOver(failing.length, parts.length, what)}`, tlsrpt: failing[0]?.tlsrpt ?? worst.tlsrpt };
  if (parts.some(({ action }) => action === 'not-determined')) return parts.find(({ action }) => action === 'not-determined') ?? undetermined('RFC 7672 §2.2');
  const [first] = failing;
  if (first === undefined) return undetermined('RFC 7672 §2.2');
  return what === 'host' ? first : { ...first, action: 'defers', text: `No host is left: the mail waits and bounces in the end. ${first.text}` };
}

const passedOver = (failing: number, all: number, what: 'host' | 'domain'): string =>
  `${failing} of ${all} ${what === 'host' ? 'endpoints' : 'hosts'} ${failing === 1 ? 'is' : 'are'} passed over.`;

export const conclusion = (action: SenderAction, text: string, rfc: string, tlsrpt: TlsrptResult | null = null): SenderConclusion => ({ action, text, rfc, tlsrpt });

const skipped = (text: string, rfc: string, tlsrpt: TlsrptResult | null): SenderConclusion => conclusion('tries-next-host', text, rfc, tlsrpt);

export const undetermined = (rfc: string): SenderConclusion => conclusion('not-determined', 'Not determined from here.', rfc);
