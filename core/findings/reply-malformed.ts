import { mxSubject } from '../base/subject.ts';
import type { SmtpNoticeCode } from '../smtp/facts.ts';
import type { Assessor } from './assessor.ts';
import { failedConnectionFinding, failedConnections } from './failed-connection.ts';
import { noticedConnections } from './noticed-connection.ts';
import { finding, listed } from './state.ts';

/** What a dialogue forgives, with the section that it is against. */
const FORGIVEN: ReadonlyMap<SmtpNoticeCode, string> = new Map([
  ['bare-lf', 'RFC 5321 §2.3.8'], ['line-too-long', 'RFC 5321 §4.5.3.1.5'], ['differing-reply-codes', 'RFC 5321 §4.2.1'], ['control-characters', 'RFC 5321 §4.2'],
  ['not-ascii', 'RFC 5321 §4.2'], ['early-talker', 'RFC 5321 §4.3.1'],
]);

/** Replies that are not as RFC 5321 §4.2 says: some senders read them, some break off. */
export const replyMalformed: Assessor = (run) => {
  const fatal = failedConnections(run, 'reply-malformed').map((failed) => failedConnectionFinding('reply-malformed', failed, {
    message: `The dialogue with ${failed.host} (${failed.addresses}) ends at a reply that cannot be read: ${failed.failure.text}.`, rfc: 'RFC 5321 §4.2',
    // Where our limit ended it, a sender may be more patient.
    severity: failed.failure.code === 'limit' ? 'warning' : 'error',
    remedy: { text: 'Let every line of a reply begin with its three digits and end with CRLF; see what else writes into the connection.', copy: null },
  }));
  // One cause, one finding: what is no SMTP at all need not be said to be badly written.
  const isFatal = new Set([...fatal.map(({ subject }) => subject), ...failedConnections(run, 'not-smtp').map(({ host }) => mxSubject(host))]);
  const forgiven = noticedConnections(run, new Set(FORGIVEN.keys())).filter(({ host }) => !isFatal.has(mxSubject(host))).map(({ host, addresses, notices, evidence }) => finding({
    code: 'reply-malformed', subject: mxSubject(host), rfc: FORGIVEN.get(notices[0]?.code ?? 'bare-lf') ?? 'RFC 5321 §4.2', evidence,
    message: `Replies of ${host} (${addresses}) are not as they must be: ${listed(notices.map(({ text }) => text))}. This dialogue went on; other senders may break off.`,
    remedy: { text: 'Replies are lines of at most 512 octets of ASCII, with the same code in all lines of a reply and CRLF at the end of each; see whether a proxy or a filter rewrites them.', copy: null },
  }));
  return [...fatal, ...forgiven];
};
