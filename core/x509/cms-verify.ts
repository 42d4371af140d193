/** Whether a detached signature (RFC 5652 §5.4 to §5.6) was made by a signer of a name, under an authority that is trusted. */
import { createHash, verify } from 'node:crypto';
import { equalBytes } from '../base/bytes.ts';
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Certificate } from './certificate.ts';
import type { SignedMessage, SignerIdentifier, SignerInfo } from './cms.ts';
import { KEY_USAGE } from './extension.ts';
import { isAuthority, isSelfIssued, issuerMismatch, maySign } from './issuer.ts';
import { nameConstraintProblem } from './name-constraints.ts';
import { EMAIL_ADDRESS, attributesOf, nameText } from './name.ts';
import { dateProblem } from './path.ts';
import { KEY_ALGORITHM, keyObjectOf } from './public-key.ts';
import { signatureHolds, weakKey, weakSignature } from './signature.ts';

export interface SignatureQuestion {
  readonly message: SignedMessage;
  /** what was signed */
  readonly content: Uint8Array;
  readonly authority: Certificate;
  /** mail address that the signer's certificate must name */
  readonly signer: string;
  /** ms since 1970 */
  readonly at: number;
}

export interface SignatureProblem {
  readonly code: 'no-signer' | 'wrong-signer' | 'content-changed' | 'bad-signature' | 'unsupported' | 'expired' | 'untrusted';
  /** a clause */
  readonly text: string;
}

export interface VerifiedSignature {
  /** subject of the signer's certificate */
  readonly signer: string;
  /** ms since 1970 as the signer tells it; null where it does not */
  readonly signedAt: number | null;
  /** signer first, the authority last */
  readonly path: readonly Certificate[];
}

/** One signer that holds is enough (RFC 5652 §5.1); where none does, the problem of the one that came nearest is told. */
export function verifyDetached(question: SignatureQuestion): Result<VerifiedSignature, SignatureProblem> {
  let nearest = problem('no-signer', 'nobody signed it');
  for (const info of question.message.signers) {
    const result = verifySigner(info, question);
    if (result.ok) return result;
    if (nearest.code === 'no-signer' || nearest.code === 'wrong-signer') nearest = result.failure;
  }
  return failed(nearest);
}

const problem = (code: SignatureProblem['code'], text: string): SignatureProblem => ({ code, text });
const refused = (code: SignatureProblem['code'], text: string) => failed(problem(code, text));

function verifySigner(info: SignerInfo, question: SignatureQuestion): Result<VerifiedSignature, SignatureProblem> {
  const { message, content, signer, authority, at } = question;
  const certificate = message.certificates.find((candidate) => isSigner(candidate, info.signer));
  if (certificate === undefined) return refused('no-signer', 'the certificate of the signer is not in the message');
  if (!namesSigner(certificate, signer)) return refused('wrong-signer', `${nameText(certificate.subject)} signed it, not ${signer}`);
  const usage = usageProblem(certificate);
  if (usage !== null) return refused('wrong-signer', usage);
  const signature = signatureProblem(info, certificate, { content, contentType: message.contentType });
  if (signature !== null) return failed(signature);
  const path = signerPath(certificate, authority, message.certificates, at);
  if (!path.ok) return path;
  return success({ signer: nameText(certificate.subject), signedAt: info.signedAttributes?.signingTime ?? null, path: path.value });
}

function isSigner({ issuer, serial, extensions }: Certificate, signer: SignerIdentifier): boolean {
  if (signer.kind === 'issuer-and-serial') return equalBytes(issuer.canonical, signer.issuer.canonical) && equalBytes(serial, signer.serial);
  return extensions.subjectKeyIdentifier !== null && equalBytes(extensions.subjectKeyIdentifier, signer.keyIdentifier);
}

/** The address in the subject or as an alternative name (RFC 5280 §4.2.1.6); the host part in any letter case. */
function namesSigner({ subject, extensions }: Certificate, signer: string): boolean {
  const named = attributesOf(subject, EMAIL_ADDRESS).map(({ text }) => text);
  const alternative = (extensions.subjectAltName ?? []).flatMap((name) => (name.kind === 'mail' ? [name.text] : []));
  return [...named, ...alternative].some((address) => address?.toLowerCase() === signer);
}

const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
const ANY_PURPOSE = '2.5.29.37.0';
/** contentCommitment (RFC 5280 §4.2.1.3) */
const NON_REPUDIATION = 1 << 1;

/** RFC 8550 §4.4.2, §4.4.4 */
function usageProblem({ extensions: { keyUsage, extendedKeyUsage, malformed, unknownCritical } }: Certificate): string | null {
  if (malformed !== null) return `the certificate of the signer cannot be used: ${malformed}`;
  if (unknownCritical.length > 0) return `the certificate of the signer has the unknown critical extension ${unknownCritical.join(', ')}`;
  if (keyUsage !== null && (keyUsage & (KEY_USAGE.digitalSignature | NON_REPUDIATION)) === 0) return 'the certificate of the signer is not for signatures';
  const protects = extendedKeyUsage === null || extendedKeyUsage.some((usage) => usage === EMAIL_PROTECTION || usage === ANY_PURPOSE);
  return protects ? null : 'the certificate of the signer is not for mail protection';
}

const DIGESTS: { readonly [type: string]: 'sha256' | 'sha384' | 'sha512' } = {
  '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384', '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Signature algorithms with the digest they imply; null: the digest algorithm of the signer counts (RFC 3370 §3.2). */
const SIGNATURES: { readonly [type: string]: { readonly key: string; readonly digest: 'sha256' | 'sha384' | 'sha512' | null } } = {
  '1.2.840.113549.1.1.1': { key: KEY_ALGORITHM.rsa, digest: null },
  '1.2.840.113549.1.1.11': { key: KEY_ALGORITHM.rsa, digest: 'sha256' },
  '1.2.840.113549.1.1.12': { key: KEY_ALGORITHM.rsa, digest: 'sha384' },
  '1.2.840.113549.1.1.13': { key: KEY_ALGORITHM.rsa, digest: 'sha512' },
  '1.2.840.10045.4.3.2': { key: KEY_ALGORITHM.ec, digest: 'sha256' },
  '1.2.840.10045.4.3.3': { key: KEY_ALGORITHM.ec, digest: 'sha384' },
  '1.2.840.10045.4.3.4': { key: KEY_ALGORITHM.ec, digest: 'sha512' },
};

/** id-data (RFC 5652 §4) */
const DATA = '1.2.840.113549.1.7.1';

interface Signed {
  readonly content: Uint8Array;
  readonly contentType: string;
}

function signatureProblem(info: SignerInfo, certificate: Certificate, { content, contentType }: Signed): SignatureProblem | null {
  const digest = DIGESTS[info.digestAlgorithm];
  if (digest === undefined) return problem('unsupported', `its digest algorithm ${info.digestAlgorithm} is none that we take`);
  const { signedAttributes } = info;
  // RFC 5652 §5.3: without signed attributes nothing would say what the octets are.
  if (signedAttributes === null && contentType !== DATA) return problem('bad-signature', 'what it signs is no plain data, and it has no signed attributes');
  if (signedAttributes !== null) {
    // RFC 5652 §11.1, §5.6: both must be there, and be those of the content.
    if (signedAttributes.contentType !== contentType) return problem('bad-signature', 'the content type that was signed is another one');
    const computed = createHash(digest).update(content).digest();
    if (signedAttributes.messageDigest === null || !equalBytes(signedAttributes.messageDigest, computed)) {
      return problem('content-changed', 'the digest that was signed is not that of the content');
    }
  }
  return keyProblem(info, certificate, { signed: signedAttributes?.signed ?? content, digest });
}

function keyProblem({ signatureAlgorithm, signature }: SignerInfo, { publicKey }: Certificate, input: { readonly signed: Uint8Array; readonly digest: string }): SignatureProblem | null {
  const algorithm = SIGNATURES[signatureAlgorithm.algorithm];
  const key = keyObjectOf(publicKey);
  if (algorithm === undefined || key === null || algorithm.key !== publicKey.algorithm) {
    return problem('unsupported', `its signature algorithm ${signatureAlgorithm.algorithm} does not fit its key, or is none that we take`);
  }
  if (algorithm.digest !== null && algorithm.digest !== input.digest) return problem('bad-signature', 'its signature and its digest are of different algorithms');
  return verify(input.digest, input.signed, key, signature) ? null : problem('bad-signature', 'the signature does not verify with the key of the signer');
}

/** signer and authority included; the real one has three certificates */
const MAXIMUM_PATH = 8;
const MAXIMUM_STEPS = 200;

/** A path (RFC 5280 §6) from the signer to the authority through certificates of the message. */
function signerPath(signer: Certificate, authority: Certificate, pool: readonly Certificate[], at: number): Result<readonly Certificate[], SignatureProblem> {
  const pending: Certificate[][] = [[signer]];
  let nearest = problem('untrusted', `no path leads from the signer to ${nameText(authority.subject)}`);
  for (let step = 0; step < MAXIMUM_STEPS; step += 1) {
    const path = pending.pop();
    if (path === undefined) break;
    const top = path.at(-1) as Certificate;
    if (equalBytes(top.der, authority.der)) {
      const found = pathProblem(path, at);
      if (found === null) return success(path);
      nearest = found;
    } else if (path.length < MAXIMUM_PATH) {
      const unused = [...pool, authority].filter((candidate) => !path.some((member) => equalBytes(member.der, candidate.der)));
      for (const issuer of unused) if (issuerMismatch(issuer, top) === null) pending.push([...path, issuer]);
    }
  }
  return failed(nearest);
}

/** Purposes apart, what RFC 5280 §6.1 asks; the chain builder of TLS servers wants other purposes and another order. */
function pathProblem(path: readonly Certificate[], at: number): SignatureProblem | null {
  for (const [position, certificate] of path.entries()) {
    const name = nameText(certificate.subject);
    const date = dateProblem(certificate, at);
    if (date !== null) return problem('expired', `${name}: ${date.text}`);
    if (position > 0 && (!isAuthority(certificate) || !maySign(certificate))) return problem('untrusted', `${name} is not a certification authority`);
    const { unknownCritical, basicConstraints } = certificate.extensions;
    if (unknownCritical.length > 0) return problem('untrusted', `${name} has the unknown critical extension ${unknownCritical.join(', ')}`);
    // RFC 5280 §6.1.4 (l), (m): self-issued certificates do not count.
    const below = path.slice(1, position).filter((member) => !isSelfIssued(member)).length;
    if (position > 0 && below > (basicConstraints?.pathLength ?? Number.MAX_SAFE_INTEGER)) return problem('untrusted', `${name} allows fewer authorities below it`);
    const found = linkProblem(path, position);
    if (found !== null) return found;
  }
  return null;
}

function linkProblem(path: readonly Certificate[], position: number): SignatureProblem | null {
  const certificate = path[position] as Certificate;
  const name = nameText(certificate.subject);
  const weak = weakKey(certificate.publicKey);
  if (weak !== null) return problem('untrusted', `${name} has ${weak}`);
  const issuer = path[position + 1];
  if (issuer === undefined) return null;
  const weakly = weakSignature(certificate);
  if (weakly !== null) return problem('untrusted', `${name} has ${weakly}`);
  if (!signatureHolds(certificate, issuer.publicKey)) return problem('untrusted', `the signature of ${name} does not verify with the key of its issuer`);
  for (const { extensions } of path.slice(position + 1)) {
    const text = extensions.nameConstraints === null ? null : nameConstraintProblem(certificate, extensions.nameConstraints, position === 0);
    if (text !== null) return problem('untrusted', `${name}: ${text}`);
  }
  return null;
}
