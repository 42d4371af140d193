/** Which certificate may have issued which: by names, key identifiers and kind of key, before any signature is checked. */
import { equalBytes } from '../base/bytes.ts';
import type { Certificate } from './certificate.ts';
import { KEY_USAGE, NETSCAPE_TYPE } from './extension.ts';
import { keyObjectOf } from './public-key.ts';
import { keyFitsSignature } from './signature.ts';

/** Why `issuer` cannot be the issuer of `subject`, in words; null where it may be. The order of the checks is OpenSSL's. */
export function issuerMismatch(issuer: Certificate, subject: Certificate): string | null {
  if (!equalBytes(issuer.subject.canonical, subject.issuer.canonical)) return 'its subject is not the issuer named';
  if (issuer.extensions.malformed !== null) return `it cannot be used: ${issuer.extensions.malformed}`;
  if (subject.extensions.malformed !== null) return `the certificate below cannot be used: ${subject.extensions.malformed}`;
  return keyIdentifierMismatch(issuer, subject) ?? keyMismatch(issuer, subject);
}

/** RFC 5280 §4.2.1.1. A key identifier counts only where both certificates have one. */
function keyIdentifierMismatch(issuer: Certificate, subject: Certificate): string | null {
  const authority = subject.extensions.authorityKeyIdentifier;
  if (authority === null) return null;
  const own = issuer.extensions.subjectKeyIdentifier;
  if (authority.keyIdentifier !== null && own !== null && !equalBytes(authority.keyIdentifier, own)) return 'its key identifier is not the one named';
  if (authority.serial !== null && !equalBytes(authority.serial, issuer.serial)) return 'its serial number is not the one named';
  const directory = authority.issuer.find((name) => name.kind === 'directory');
  if (directory?.kind === 'directory' && !equalBytes(directory.name.canonical, issuer.issuer.canonical)) return 'its own issuer is not the one named';
  return null;
}

function keyMismatch(issuer: Certificate, subject: Certificate): string | null {
  if (keyObjectOf(issuer.publicKey) === null) return 'its key cannot be read';
  return keyFitsSignature(issuer.publicKey, subject.signedAlgorithm.algorithm) ? null : 'its kind of key does not make such signatures';
}

/** RFC 5280 §3.2: issuer and subject are the same name. */
export const isSelfIssued = ({ subject, issuer }: Certificate): boolean => equalBytes(subject.canonical, issuer.canonical);

/** By all but its signature: a path ends here. */
export const looksSelfSigned = (certificate: Certificate): boolean => issuerMismatch(certificate, certificate) === null;

/** What basicConstraints says. */
export const isAuthority = ({ extensions }: Certificate): boolean => extensions.basicConstraints?.ca ?? false;

/**
 * - `authority`: basicConstraints says so (RFC 5280 §4.2.1.9)
 * - `tolerated`: it does not say, but OpenSSL lets it pass at the top of a path: a version 1 root, or keyCertSign alone
 * - `none`: basicConstraints or keyUsage say that it issues no certificates
 */
export function authorityOf(certificate: Certificate): 'authority' | 'tolerated' | 'none' {
  const { basicConstraints, keyUsage, netscapeType } = certificate.extensions;
  if (!maySign(certificate)) return 'none';
  if (basicConstraints !== null) return basicConstraints.ca ? 'authority' : 'none';
  if (certificate.version === 1 && looksSelfSigned(certificate)) return 'tolerated';
  if (keyUsage !== null) return 'tolerated';
  return netscapeType !== null && (netscapeType & NETSCAPE_TYPE.sslAuthority) !== 0 ? 'tolerated' : 'none';
}

/** RFC 5280 §4.2.1.3: where keyUsage is present it must have keyCertSign. */
export const maySign = ({ extensions }: Certificate): boolean => extensions.keyUsage === null || (extensions.keyUsage & KEY_USAGE.keyCertSign) !== 0;
