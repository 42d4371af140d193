/**
 * Certification paths (RFC 5280 §6) as the senders' library builds and checks them: from the leaf upwards, always the first
 * issuer that fits, never turning back. That decides. An exhaustive search exists only to explain.
 */
import { equalBytes } from '../base/bytes.ts';
import type { Certificate } from './certificate.ts';
import { NETSCAPE_TYPE, KEY_USAGE } from './extension.ts';
import { authorityOf, isSelfIssued, issuerMismatch, looksSelfSigned, maySign } from './issuer.ts';
import { nameConstraintProblem } from './name-constraints.ts';
import { hasExplicitCurve } from './public-key.ts';
import type { SubjectPublicKeyInfo } from './public-key.ts';
import { signatureHolds } from './signature.ts';

export interface PathProblem {
  readonly code:
    | 'signature' | 'expired' | 'not-yet-valid' | 'bad-date' | 'not-an-authority' | 'key-usage' | 'extended-key-usage' | 'path-length'
    | 'critical-extension' | 'name-constraint' | 'explicit-curve' | 'proxy-certificate';
  /** in the path; 0 is the leaf */
  readonly position: number;
  readonly text: string;
  readonly rfc: string;
}

/** OpenSSL's default limit of depth for `ssl_server`. */
const MAXIMUM_DEPTH = 100;

/** Leaf first; ends with a certificate that looks self-signed or has no issuer in the pool. `at` is ms since 1970. */
export function buildPath(leaf: Certificate, pool: readonly Certificate[], at: number): Certificate[] {
  const path = [leaf];
  let rest = [...pool];
  for (;;) {
    const top = path.at(-1) as Certificate;
    const issuer = path.length > MAXIMUM_DEPTH + 1 || looksSelfSigned(top) ? null : findIssuer(path, rest, at);
    if (issuer === null) return path;
    rest = rest.filter((candidate) => candidate !== issuer);
    path.push(issuer);
  }
}

/** The first that fits and is within its dates, else the one that expires last. */
function findIssuer(path: readonly Certificate[], pool: readonly Certificate[], at: number): Certificate | null {
  const subject = path.at(-1) as Certificate;
  const candidates = pool.filter((candidate) => mayFollow(path, candidate) && issuerMismatch(candidate, subject) === null);
  const inDate = candidates.find((candidate) => dateProblem(candidate, at) === null);
  if (inDate !== undefined) return inDate;
  return candidates.reduce<Certificate | null>((best, next) => (best === null || (next.notAfter ?? 0) > (best.notAfter ?? 0) ? next : best), null);
}

/** No certificate twice, but a self-issued leaf may be followed by itself. */
function mayFollow(path: readonly Certificate[], candidate: Certificate): boolean {
  const selfIssuedLeaf = path.length === 1 && isSelfIssued(path[0] as Certificate);
  return selfIssuedLeaf || !path.some((member) => equalBytes(member.der, candidate.der));
}

/** `certificate`: the last of the path is the trust anchor; a key: it signed the last of the path (RFC 7671 §5.2.3). */
export type Anchor = { readonly kind: 'certificate' } | { readonly kind: 'key'; readonly key: SubjectPublicKeyInfo };

/** The first thing that is wrong with a path, in OpenSSL's order; null where it holds for a TLS server at that time. */
export function pathProblem(path: readonly Certificate[], anchor: Anchor, at: number): PathProblem | null {
  return extensionProblem(path) ?? signatureAndDateProblem(path, anchor, at) ?? constraintProblem(path);
}

const problem = (code: PathProblem['code'], position: number, text: string, rfc: string): PathProblem => ({ code, position, text, rfc });

function extensionProblem(path: readonly Certificate[]): PathProblem | null {
  let authorities = 0;
  for (const [position, certificate] of path.entries()) {
    const found = ownProblem(certificate, position, path.length) ?? pathLengthProblem(certificate, position, authorities);
    if (found !== null) return found;
    // RFC 5280 §6.1.4 (l): self-issued certificates do not count, but for the leaf, which never does.
    if (position > 0 && !isSelfIssued(certificate)) authorities += 1;
  }
  return null;
}

/** What does not depend on the rest of the path. */
function ownProblem(certificate: Certificate, position: number, length: number): PathProblem | null {
  const { unknownCritical, proxy } = certificate.extensions;
  if (unknownCritical.length > 0) return problem('critical-extension', position, `critical extension ${unknownCritical.join(', ')} is not known`, 'RFC 5280 §4.2');
  if (proxy) return problem('proxy-certificate', position, 'a proxy certificate', 'RFC 3820 §3.1');
  if (position > 0) {
    const authority = authorityOf(certificate);
    // RFC 5280 §6.1.4 (k). OpenSSL forgives missing basicConstraints at the top alone.
    if (authority === 'none' || (authority === 'tolerated' && position + 1 < length)) {
      return problem('not-an-authority', position, 'not a certification authority', 'RFC 5280 §4.2.1.9');
    }
  }
  if (length > 1 && hasExplicitCurve(certificate.publicKey)) return problem('explicit-curve', position, 'its curve is given by parameters', 'RFC 5480 §2.1.1');
  // OpenSSL skips the purpose of a certificate whose extensions it cannot read; only a leaf under a bare key comes this far.
  return certificate.extensions.malformed === null ? purposeProblem(certificate, position) : null;
}

const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
/** Microsoft's and Netscape's server gated cryptography, which OpenSSL takes for serverAuth */
const SERVER_PURPOSES = new Set([SERVER_AUTHENTICATION, '1.3.6.1.4.1.311.10.3.3', '2.16.840.1.113730.4.1']);
const TLS_SERVER_USAGE = KEY_USAGE.digitalSignature | KEY_USAGE.keyEncipherment | KEY_USAGE.keyAgreement;

function purposeProblem({ extensions }: Certificate, position: number): PathProblem | null {
  const { extendedKeyUsage, keyUsage, netscapeType } = extensions;
  // RFC 5280 §4.2.1.12. OpenSSL wants serverAuth itself: anyExtendedKeyUsage is not enough, and authorities are bound by it too.
  if (extendedKeyUsage !== null && !extendedKeyUsage.some((usage) => SERVER_PURPOSES.has(usage))) {
    return problem('extended-key-usage', position, 'extendedKeyUsage lacks serverAuth', 'RFC 5280 §4.2.1.12');
  }
  if (position > 0) return null;
  if (netscapeType !== null && (netscapeType & NETSCAPE_TYPE.sslServer) === 0) return problem('extended-key-usage', position, 'its Netscape type is not an SSL server', 'RFC 5280 §4.2.1.12');
  if (keyUsage !== null && (keyUsage & TLS_SERVER_USAGE) === 0) return problem('key-usage', position, 'keyUsage allows nothing that a TLS server does', 'RFC 5280 §4.2.1.3');
  return null;
}

function pathLengthProblem({ extensions }: Certificate, position: number, authorities: number): PathProblem | null {
  const allowed = extensions.basicConstraints?.pathLength ?? null;
  if (position === 0 || allowed === null || authorities <= allowed) return null;
  return problem('path-length', position, `${authorities} authorities below it, pathLenConstraint allows ${allowed}`, 'RFC 5280 §4.2.1.9');
}

/** From the top down. The signature of a self-signed anchor on itself adds nothing and is not checked. */
function signatureAndDateProblem(path: readonly Certificate[], anchor: Anchor, at: number): PathProblem | null {
  const top = path.length - 1;
  for (let position = top; position >= 0; position -= 1) {
    const certificate = path[position] as Certificate;
    const issuer = path[position + 1] ?? null;
    const signature = issuer !== null ? signatureProblem(certificate, issuer, position) : bareKeyProblem(certificate, anchor, position);
    const date = anchorWithoutDates(certificate, position === top, anchor) ? null : dateProblem(certificate, at);
    const found = signature ?? (date === null ? null : { ...date, position });
    if (found !== null) return found;
  }
  return null;
}

/** OpenSSL checks the dates of an anchor that is self-signed, and of one signed by a bare key, but not of an intermediate. */
const anchorWithoutDates = (certificate: Certificate, top: boolean, anchor: Anchor): boolean =>
  top && anchor.kind === 'certificate' && !looksSelfSigned(certificate);

function signatureProblem(certificate: Certificate, issuer: Certificate, position: number): PathProblem | null {
  if (!maySign(issuer)) return problem('key-usage', position + 1, 'keyUsage lacks keyCertSign', 'RFC 5280 §4.2.1.3');
  return signatureHolds(certificate, issuer.publicKey) ? null : problem('signature', position, 'its signature does not verify with the key of its issuer', 'RFC 5280 §6.1.3');
}

function bareKeyProblem(certificate: Certificate, anchor: Anchor, position: number): PathProblem | null {
  if (anchor.kind === 'certificate' || signatureHolds(certificate, anchor.key)) return null;
  return problem('signature', position, 'the key in DNS did not sign it', 'RFC 7671 §5.2.3');
}

/** Why a certificate is not valid at a time; its position is to be filled in. */
export function dateProblem({ notBefore, notAfter }: Certificate, at: number): PathProblem | null {
  const rfc = 'RFC 5280 §4.1.2.5';
  if (notBefore === null || notAfter === null) return problem('bad-date', 0, 'its validity is not written as the RFC demands', rfc);
  if (at < notBefore) return problem('not-yet-valid', 0, `not valid before ${new Date(notBefore).toISOString()}`, rfc);
  // The RFC includes the last second; OpenSSL, which decides here, does not.
  return at >= notAfter ? problem('expired', 0, `expired ${new Date(notAfter).toISOString()}`, rfc) : null;
}

/** RFC 5280 §6.1.3 (b), (c): constraints bind all below; self-issued authorities are exempt. */
function constraintProblem(path: readonly Certificate[]): PathProblem | null {
  for (let position = path.length - 1; position >= 0; position -= 1) {
    const certificate = path[position] as Certificate;
    if (position > 0 && isSelfIssued(certificate)) continue;
    for (const { extensions } of path.slice(position + 1).toReversed()) {
      const text = extensions.nameConstraints === null ? null : nameConstraintProblem(certificate, extensions.nameConstraints, position === 0);
      if (text !== null) return problem('name-constraint', position, text, 'RFC 5280 §4.2.1.10');
    }
  }
  return null;
}
