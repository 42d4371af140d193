/** OCSP responses as they are written (RFC 6960 §4.2.1). */
import type { Result } from '../base/result.ts';
import { parseCertificate, readAlgorithm } from './certificate.ts';
import type { AlgorithmIdentifier, Certificate } from './certificate.ts';
import { DerReader, DerSyntaxError, TAG, bitsOf, childrenOf, contextTag, decoded, integerContent, objectIdentifierText, wholeElement } from './der.ts';
import type { Element } from './der.ts';
import { timeOf } from './time.ts';

export interface OcspResponse {
  /** RFC 6960 §4.2.1: 0 successful, 1 malformedRequest, 2 internalError, 3 tryLater, 5 sigRequired, 6 unauthorized */
  readonly status: number;
  /** DER of the BasicOCSPResponse; null where there is none */
  readonly basic: Uint8Array | null;
}

export interface BasicResponse {
  /** DER of the ResponseData, which is what is signed */
  readonly signed: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly responses: readonly SingleResponse[];
  /** those that can be read */
  readonly certificates: readonly Certificate[];
}

export interface SingleResponse {
  readonly identifier: CertificateIdentifier;
  readonly status: 'good' | 'revoked' | 'unknown';
  /** ms since 1970; null where it cannot be read or is absent */
  readonly thisUpdate: number | null;
  readonly nextUpdate: number | null;
  readonly revokedAt: number | null;
}

export interface CertificateIdentifier {
  /** name of the digest; null for one that nobody uses */
  readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512' | null;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serial: Uint8Array;
}

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';

export function readOcspResponse(bytes: Uint8Array): Result<OcspResponse, string> {
  return decoded(() => {
    const reader = new DerReader(wholeElement(bytes, TAG.sequence).content);
    const status = reader.next(TAG.enumerated).content.at(-1) ?? 0;
    const wrapped = reader.optional(contextTag(0, true));
    reader.end();
    return { status, basic: wrapped === null ? null : basicBytes(wholeElement(wrapped.content, TAG.sequence)) };
  });
}

function basicBytes(element: Element): Uint8Array {
  const reader = new DerReader(element.content);
  const type = objectIdentifierText(reader.next(TAG.objectIdentifier).content);
  if (type !== BASIC_RESPONSE) throw new DerSyntaxError(`a response of type ${type}`);
  return reader.next(TAG.octetString).content;
}

export function readBasicResponse(bytes: Uint8Array): Result<BasicResponse, string> {
  return decoded(() => {
    const reader = new DerReader(wholeElement(bytes, TAG.sequence).content);
    const data = reader.next(TAG.sequence);
    const signatureAlgorithm = readAlgorithm(reader.next(TAG.sequence));
    const signature = bitsOf(reader.next(TAG.bitString));
    const certificates = reader.optional(contextTag(0, true));
    reader.end();
    return { signed: data.raw, signatureAlgorithm, signature, responses: readResponses(data), certificates: certificates === null ? [] : readCertificates(certificates) };
  });
}

function readCertificates(wrapped: Element): Certificate[] {
  return childrenOf(wholeElement(wrapped.content, TAG.sequence)).flatMap(({ raw }) => {
    const certificate = parseCertificate(raw);
    return certificate.ok ? [certificate.value] : [];
  });
}

function readResponses(data: Element): SingleResponse[] {
  const reader = new DerReader(data.content);
  reader.optional(contextTag(0, true));
  const responder = reader.next();
  if (responder.tag !== contextTag(1, true) && responder.tag !== contextTag(2, true)) throw new DerSyntaxError('a responder of no kind');
  reader.next(TAG.generalizedTime);
  const responses = reader.next(TAG.sequence);
  return childrenOf(responses).map(readSingle);
}

function readSingle(element: Element): SingleResponse {
  const reader = new DerReader(element.content);
  const identifier = readIdentifier(reader.next(TAG.sequence));
  const status = reader.next();
  const thisUpdate = timeOf(reader.next(TAG.generalizedTime));
  const nextUpdate = reader.optional(contextTag(0, true));
  return {
    identifier, thisUpdate, status: statusOf(status),
    nextUpdate: nextUpdate === null ? null : timeOf(wholeElement(nextUpdate.content, TAG.generalizedTime)),
    revokedAt: status.tag === contextTag(1, true) ? timeOf(new DerReader(status.content).next(TAG.generalizedTime)) : null,
  };
}

function statusOf({ tag }: Element): SingleResponse['status'] {
  switch (tag) {
    case contextTag(0, false): return 'good';
    case contextTag(1, true): return 'revoked';
    case contextTag(2, false): return 'unknown';
    default: throw new DerSyntaxError('a status of no kind');
  }
}

const HASHES: { readonly [type: string]: CertificateIdentifier['hash'] } = {
  '1.3.14.3.2.26': 'sha1', '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384', '2.16.840.1.101.3.4.2.3': 'sha512',
};

function readIdentifier(element: Element): CertificateIdentifier {
  const reader = new DerReader(element.content);
  const hash = HASHES[readAlgorithm(reader.next(TAG.sequence)).algorithm] ?? null;
  const [issuerNameHash, issuerKeyHash] = [reader.next(TAG.octetString).content, reader.next(TAG.octetString).content];
  return { hash, issuerNameHash, issuerKeyHash, serial: integerContent(reader.next(TAG.integer)) };
}
