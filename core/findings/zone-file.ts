/** Lines to paste into a zone file. */
import { plainText } from '../base/plain-text.ts';

const DEFAULT_TTL = 3600;

/** SHA2-256(1) or SHA2-512(2) */
export type DigestType = 1 | 2;

/** DANE-EE(3) SPKI(1), the record to publish first (RFC 7672 §3.1.3); `data` in hex. */
export const tlsaLine = (owner: string, ttl: number, matchingType: DigestType, data: string): string =>
  // A name of a run file that somebody made may hold a line ending: a line to paste stays one.
  plainText(`${owner}. ${ttl > 0 ? ttl : DEFAULT_TTL} IN TLSA 3 1 ${matchingType} ${data}`);
