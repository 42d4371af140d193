import { mxSubject } from '../base/subject.ts';
import type { Assessor } from './assessor.ts';
import { stapledConnections } from './stapled-connection.ts';
import { finding } from './state.ts';

/** No DANE sender asks for OCSP (RFC 7672 §4), but whoever revoked the certificate had a reason, and its key may be in other hands. */
export const ocspRevoked: Assessor = (run) => stapledConnections(run, new Set(['revoked'] as const)).map(({ host, addresses, staple, evidence }) => finding({
  code: 'ocsp-revoked', subject: mxSubject(host), rfc: 'RFC 7672 §4', evidence,
  message: `The certificate of ${host} (${addresses}) is revoked${staple.revokedAt === null ? '' : ` since ${staple.revokedAt.slice(0, 10)}`}: its issuer says so in the OCSP response that the server staples. Senders that do DANE do not ask and deliver; others may refuse.`,
  remedy: { text: 'Find out why it was revoked. If its key is known to others: a new key and certificate, the TLSA record of the new key first, and the record of the old one removed at once; under DANE only that revokes it.', copy: null },
}));
