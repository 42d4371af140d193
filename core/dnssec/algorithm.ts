/** DNSSEC algorithms and DS digests: names, support, and the check of one signature. */
import { type KeyObject, createPublicKey, verify } from 'node:crypto';
import { toBase64 } from '../base/bytes.ts';
import type { ValidationPolicy } from './policy.ts';
import { rsaPublicKey } from './rsa-key.ts';

/** `not-allowed`: known, but refused by policy (RFC 9905 §2); like `unknown`, it makes a zone insecure and never bogus. */
export type Standing = 'supported' | 'not-allowed' | 'unknown';

type Scheme =
  | { readonly kind: 'rsa'; readonly hash: string; readonly leastBits: number }
  | { readonly kind: 'ecdsa'; readonly hash: string; readonly curve: string; readonly octets: number; readonly bits: number }
  | { readonly kind: 'eddsa'; readonly curve: string; readonly keyOctets: number; readonly signatureOctets: number; readonly bits: number };

/** RFC 5702 §2.1, §2.2: 512 to 4096 bits, and at least 1024 for RSASHA512. */
const SCHEMES: ReadonlyMap<number, Scheme> = new Map<number, Scheme>([
  [5, { kind: 'rsa', hash: 'sha1', leastBits: 512 }],
  [7, { kind: 'rsa', hash: 'sha1', leastBits: 512 }],
  [8, { kind: 'rsa', hash: 'sha256', leastBits: 512 }],
  [10, { kind: 'rsa', hash: 'sha512', leastBits: 1024 }],
  [13, { kind: 'ecdsa', hash: 'sha256', curve: 'P-256', octets: 64, bits: 256 }],
  [14, { kind: 'ecdsa', hash: 'sha384', curve: 'P-384', octets: 96, bits: 384 }],
  [15, { kind: 'eddsa', curve: 'Ed25519', keyOctets: 32, signatureOctets: 64, bits: 256 }],
  [16, { kind: 'eddsa', curve: 'Ed448', keyOctets: 57, signatureOctets: 114, bits: 456 }],
]);

const MOST_RSA_BITS = 4096;

/** Registry "DNS Security Algorithm Numbers" (RFC 9904). */
const ALGORITHM_NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'DELETE'], [1, 'RSAMD5'], [2, 'DH'], [3, 'DSA'], [5, 'RSASHA1'], [6, 'DSA-NSEC3-SHA1'], [7, 'RSASHA1-NSEC3-SHA1'],
  [8, 'RSASHA256'], [10, 'RSASHA512'], [12, 'ECC-GOST'], [13, 'ECDSAP256SHA256'], [14, 'ECDSAP384SHA384'], [15, 'ED25519'],
  [16, 'ED448'], [17, 'SM2SM3'], [23, 'ECC-GOST12'], [252, 'INDIRECT'], [253, 'PRIVATEDNS'], [254, 'PRIVATEOID'],
]);

/** Registry "Digest Algorithms" for DS (RFC 9904). */
const DIGEST_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'SHA-1'], [2, 'SHA-256'], [3, 'GOST R 34.11-94'], [4, 'SHA-384'], [5, 'GOST R 34.11-2012'], [6, 'SM3'],
]);

/** Registry mnemonic such as `ECDSAP256SHA256`; the number where there is none. */
export function algorithmName(algorithm: number): string {
  return ALGORITHM_NAMES.get(algorithm) ?? String(algorithm);
}

/** Registry name such as `SHA-256`; the number where there is none. */
export function digestName(digestType: number): string {
  return DIGEST_NAMES.get(digestType) ?? String(digestType);
}

const isSha1Algorithm = (algorithm: number): boolean => algorithm === 5 || algorithm === 7;

/** Private algorithms (253, 254) are unknown: none of their embedded names is known here (RFC 6840 §5.3). */
export function algorithmStanding(algorithm: number, policy: ValidationPolicy): Standing {
  if (!SCHEMES.has(algorithm)) return 'unknown';
  // RFC 9905 §2: RSASHA1 and RSASHA1-NSEC3-SHA1 are to be treated as unsupported.
  return isSha1Algorithm(algorithm) && !policy.allowSha1Signatures ? 'not-allowed' : 'supported';
}

export function digestStanding(digestType: number, policy: ValidationPolicy): Standing {
  if (digestHash(digestType) === null) return 'unknown';
  return digestType === 1 && !policy.allowSha1Digests ? 'not-allowed' : 'supported';
}

/** Name of the hash function for `node:crypto`; null for an unknown DS digest type. */
export function digestHash(digestType: number): 'sha1' | 'sha256' | 'sha384' | null {
  switch (digestType) {
    case 1: return 'sha1';
    case 2: return 'sha256';
    case 4: return 'sha384';
    default: return null;
  }
}

/** Size of the RSA modulus or of the curve; null where the key is unusable or its algorithm unknown. */
export function publicKeyBits(algorithm: number, publicKey: Uint8Array): number | null {
  const scheme = SCHEMES.get(algorithm);
  if (scheme === undefined) return null;
  if (scheme.kind === 'rsa') return rsaPublicKey(publicKey)?.bits ?? null;
  const octets = scheme.kind === 'ecdsa' ? scheme.octets : scheme.keyOctets;
  return publicKey.length === octets ? scheme.bits : null;
}

/** `publicKey` is the DNSKEY's key field. A key or signature that cannot be one gives false, never an exception. */
export function verifySignature(algorithm: number, publicKey: Uint8Array, signedData: Uint8Array, signature: Uint8Array): boolean {
  const scheme = SCHEMES.get(algorithm);
  if (scheme === undefined || signature.length === 0) return false;
  const key = importedKey(algorithm, scheme, publicKey);
  if (key === null) return false;
  switch (scheme.kind) {
    case 'rsa':
      return verify(scheme.hash, signedData, key, signature);
    case 'ecdsa':
      // RFC 6605 §4: r and s, each of the length of the curve, one after the other.
      return signature.length === scheme.octets && verify(scheme.hash, signedData, { key, dsaEncoding: 'ieee-p1363' }, signature);
    case 'eddsa':
      // RFC 8080 §4: the signature of RFC 8032 as it is.
      return signature.length === scheme.signatureOctets && verify(null, signedData, key, signature);
  }
}

/**
 * Import costs as much as a check, and a zone's key signs many RRsets. The entries live as long as the octets of the key do,
 * that is as long as the record they belong to.
 */
const IMPORTED: WeakMap<Uint8Array, { readonly algorithm: number; readonly key: KeyObject | null }> = new WeakMap();

function importedKey(algorithm: number, scheme: Scheme, publicKey: Uint8Array): KeyObject | null {
  const known = IMPORTED.get(publicKey);
  if (known?.algorithm === algorithm) return known.key;
  const key = importKey(scheme, publicKey);
  IMPORTED.set(publicKey, { algorithm, key });
  return key;
}

function importKey(scheme: Scheme, publicKey: Uint8Array): KeyObject | null {
  switch (scheme.kind) {
    case 'rsa': {
      const rsa = rsaPublicKey(publicKey);
      if (rsa === null || rsa.bits < scheme.leastBits || rsa.bits > MOST_RSA_BITS) return null;
      return keyFromJwk({ kty: 'RSA', n: base64Url(rsa.modulus), e: base64Url(rsa.exponent) });
    }
    case 'ecdsa': {
      if (publicKey.length !== scheme.octets) return null;
      const half = scheme.octets / 2;
      return keyFromJwk({ kty: 'EC', crv: scheme.curve, x: base64Url(publicKey.subarray(0, half)), y: base64Url(publicKey.subarray(half)) });
    }
    case 'eddsa':
      return publicKey.length === scheme.keyOctets ? keyFromJwk({ kty: 'OKP', crv: scheme.curve, x: base64Url(publicKey) }) : null;
  }
}

/** null where OpenSSL refuses the numbers, such as a point that is not on the curve: the published key is at fault, not we. */
function keyFromJwk(key: JsonWebKey): KeyObject | null {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^ERR_(CRYPTO|OSSL)/.test(String(error.code))) return null;
    throw error;
  }
}

interface JsonWebKey {
  readonly kty: 'RSA' | 'EC' | 'OKP';
  readonly [member: string]: string;
}

const base64Url = (bytes: Uint8Array): string => toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
