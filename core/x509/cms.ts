/** Signed messages (CMS SignedData, RFC 5652 §5) as slices: who signed, with what, and the certificates that came along. */
import type { Result } from '../base/result.ts';
import { definite } from './ber.ts';
import { parseCertificate, readAlgorithm } from './certificate.ts';
import type { AlgorithmIdentifier, Certificate } from './certificate.ts';
import { DerReader, DerSyntaxError, TAG, childrenOf, contextTag, decoded, objectIdentifierText, wholeElement } from './der.ts';
import type { Element } from './der.ts';
import { readName } from './name.ts';
import type { DistinguishedName } from './name.ts';
import { timeOf } from './time.ts';

export interface SignedMessage {
  /** content inside the message; null where the signature is detached (RFC 5652 §5.2) */
  readonly content: Uint8Array | null;
  readonly contentType: string;
  /** in the order of the message; what is no X.509 certificate of ours to read is left out */
  readonly certificates: readonly Certificate[];
  readonly signers: readonly SignerInfo[];
}

export interface SignerInfo {
  readonly signer: SignerIdentifier;
  readonly digestAlgorithm: string;
  /** null where the content itself was signed */
  readonly signedAttributes: SignedAttributes | null;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

export type SignerIdentifier =
  | { readonly kind: 'issuer-and-serial'; readonly issuer: DistinguishedName; readonly serial: Uint8Array }
  | { readonly kind: 'key-identifier'; readonly keyIdentifier: Uint8Array };

export interface SignedAttributes {
  /** as it is signed: with the tag of SET OF in place of [0] (RFC 5652 §5.4) */
  readonly signed: Uint8Array;
  /** null where the attribute is absent, or has not exactly one value */
  readonly contentType: string | null;
  readonly messageDigest: Uint8Array | null;
  /** ms since 1970 */
  readonly signingTime: number | null;
}

/** octets; a signature with its chain of certificates has a few thousand */
export const MAXIMUM_SIGNED_MESSAGE = 256 * 1024;
const MAXIMUM_CERTIFICATES = 32;
const MAXIMUM_SIGNERS = 8;

const OID = {
  signedData: '1.2.840.113549.1.7.2', contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4', signingTime: '1.2.840.113549.1.9.5',
} as const;

/** Reads exactly one message, DER or BER. The failure says in words what is wrong with the bytes. */
export function parseSignedMessage(bytes: Uint8Array): Result<SignedMessage, string> {
  return decoded(() => {
    if (bytes.length > MAXIMUM_SIGNED_MESSAGE) throw new DerSyntaxError(`longer than ${String(MAXIMUM_SIGNED_MESSAGE)} octets`);
    return readContentInfo(definite(bytes));
  });
}

/** RFC 5652 §3 */
function readContentInfo(bytes: Uint8Array): SignedMessage {
  const reader = new DerReader(wholeElement(bytes, TAG.sequence).content);
  const type = objectIdentifierText(reader.next(TAG.objectIdentifier).content);
  if (type !== OID.signedData) throw new DerSyntaxError(`a message of type ${type}, not signed data`);
  const content = reader.next(contextTag(0, true));
  reader.end();
  return readSignedData(wholeElement(content.content, TAG.sequence));
}

/** RFC 5652 §5.1 */
function readSignedData(element: Element): SignedMessage {
  const reader = new DerReader(element.content);
  reader.next(TAG.integer);
  reader.next(TAG.set);
  const { contentType, content } = readEncapsulated(reader.next(TAG.sequence));
  const certificates = reader.optional(contextTag(0, true));
  reader.optional(contextTag(1, true));
  const signers = childrenOf(reader.next(TAG.set));
  reader.end();
  if (signers.length > MAXIMUM_SIGNERS) throw new DerSyntaxError(`${String(signers.length)} signers`);
  return { content, contentType, certificates: readCertificates(certificates), signers: signers.map(readSigner) };
}

function readEncapsulated(element: Element): { readonly contentType: string; readonly content: Uint8Array | null } {
  const reader = new DerReader(element.content);
  const contentType = objectIdentifierText(reader.next(TAG.objectIdentifier).content);
  const content = reader.optional(contextTag(0, true));
  reader.end();
  return { contentType, content: content === null ? null : wholeElement(content.content, TAG.octetString).content };
}

function readCertificates(set: Element | null): readonly Certificate[] {
  const elements = set === null ? [] : childrenOf(set);
  if (elements.length > MAXIMUM_CERTIFICATES) throw new DerSyntaxError(`${String(elements.length)} certificates`);
  return elements.flatMap(({ raw }) => {
    const certificate = parseCertificate(raw);
    return certificate.ok ? [certificate.value] : [];
  });
}

/** RFC 5652 §5.3 */
function readSigner(element: Element): SignerInfo {
  const reader = new DerReader(element.content);
  reader.next(TAG.integer);
  const signer = readSignerIdentifier(reader.next());
  const digestAlgorithm = readAlgorithm(reader.next(TAG.sequence)).algorithm;
  const attributes = reader.optional(contextTag(0, true));
  const signatureAlgorithm = readAlgorithm(reader.next(TAG.sequence));
  const signature = reader.next(TAG.octetString).content;
  reader.optional(contextTag(1, true));
  reader.end();
  return { signer, digestAlgorithm, signedAttributes: attributes === null ? null : readSignedAttributes(attributes), signatureAlgorithm, signature };
}

function readSignerIdentifier(element: Element): SignerIdentifier {
  if (element.tag === contextTag(0, false)) return { kind: 'key-identifier', keyIdentifier: element.content };
  if (element.tag !== TAG.sequence) throw new DerSyntaxError('a signer of no known kind');
  const reader = new DerReader(element.content);
  const issuer = readName(reader.next(TAG.sequence));
  const serial = reader.next(TAG.integer).content;
  reader.end();
  return { kind: 'issuer-and-serial', issuer, serial };
}

function readSignedAttributes(element: Element): SignedAttributes {
  const values = new Map<string, Element[]>();
  for (const attribute of childrenOf(element)) {
    const reader = new DerReader(attribute.content);
    const type = objectIdentifierText(reader.next(TAG.objectIdentifier).content);
    values.set(type, [...(values.get(type) ?? []), ...childrenOf(reader.next(TAG.set))]);
    reader.end();
  }
  // RFC 5652 §11.1, §11.2: exactly one value each.
  const only = (type: string, tag: number): Element | null => {
    const [value, ...more] = values.get(type) ?? [];
    return value !== undefined && more.length === 0 && value.tag === tag ? value : null;
  };
  const contentType = only(OID.contentType, TAG.objectIdentifier);
  const time = only(OID.signingTime, TAG.utcTime) ?? only(OID.signingTime, TAG.generalizedTime);
  const signed = Uint8Array.from(element.raw);
  signed[0] = TAG.set;
  return {
    signed, contentType: contentType === null ? null : objectIdentifierText(contentType.content),
    messageDigest: only(OID.messageDigest, TAG.octetString)?.content ?? null, signingTime: time === null ? null : timeOf(time),
  };
}
