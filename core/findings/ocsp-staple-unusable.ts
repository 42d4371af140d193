import { mxSubject } from '../base/subject.ts';
import type { StapleStatus } from '../x509/facts.ts';
import type { Assessor } from './assessor.ts';
import { stapledConnections } from './stapled-connection.ts';
import { finding } from './state.ts';

/** What says nothing of the certificate. A response without its issuer presented may be right: that it cannot be verified here is no fault of it. */
const UNUSABLE: ReadonlySet<StapleStatus> = new Set(['unknown', 'try-later', 'responder-error', 'stale', 'not-yet-valid', 'wrong-certificate', 'bad-signature', 'malformed'] as const);

/** A staple that no client accepts (RFC 6960 §3.2): no sender minds, but the automation behind it is broken. */
export const ocspStapleUnusable: Assessor = (run) => stapledConnections(run, UNUSABLE).map(({ host, addresses, staple, evidence }) => finding({
  code: 'ocsp-staple-unusable', subject: mxSubject(host), rfc: staple.rfc, evidence,
  message: `${host} (${addresses}) staples an OCSP response that is of no use. ${staple.text} Senders that do DANE do not ask for it.`,
  remedy: { text: 'See why the server does not fetch a new response for the certificate in use, or switch stapling off.', copy: null },
}));
