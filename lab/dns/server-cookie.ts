/** The server's side of DNS cookies (RFC 7873 §5.2, RFC 9018 §4): made of a secret, the asker's address and the server's clock. */
import { concatBytes, equalBytes } from '../../core/base/bytes.ts';
import { addressRdata, uint32 } from './rdata.ts';
import { sipHash } from './siphash.ts';

const CLIENT_LENGTH = 8;
const SERVER_LENGTH = 16;
/** RFC 9018 §4.1, §4.2 */
const VERSION_AND_RESERVED = Uint8Array.of(1, 0, 0, 0);
/** seconds */
const HALF_AN_HOUR = 1800;
const FIVE_MINUTES = 300;

export interface CookieServer {
  /** 16 octets */
  readonly secret: Uint8Array;
  /** seconds since 1970 by the server's clock */
  readonly now: () => number;
}

/** The option's data for the answer; null where the query's has an impossible length (RFC 7873 §5.2.2: a format error). */
export function cookieFor({ secret, now }: CookieServer, option: Uint8Array, clientAddress: string): Uint8Array | null {
  if (option.length !== CLIENT_LENGTH && (option.length < 16 || option.length > 40)) return null;
  const parts = { secret, client: option.slice(0, CLIENT_LENGTH), timestamp: now(), clientAddress };
  return isGood(option.slice(CLIENT_LENGTH), parts) ? option : concatBytes(parts.client, serverCookie(parts));
}

export interface CookieParts {
  readonly secret: Uint8Array;
  readonly client: Uint8Array;
  /** seconds since 1970 */
  readonly timestamp: number;
  readonly clientAddress: string;
}

/** RFC 9018 §4: version, reserved, timestamp, and the hash over client cookie, these and the client's address (§4.4). */
export function serverCookie(parts: CookieParts): Uint8Array {
  const head = concatBytes(VERSION_AND_RESERVED, uint32(parts.timestamp >>> 0));
  return concatBytes(head, hash(parts, head));
}

/**
 * One that was given before may be given again; by RFC 9018 §4.3 a new one comes at least after half an hour, and one from the future is no
 * cookie. §4.2: what is in the reserved octets is hashed as it came.
 */
function isGood(cookie: Uint8Array, parts: CookieParts): boolean {
  if (cookie.length !== SERVER_LENGTH || cookie[0] !== 1) return false;
  const age = (parts.timestamp - new DataView(cookie.buffer, cookie.byteOffset).getUint32(4)) | 0;
  return age <= HALF_AN_HOUR && age >= -FIVE_MINUTES && equalBytes(cookie.subarray(8), hash(parts, cookie.subarray(0, 8)));
}

const hash = ({ secret, client, clientAddress }: CookieParts, head: Uint8Array): Uint8Array => sipHash(secret, concatBytes(client, head, addressRdata(clientAddress)));
