/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7): its raw bytes, its kind, and a key for node:crypto where that can read it. */
import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { DerReader, TAG, bitsOf, checkAny, decoded, objectIdentifierText, wholeElement } from './der.ts';
import type { Element } from './der.ts';
import type { KeyType } from './facts.ts';

export interface SubjectPublicKeyInfo {
  /** exactly as presented: selector SPKI(1) hashes this (RFC 6698 §2.1.2) */
  readonly raw: Uint8Array;
  readonly algorithm: string;
  readonly parameters: Element | null;
  readonly key: Uint8Array;
}

export const KEY_ALGORITHM = {
  rsa: '1.2.840.113549.1.1.1', rsaPss: '1.2.840.113549.1.1.10', ec: '1.2.840.10045.2.1', dsa: '1.2.840.10040.4.1',
  ed25519: '1.3.101.112', ed448: '1.3.101.113',
} as const;

/** Throws DerSyntaxError. */
export function readSubjectPublicKeyInfo(element: Element): SubjectPublicKeyInfo {
  const reader = new DerReader(element.content);
  const algorithm = new DerReader(reader.next(TAG.sequence).content);
  const type = objectIdentifierText(algorithm.next(TAG.objectIdentifier).content);
  const parameters = algorithm.atEnd ? null : algorithm.next();
  if (parameters !== null) checkAny(parameters);
  algorithm.end();
  const key = bitsOf(reader.next(TAG.bitString));
  reader.end();
  return { raw: element.raw, algorithm: type, parameters, key };
}

/** Reads exactly one SubjectPublicKeyInfo, such as the data of a TLSA record `x 1 0`. */
export const parseSubjectPublicKeyInfo = (bytes: Uint8Array) => decoded(() => readSubjectPublicKeyInfo(wholeElement(bytes, TAG.sequence)));

const keyObjects = new WeakMap<SubjectPublicKeyInfo, KeyObject | null>();

/** Null where this TLS library cannot read the key: then nothing signed with it can be verified here. */
export function keyObjectOf(info: SubjectPublicKeyInfo): KeyObject | null {
  const known = keyObjects.get(info);
  if (known !== undefined) return known;
  const key = importKey(info);
  keyObjects.set(info, key);
  return key;
}

function importKey(info: SubjectPublicKeyInfo): KeyObject | null {
  try {
    return createPublicKey({ key: info.raw as Buffer, format: 'der', type: 'spki' });
  } catch {
    // The library names no reason in a stable form; that it cannot read the key is the whole of the fact.
    return null;
  }
}

export function keyTypeOf(info: SubjectPublicKeyInfo): KeyType {
  switch (info.algorithm) {
    case KEY_ALGORITHM.rsa: case KEY_ALGORITHM.rsaPss: return 'RSA';
    case KEY_ALGORITHM.ec: return 'ECDSA';
    case KEY_ALGORITHM.ed25519: case KEY_ALGORITHM.ed448: return 'EdDSA';
    default: return 'other';
  }
}

/** Explicit curve parameters instead of a name (RFC 5480 §2.1.1 forbids them). */
export const hasExplicitCurve = (info: SubjectPublicKeyInfo): boolean =>
  info.algorithm === KEY_ALGORITHM.ec && info.parameters !== null && info.parameters.tag !== TAG.objectIdentifier;

const CURVES: { readonly [type: string]: readonly [name: string, bits: number] } = {
  '1.2.840.10045.3.1.7': ['P-256', 256], '1.3.132.0.34': ['P-384', 384], '1.3.132.0.35': ['P-521', 521], '1.3.132.0.33': ['P-224', 224],
  '1.2.840.10045.3.1.1': ['P-192', 192], '1.3.132.0.10': ['secp256k1', 256], '1.3.36.3.3.2.8.1.1.7': ['brainpoolP256r1', 256],
  '1.3.36.3.3.2.8.1.1.11': ['brainpoolP384r1', 384], '1.3.36.3.3.2.8.1.1.13': ['brainpoolP512r1', 512],
};

/** Such as `RSA 2048`, `ECDSA P-256`, `Ed25519`. */
export function keyDescription(info: SubjectPublicKeyInfo): string {
  switch (info.algorithm) {
    case KEY_ALGORITHM.rsa: return `RSA ${keyBits(info) ?? '(unreadable)'}`;
    case KEY_ALGORITHM.rsaPss: return `RSA-PSS ${keyBits(info) ?? '(unreadable)'}`;
    case KEY_ALGORITHM.ec: return `ECDSA ${curve(info)?.[0] ?? (hasExplicitCurve(info) ? 'explicit curve' : 'unknown curve')}`;
    case KEY_ALGORITHM.dsa: return `DSA ${keyBits(info) ?? '(unreadable)'}`;
    case KEY_ALGORITHM.ed25519: return 'Ed25519';
    case KEY_ALGORITHM.ed448: return 'Ed448';
    default: return info.algorithm;
  }
}

/** Bits of the modulus or of the field; null where they cannot be told. */
export function keyBits(info: SubjectPublicKeyInfo): number | null {
  switch (info.algorithm) {
    case KEY_ALGORITHM.rsa: case KEY_ALGORITHM.rsaPss: return rsaBits(info.key);
    case KEY_ALGORITHM.ec: return curve(info)?.[1] ?? null;
    case KEY_ALGORITHM.dsa: return dsaBits(info.parameters);
    case KEY_ALGORITHM.ed25519: return 256;
    case KEY_ALGORITHM.ed448: return 456;
    default: return null;
  }
}

function curve(info: SubjectPublicKeyInfo): readonly [name: string, bits: number] | undefined {
  const parameters = info.parameters;
  if (parameters === null || parameters.tag !== TAG.objectIdentifier) return undefined;
  const type = decoded(() => objectIdentifierText(parameters.content));
  return type.ok ? CURVES[type.value] : undefined;
}

function rsaBits(key: Uint8Array): number | null {
  const modulus = decoded(() => new DerReader(wholeElement(key, TAG.sequence).content).next(TAG.integer).content);
  return modulus.ok ? integerBits(modulus.value) : null;
}

function dsaBits(parameters: Element | null): number | null {
  const prime = parameters === null ? null : decoded(() => new DerReader(parameters.content).next(TAG.integer).content);
  return prime?.ok === true ? integerBits(prime.value) : null;
}

function integerBits(content: Uint8Array): number {
  const first = content.findIndex((octet) => octet !== 0);
  return first < 0 ? 0 : (content.length - first) * 8 - (Math.clz32(content[first] as number) - 24);
}
