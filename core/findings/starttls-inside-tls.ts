import { mxSubject } from '../base/subject.ts';
import type { Assessor } from './assessor.ts';
import { noticedConnections } from './noticed-connection.ts';
import { finding } from './state.ts';

/** A server must not offer STARTTLS where TLS is there already (RFC 3207 §4.2). */
export const starttlsInsideTls: Assessor = (run) => noticedConnections(run, new Set(['starttls-inside-tls'] as const)).map(({ host, addresses, evidence }) => finding({
  code: 'starttls-inside-tls', subject: mxSubject(host), rfc: 'RFC 3207 §4.2', evidence,
  message: `${host} (${addresses}) offers STARTTLS again inside TLS. Senders do not take it up, but a server that does not know in which state it is has other faults at times.`,
  remedy: { text: 'See whether a proxy ends TLS in front of the server: then the server behind it must not offer STARTTLS itself, or must know that TLS is there.', copy: null },
}));
