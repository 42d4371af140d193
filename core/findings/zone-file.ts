/** Lines to paste into a zone file. */

const DEFAULT_TTL = 3600;

/** DANE-EE(3) SPKI(1) SHA2-256(1), the record to publish first (RFC 7672 §3.1.3). */
export const tlsaLine = (owner: string, ttl: number, spkiSha256: string): string =>
  `${owner}. ${ttl > 0 ? ttl : DEFAULT_TTL} IN TLSA 3 1 1 ${spkiSha256}`;
