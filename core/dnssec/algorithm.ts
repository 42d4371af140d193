/** DNSSEC algorithms and DS digests: names, support, and the check of one signature. */
import type { ValidationPolicy } from './policy.ts';

/** `not-allowed`: known, but refused by policy (RFC 9905); like `unknown`, it makes a zone insecure and never bogus. */
export type Standing = 'supported' | 'not-allowed' | 'unknown';

/** IANA mnemonic such as `ECDSAP256SHA256`; the number where there is none. */
export function algorithmName(algorithm: number): string {
  return String(algorithm);
}

/** IANA name such as `SHA-256`; the number where there is none. */
export function digestName(digestType: number): string {
  return String(digestType);
}

export function algorithmStanding(_algorithm: number, _policy: ValidationPolicy): Standing {
  throw new Error('not written yet');
}

export function digestStanding(_digestType: number, _policy: ValidationPolicy): Standing {
  throw new Error('not written yet');
}

/** Size of the RSA modulus or of the curve; null where the key is unusable or its algorithm unknown. */
export function publicKeyBits(_algorithm: number, _publicKey: Uint8Array): number | null {
  throw new Error('not written yet');
}

/** `publicKey` is the DNSKEY's key field. A key or signature that cannot be one gives false, never an exception. */
export function verifySignature(_algorithm: number, _publicKey: Uint8Array, _signedData: Uint8Array, _signature: Uint8Array): boolean {
  throw new Error('not written yet');
}
