/** Signatures of certificates: what they need, whether they hold, and how weak they are. */
import { X509Certificate, verify } from 'node:crypto';
import { equalBytes } from '../base/bytes.ts';
import type { AlgorithmIdentifier, Certificate } from './certificate.ts';
import { KEY_ALGORITHM, keyBits, keyObjectOf } from './public-key.ts';
import type { SubjectPublicKeyInfo } from './public-key.ts';

interface SignatureAlgorithm {
  readonly name: string;
  /** key algorithms that can make it */
  readonly keys: readonly string[];
  /** bits of security of the digest against collisions, as OpenSSL's security levels count them; null where it depends */
  readonly securityBits: number | null;
}

const { rsa, rsaPss, ec, dsa, ed25519, ed448 } = KEY_ALGORITHM;
const algorithm = (name: string, securityBits: number | null, ...keys: readonly string[]): SignatureAlgorithm => ({ name, keys, securityBits });

const ALGORITHMS: { readonly [type: string]: SignatureAlgorithm } = {
  '1.2.840.113549.1.1.2': algorithm('MD2 with RSA', 39, rsa),
  '1.2.840.113549.1.1.3': algorithm('MD4 with RSA', 39, rsa),
  '1.2.840.113549.1.1.4': algorithm('MD5 with RSA', 39, rsa),
  '1.2.840.113549.1.1.5': algorithm('SHA-1 with RSA', 63, rsa),
  '1.3.14.3.2.29': algorithm('SHA-1 with RSA', 63, rsa),
  '1.3.14.3.2.3': algorithm('MD5 with RSA', 39, rsa),
  '1.3.14.3.2.15': algorithm('SHA with RSA', 63, rsa),
  '2.5.8.3.100': algorithm('MDC2 with RSA', 39, rsa),
  '1.3.36.3.3.1.2': algorithm('RIPEMD-160 with RSA', 63, rsa),
  '1.2.840.113549.1.1.14': algorithm('SHA-224 with RSA', 112, rsa),
  '1.2.840.113549.1.1.11': algorithm('SHA-256 with RSA', 128, rsa),
  '1.2.840.113549.1.1.12': algorithm('SHA-384 with RSA', 192, rsa),
  '1.2.840.113549.1.1.13': algorithm('SHA-512 with RSA', 256, rsa),
  '1.2.840.113549.1.1.15': algorithm('SHA-512/224 with RSA', 112, rsa),
  '1.2.840.113549.1.1.16': algorithm('SHA-512/256 with RSA', 128, rsa),
  '1.2.840.113549.1.1.10': algorithm('RSA-PSS', null, rsa, rsaPss),
  '1.2.840.10045.4.1': algorithm('ECDSA with SHA-1', 63, ec),
  '1.2.840.10045.4.2': algorithm('ECDSA with a recommended digest', null, ec),
  '1.2.840.10045.4.3': algorithm('ECDSA with a specified digest', null, ec),
  '1.2.840.10045.4.3.1': algorithm('ECDSA with SHA-224', 112, ec),
  '1.2.840.10045.4.3.2': algorithm('ECDSA with SHA-256', 128, ec),
  '1.2.840.10045.4.3.3': algorithm('ECDSA with SHA-384', 192, ec),
  '1.2.840.10045.4.3.4': algorithm('ECDSA with SHA-512', 256, ec),
  '1.2.840.10040.4.3': algorithm('DSA with SHA-1', 63, dsa),
  '1.3.14.3.2.27': algorithm('DSA with SHA-1', 63, dsa),
  '2.16.840.1.101.3.4.3.1': algorithm('DSA with SHA-224', 112, dsa),
  '2.16.840.1.101.3.4.3.2': algorithm('DSA with SHA-256', 128, dsa),
  '2.16.840.1.101.3.4.3.3': algorithm('DSA with SHA-384', 192, dsa),
  '2.16.840.1.101.3.4.3.4': algorithm('DSA with SHA-512', 256, dsa),
  '2.16.840.1.101.3.4.3.9': algorithm('ECDSA with SHA3-224', 112, ec),
  '2.16.840.1.101.3.4.3.10': algorithm('ECDSA with SHA3-256', 128, ec),
  '2.16.840.1.101.3.4.3.11': algorithm('ECDSA with SHA3-384', 192, ec),
  '2.16.840.1.101.3.4.3.12': algorithm('ECDSA with SHA3-512', 256, ec),
  '2.16.840.1.101.3.4.3.13': algorithm('SHA3-224 with RSA', 112, rsa),
  '2.16.840.1.101.3.4.3.14': algorithm('SHA3-256 with RSA', 128, rsa),
  '2.16.840.1.101.3.4.3.15': algorithm('SHA3-384 with RSA', 192, rsa),
  '2.16.840.1.101.3.4.3.16': algorithm('SHA3-512 with RSA', 256, rsa),
  [ed25519]: algorithm('Ed25519', 128, ed25519),
  [ed448]: algorithm('Ed448', 224, ed448),
};

export const signatureAlgorithmText = (type: string): string => ALGORITHMS[type]?.name ?? type;

/** Whether a key of this kind can have made a signature of that kind; false for a signature algorithm that nobody knows. */
export function keyFitsSignature(key: SubjectPublicKeyInfo, signatureAlgorithm: string): boolean {
  return ALGORITHMS[signatureAlgorithm]?.keys.includes(key.algorithm) ?? false;
}

/** RFC 5280 §6.1.3 (a)(1). False also where the key is not readable here. */
export function signatureHolds(certificate: Certificate, issuerKey: SubjectPublicKeyInfo): boolean {
  // RFC 5280 §4.1.1.2: the algorithm outside must be the one that was signed.
  if (!equalBytes(certificate.signatureAlgorithm.raw, certificate.signedAlgorithm.raw)) return false;
  const key = keyObjectOf(issuerKey);
  if (key === null) return false;
  try {
    return platformCertificate(certificate).verify(key);
  } catch {
    // The platform throws for algorithms it lacks; a signature that cannot be verified does not hold.
    return false;
  }
}

/** For signed data that is no certificate, such as an OCSP response. False for algorithms beyond RSA PKCS #1, ECDSA and EdDSA. */
export function dataSignatureHolds(signed: Uint8Array, { signatureAlgorithm, signature }: Signed, issuerKey: SubjectPublicKeyInfo): boolean {
  const key = keyFitsSignature(issuerKey, signatureAlgorithm.algorithm) ? keyObjectOf(issuerKey) : null;
  const digest = DIGESTS.get(signatureAlgorithm.algorithm);
  if (key === null || digest === undefined) return false;
  try {
    return verify(digest, signed, key, signature);
  } catch {
    // As above: what the platform cannot verify does not hold.
    return false;
  }
}

interface Signed {
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

/** Null: the algorithm has its own digest. */
const DIGESTS = new Map<string, string | null>([
  ['1.2.840.113549.1.1.5', 'sha1'], ['1.2.840.113549.1.1.11', 'sha256'], ['1.2.840.113549.1.1.12', 'sha384'], ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.4.1', 'sha1'], ['1.2.840.10045.4.3.2', 'sha256'], ['1.2.840.10045.4.3.3', 'sha384'], ['1.2.840.10045.4.3.4', 'sha512'],
  [ed25519, null], [ed448, null],
]);

const platformCertificates = new WeakMap<Certificate, X509Certificate>();

function platformCertificate(certificate: Certificate): X509Certificate {
  const known = platformCertificates.get(certificate);
  if (known !== undefined) return known;
  const made = new X509Certificate(certificate.der);
  platformCertificates.set(certificate, made);
  return made;
}

/** The least that OpenSSL's security level 1 wants, which Postfix sets for DANE. */
const LEVEL_1_BITS = 80;
const LEVEL_1_RSA_BITS = 1024;
const LEVEL_1_EC_BITS = 160;

/** Why senders at security level 1 refuse this key, in words; null where they do not. */
export function weakKey(key: SubjectPublicKeyInfo): string | null {
  const bits = keyBits(key);
  if (bits === null) return null;
  const least = key.algorithm === ec ? LEVEL_1_EC_BITS : LEVEL_1_RSA_BITS;
  return [rsa, rsaPss, dsa, ec].some((type) => type === key.algorithm) && bits < least ? `a key of ${bits} bits` : null;
}

/** The same for the algorithm of its signature. */
export function weakSignature(certificate: Certificate): string | null {
  const known = ALGORITHMS[certificate.signatureAlgorithm.algorithm];
  return known !== undefined && known.securityBits !== null && known.securityBits < LEVEL_1_BITS ? `a signature by ${known.name}` : null;
}
