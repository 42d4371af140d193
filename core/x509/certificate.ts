/** A certificate (RFC 5280 §4.1) as slices of the bytes that were presented; nothing is ever re-encoded. */
import type { Result } from '../base/result.ts';
import { DerReader, DerSyntaxError, TAG, bitsOf, checkAny, contextTag, decoded, integerContent, objectIdentifierText, smallInteger, wholeElement } from './der.ts';
import type { Element } from './der.ts';
import { readExtensionList, readExtensions } from './extension.ts';
import type { Extensions } from './extension.ts';
import { readName } from './name.ts';
import type { DistinguishedName } from './name.ts';
import { readSubjectPublicKeyInfo } from './public-key.ts';
import type { SubjectPublicKeyInfo } from './public-key.ts';
import { timeOf } from './time.ts';

export interface Certificate {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  /** 1, 2 or 3; 0 and above 3 for what no certificate should have */
  readonly version: number;
  /** content of the INTEGER */
  readonly serial: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  /** ms since 1970; null where the time is not written as RFC 5280 §4.1.2.5 demands */
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  readonly publicKey: SubjectPublicKeyInfo;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  /** the same field inside the signed part; a signature counts only where both are equal (RFC 5280 §4.1.1.2) */
  readonly signedAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly extensions: Extensions;
}

export interface AlgorithmIdentifier {
  readonly raw: Uint8Array;
  readonly algorithm: string;
}

/** Reads exactly one certificate. The failure says in words what is wrong with the bytes. */
export function parseCertificate(der: Uint8Array): Result<Certificate, string> {
  return decoded(() => readCertificate(der));
}

function readCertificate(der: Uint8Array): Certificate {
  const outer = new DerReader(wholeElement(der, TAG.sequence).content);
  const tbs = outer.next(TAG.sequence);
  const signatureAlgorithm = readAlgorithm(outer.next(TAG.sequence));
  const signature = bitsOf(outer.next(TAG.bitString));
  outer.end();
  return { der, tbs: tbs.raw, signatureAlgorithm, signature, ...readSignedPart(tbs) };
}

type SignedPart = Omit<Certificate, 'der' | 'tbs' | 'signatureAlgorithm' | 'signature'>;

function readSignedPart(tbs: Element): SignedPart {
  const reader = new DerReader(tbs.content);
  const version = readVersion(reader.optional(contextTag(0, true)));
  const serial = integerContent(reader.next(TAG.integer));
  const signedAlgorithm = readAlgorithm(reader.next(TAG.sequence));
  const issuer = readName(reader.next(TAG.sequence));
  const [notBefore, notAfter] = readValidity(reader.next(TAG.sequence));
  const subject = readName(reader.next(TAG.sequence));
  const publicKey = readSubjectPublicKeyInfo(reader.next(TAG.sequence));
  reader.optional(contextTag(1, false));
  reader.optional(contextTag(2, false));
  const extensions = reader.optional(contextTag(3, true));
  reader.end();
  const list = extensions === null ? [] : readExtensionList(wholeElement(extensions.content, TAG.sequence));
  return { version, serial, signedAlgorithm, issuer, notBefore, notAfter, subject, publicKey, extensions: readExtensions(list) };
}

function readVersion(field: Element | null): number {
  if (field === null) return 1;
  const number = smallInteger(wholeElement(field.content, TAG.integer));
  return number === null ? 0 : number + 1;
}

export function readAlgorithm(element: Element): AlgorithmIdentifier {
  const reader = new DerReader(element.content);
  const algorithm = objectIdentifierText(reader.next(TAG.objectIdentifier).content);
  if (!reader.atEnd) checkAny(reader.next());
  reader.end();
  return { raw: element.raw, algorithm };
}

function readValidity(element: Element): [number | null, number | null] {
  const reader = new DerReader(element.content);
  const times = [reader.next(), reader.next()] as const;
  reader.end();
  if (times.some(({ tag }) => tag !== TAG.utcTime && tag !== TAG.generalizedTime)) throw new DerSyntaxError('a validity that is no time');
  return [timeOf(times[0]), timeOf(times[1])];
}
