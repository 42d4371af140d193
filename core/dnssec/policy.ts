/** Every limit and switch of validation in one record: what a validator may choose, and what Danescope chose. */

export interface ValidationPolicy {
  /**
   * Whether RSASHA1 (5) and RSASHA1-NSEC3-SHA1 (7) count as supported. Without it a zone that has nothing else is insecure,
   * never bogus (RFC 9905 §2).
   */
  readonly allowSha1Signatures: boolean;
  /** Whether a DS with a SHA-1 digest counts where no stronger one stands beside it (RFC 4509 §3; RFC 9905 retires signatures only). */
  readonly allowSha1Digests: boolean;
  /** Seconds by which inception and expiration may be missed; 0 as a diagnosis must not hide an expired signature. */
  readonly clockSkewSeconds: number;
  /** Whether signatures are still checked once one was valid: a diagnosis names the broken one beside the good one. */
  readonly checkEverySignature: boolean;
  /** NSEC3 iterations that are still hashed; more is insecure, decided before hashing (RFC 9276 §3.2). */
  readonly maximumNsec3Iterations: number;
  /** Failed cryptographic checks after which an RRset is given up (CVE-2023-50387, RFC 6840 §5.4 asks for more than one). */
  readonly maximumFailedSignaturesPerRRset: number;
  /** Cryptographic checks in one resolution, good and bad. */
  readonly maximumSignatureChecks: number;
  /** Failed cryptographic checks in one resolution. */
  readonly maximumFailedSignatureChecks: number;
  /** DNSKEYs digested for DS records in one resolution. */
  readonly maximumDigests: number;
  /** Names hashed for NSEC3 in one resolution (CVE-2023-50868); each costs up to `maximumNsec3Iterations` + 1 SHA-1 blocks. */
  readonly maximumNsec3Hashes: number;
}

/**
 * 100 iterations: between BIND's 50 and Unbound's 150, so that the verdict is the one most resolvers give. Eight failures per
 * RRset allow every honest key-tag collision seen in a key roll. A resolution that walks the root, a few zones and an alias
 * chain needs about 60 signature checks, so 400 is out of honest reach.
 */
export const DEFAULT_VALIDATION_POLICY: ValidationPolicy = {
  allowSha1Signatures: false,
  allowSha1Digests: true,
  clockSkewSeconds: 0,
  checkEverySignature: true,
  maximumNsec3Iterations: 100,
  maximumFailedSignaturesPerRRset: 8,
  maximumSignatureChecks: 400,
  maximumFailedSignatureChecks: 32,
  maximumDigests: 200,
  maximumNsec3Hashes: 400,
};
