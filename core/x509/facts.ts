/** What the certificate stage tells: each certificate once, decoded for people. */
import type { Base64, FactBase, Hex } from '../base/subject.ts';

export type X509Fact = FactBase & { readonly type: 'certificate.seen'; readonly certificate: CertificateFact };

export type KeyType = 'RSA' | 'ECDSA' | 'EdDSA' | 'other';

export interface CertificateFact {
  readonly sha256: Hex;
  readonly der: Base64;
  /** RFC 4514 text */
  readonly subject: string;
  readonly issuer: string;
  readonly commonName: string | null;
  /** dNSName values, A-labels */
  readonly dnsNames: readonly string[];
  /** other subjectAltName entries, as text */
  readonly otherNames: readonly string[];
  readonly serial: Hex;
  /** ISO 8601 UTC */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly keyType: KeyType;
  /** such as `ECDSA P-256`, `RSA 2048`, `Ed25519` */
  readonly keyDescription: string;
  readonly signatureAlgorithm: string;
  readonly isCa: boolean;
  readonly selfIssued: boolean;
  readonly spkiSha256: Hex;
  readonly spkiSha512: Hex;
  readonly certSha512: Hex;
  /** set where the DER could not be decoded as a certificate; the other fields are then empty */
  readonly malformed: string | null;
}
