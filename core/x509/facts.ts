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
  /** signed certificate timestamps in it (RFC 6962 §3.3); absent in older runs */
  readonly timestamps?: number;
  readonly selfIssued: boolean;
  readonly spkiSha256: Hex;
  readonly spkiSha512: Hex;
  readonly certSha512: Hex;
  /** set where the DER could not be decoded as a certificate; the other fields are then empty */
  readonly malformed: string | null;
}

/**
 * - `good`, `revoked`, `unknown`: what the responder says, current and signed
 * - `try-later`: the responder had no answer; the server stapled that
 * - `responder-error`: another error of the responder
 * - `stale`, `not-yet-valid`: outside thisUpdate and nextUpdate
 * - `wrong-certificate`: the response is about another certificate
 * - `bad-signature`: not signed by the issuer or by whom it authorised
 * - `issuer-not-presented`: nothing to verify it with
 * - `malformed`: not a response
 */
export type StapleStatus =
  | 'good' | 'revoked' | 'unknown' | 'try-later' | 'responder-error' | 'stale' | 'not-yet-valid' | 'wrong-certificate' | 'bad-signature' | 'issuer-not-presented'
  | 'malformed';

/** What a stapled OCSP response says of the leaf. */
export interface StapleJudgement {
  readonly status: StapleStatus;
  /** one sentence */
  readonly text: string;
  readonly rfc: string;
  /** ISO 8601 UTC; null where the response has none */
  readonly thisUpdate: string | null;
  readonly nextUpdate: string | null;
  readonly revokedAt: string | null;
}
