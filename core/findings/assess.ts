/** All findings of a run: pure, so that a saved run shows the same tomorrow. */
import type { Run } from '../inspection/run.ts';
import { anchorExpiredUnchecked } from './anchor-expired-unchecked.ts';
import { anchorNotSent } from './anchor-not-sent.ts';
import type { Assessor } from './assessor.ts';
import { certificateExpired } from './certificate-expired.ts';
import { certificateExpiredUnchecked } from './certificate-expired-unchecked.ts';
import { certificateExpiresSoon } from './certificate-expires-soon.ts';
import { chainTooLarge } from './chain-too-large.ts';
import { clientCertificateRequired } from './client-certificate-required.ts';
import { clientHelloDropped } from './client-hello-dropped.ts';
import { clockOff } from './clock-off.ts';
import { commandInjection } from './command-injection.ts';
import { connectionFailed } from './connection-failed.ts';
import { dnssecBogus } from './dnssec-bogus.ts';
import { dnssecWorkLimit } from './dnssec-work-limit.ts';
import { domainDoesNotExist } from './domain-does-not-exist.ts';
import { domainUnsigned } from './domain-unsigned.ts';
import { dsMismatch } from './ds-mismatch.ts';
import { greetingRejected } from './greeting-rejected.ts';
import { greetingTryLater } from './greeting-try-later.ts';
import { handshakeFailed } from './handshake-failed.ts';
import { keyWeak } from './key-weak.ts';
import { lookupFailed } from './lookup-failed.ts';
import { mxHostUnsigned } from './mx-host-unsigned.ts';
import { mxIsAlias } from './mx-is-alias.ts';
import { nameMismatch } from './name-mismatch.ts';
import { noMailHost } from './no-mail-host.ts';
import { notSmtp } from './not-smtp.ts';
import { nsec3Iterations } from './nsec3-iterations.ts';
import { nullMx } from './null-mx.ts';
import { ocspRevoked } from './ocsp-revoked.ts';
import { ocspStapleUnusable } from './ocsp-staple-unusable.ts';
import { plaintextInsteadOfTls } from './plaintext-instead-of-tls.ts';
import { queryMinimisationFails } from './query-minimisation-fails.ts';
import { replyMalformed } from './reply-malformed.ts';
import { resolverUnusable } from './resolver-unusable.ts';
import { responseInjection } from './response-injection.ts';
import { serversDiffer } from './servers-differ.ts';
import { signatureExpired } from './signature-expired.ts';
import { sniRejected } from './sni-rejected.ts';
import { starttlsInsideTls } from './starttls-inside-tls.ts';
import { starttlsNotOffered } from './starttls-not-offered.ts';
import { starttlsRefused } from './starttls-refused.ts';
import { tlsTooOld } from './tls-too-old.ts';
import { tls12NotOffered } from './tls12-not-offered.ts';
import { tlsaAncestorDenied } from './tlsa-ancestor-denied.ts';
import { tlsaLookupFailed } from './tlsa-lookup-failed.ts';
import { tlsaMalformed } from './tlsa-malformed.ts';
import { tlsaMismatch } from './tlsa-mismatch.ts';
import { tlsaMissing } from './tlsa-missing.ts';
import { tlsaUsageUnusable } from './tlsa-usage-unusable.ts';
import type { Finding, Severity } from './finding.ts';

const ASSESSORS: readonly Assessor[] = [
  tlsaMismatch, certificateExpired, nameMismatch, anchorNotSent, starttlsNotOffered, starttlsRefused, handshakeFailed,
  tlsTooOld, sniRejected, clientCertificateRequired, chainTooLarge, responseInjection, commandInjection, plaintextInsteadOfTls, notSmtp,
  signatureExpired, dsMismatch, dnssecBogus, dnssecWorkLimit, tlsaLookupFailed, lookupFailed, resolverUnusable, serversDiffer, domainDoesNotExist,
  tlsaMissing, domainUnsigned, mxHostUnsigned, tlsaUsageUnusable, tlsaMalformed, tlsaAncestorDenied, mxIsAlias, greetingRejected,
  greetingTryLater, connectionFailed, noMailHost, certificateExpiresSoon, keyWeak, ocspRevoked, anchorExpiredUnchecked, nsec3Iterations, queryMinimisationFails, tls12NotOffered, clientHelloDropped, starttlsInsideTls, replyMalformed, clockOff, nullMx, certificateExpiredUnchecked, ocspStapleUnusable,
];

const RANK: { readonly [severity in Severity]: number } = { error: 0, warning: 1, info: 2 };

/** Worst first, then by subject and code. A running inspection has the findings of what it has seen so far. */
export function assess(run: Run): Finding[] {
  return ASSESSORS.flatMap((assessor) => assessor(run)).sort((left, right) =>
    RANK[left.severity] - RANK[right.severity] || compareText(left.subject, right.subject) || compareText(left.code, right.code));
}

const compareText = (left: string, right: string): number => (left < right ? -1 : Number(left > right));
