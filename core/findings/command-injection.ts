import { mxSubject } from '../base/subject.ts';
import type { Assessor } from './assessor.ts';
import { noticedConnections } from './noticed-connection.ts';
import { finding } from './state.ts';

/** A server must forget what came before TLS (RFC 3207 §4.2); this one obeyed it. Seen by intrusive probing alone. */
export const commandInjection: Assessor = (run) => noticedConnections(run, new Set(['command-injection'] as const)).map(({ host, addresses, evidence }) => finding({
  code: 'command-injection', subject: mxSubject(host), rfc: 'RFC 3207 §4.2', evidence,
  message: `${host} (${addresses}) obeys inside TLS a command that came in clear behind STARTTLS. Whoever is on the way can so put commands into the session of a sender that authenticated the host, DANE or not (CVE-2011-0411).`,
  remedy: { text: 'Update the mail server, or the proxy that makes TLS for it: at STARTTLS it must throw away all input that it has read already.', copy: null },
}));
