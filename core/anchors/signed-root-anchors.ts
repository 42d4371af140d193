/** IANA's trust anchors, believed for the signature over them alone (RFC 9718 §3.2), however they came. */
import { toHex } from '../base/bytes.ts';
import { assertNever } from '../base/assert-never.ts';
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Certificate } from '../x509/certificate.ts';
import { parseSignedMessage } from '../x509/cms.ts';
import { verifyDetached } from '../x509/cms-verify.ts';
import type { SignatureProblem, VerifiedSignature } from '../x509/cms-verify.ts';
import { ANCHOR_SIGNER, icannAuthority } from './icann-authority.ts';
import { readRootAnchorsXml } from './root-anchors-xml.ts';
import type { KeyDigest } from './root-anchors-xml.ts';
import type { StoredAnchor } from './store.ts';

export interface SignedRootAnchors {
  readonly xml: Uint8Array;
  /** detached CMS signature over the octets of `xml` */
  readonly signature: Uint8Array;
}

export type RootAnchorsFailure =
  | { readonly code: 'malformed-signature' | 'malformed-document' | 'no-current-anchor'; readonly text: string }
  | { readonly code: 'signature'; readonly problem: SignatureProblem; readonly text: string };

export interface RootAnchors {
  readonly signature: VerifiedSignature;
  /** those that are or will be valid */
  readonly anchors: readonly StoredAnchor[];
  /** all of the document, those whose time is over too */
  readonly digests: readonly KeyDigest[];
}

/** The signature goes first: octets that nobody vouches for are not read. @param at ms since 1970 */
export function readSignedRootAnchors({ xml, signature }: SignedRootAnchors, at: number, authority: Certificate = icannAuthority()): Result<RootAnchors, RootAnchorsFailure> {
  const message = parseSignedMessage(signature);
  if (!message.ok) return failed({ code: 'malformed-signature', text: `the signature is no signed message: ${message.failure}` });
  const verified = verifyDetached({ message: message.value, content: xml, authority, signer: ANCHOR_SIGNER, at });
  if (!verified.ok) return failed({ code: 'signature', problem: verified.failure, text: `${signatureText(verified.failure)}: ${verified.failure.text}` });
  const digests = readRootAnchorsXml(xml);
  if (!digests.ok) return failed({ code: 'malformed-document', text: `the document is signed, but cannot be read: ${digests.failure}` });
  // RFC 9718 §2.2: an anchor should not be used outside of its time.
  const lasting = digests.value.filter(({ validUntil }) => validUntil === null || validUntil > at);
  if (!lasting.some(({ validFrom }) => validFrom <= at)) return failed({ code: 'no-current-anchor', text: 'the document has no key that is valid now' });
  return success({ signature: verified.value, anchors: lasting.map(storedAnchor), digests: digests.value });
}

function signatureText({ code }: SignatureProblem): string {
  switch (code) {
    case 'no-signer': return 'the document is not signed';
    case 'wrong-signer': return 'the document is signed by somebody else';
    case 'content-changed': return 'the document was changed after it was signed';
    case 'bad-signature': return 'the signature is false';
    case 'unsupported': return 'the signature cannot be checked';
    case 'expired': return 'a certificate of the signature is out of its time';
    case 'untrusted': return 'the signer is not vouched for by ICANN';
    default: return assertNever(code);
  }
}

function storedAnchor({ keyTag, algorithm, digestType, digest, validFrom, validUntil }: KeyDigest): StoredAnchor {
  const record = `. IN DS ${String(keyTag)} ${String(algorithm)} ${String(digestType)} ${toHex(digest)}`;
  return { record, source: 'IANA', validFrom: new Date(validFrom).toISOString(), validUntil: validUntil === null ? null : new Date(validUntil).toISOString() };
}
