/** DNS cookies (RFC 7873, RFC 9018): who is not on the path cannot forge an answer, and servers know us from a forged sender. */
import { concatBytes, equalBytes } from '../base/bytes.ts';
import type { Random } from '../base/ports.ts';
import { COOKIE_OPTION } from './query.ts';
import type { Message } from './record.ts';

const CLIENT_LENGTH = 8;
const LEAST_SERVER_LENGTH = 8;
const GREATEST_SERVER_LENGTH = 32;
/** version, three reserved octets, timestamp and hash (RFC 9018 §4) */
const INTEROPERABLE_LENGTH = 16;

interface Jar {
  /** random for each server address, so that no two servers can tell that they were asked by the same (RFC 9018 §3) */
  readonly client: Uint8Array;
  server: Uint8Array | null;
}

/**
 * - `good`: our client cookie came back
 * - `none`: there is no cookie, and this server never sent one
 * - `missing`: there is none, though this server sends them: perhaps not from the server
 * - `forged`: another client cookie than ours, or one of impossible length
 */
export type CookieState = 'good' | 'none' | 'missing' | 'forged';

/** Servers are told apart by address and port. */
export class Cookies {
  readonly #random: Random;
  readonly #jars = new Map<string, Jar>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** What a query to the server carries: our cookie, and the server's own where it sent one before (RFC 7873 §5.1). */
  optionFor(server: string): Uint8Array {
    const { client, server: known } = this.#jar(server);
    return known === null ? client : concatBytes(client, known);
  }

  state(server: string, message: Message): CookieState {
    const option = cookieOf(message);
    const jar = this.#jar(server);
    if (option === null) return jar.server === null ? 'none' : 'missing';
    // RFC 7873 §5.3: an illegal length, or a client cookie that was not sent, and the response is discarded.
    if (option.length !== CLIENT_LENGTH && (option.length < CLIENT_LENGTH + LEAST_SERVER_LENGTH || option.length > CLIENT_LENGTH + GREATEST_SERVER_LENGTH)) return 'forged';
    return equalBytes(option.subarray(0, CLIENT_LENGTH), jar.client) ? 'good' : 'forged';
  }

  /** Keeps the server cookie of an answer whose state is `good`; each replaces the one before (RFC 7873 §5.3). */
  remember(server: string, message: Message): void {
    const option = cookieOf(message);
    if (option !== null && option.length > CLIENT_LENGTH) this.#jar(server).server = option.slice(CLIENT_LENGTH);
  }

  #jar(server: string): Jar {
    const known = this.#jars.get(server) ?? { client: this.#random.bytes(CLIENT_LENGTH), server: null };
    this.#jars.set(server, known);
    return known;
  }
}

/** Whether a query asks for a server cookie and gives none back. */
export const isClientCookie = (option: Uint8Array): boolean => option.length === CLIENT_LENGTH;

/**
 * When the server made its cookie, in seconds since 1970 modulo 2^32, by its own clock (RFC 9018 §4.3); null where the cookie is of another
 * kind. It is the time of the answer where the query brought no server cookie: one that was brought may come back as it is for half an hour.
 */
export function cookieTimestamp(message: Message): number | null {
  const server = cookieOf(message)?.subarray(CLIENT_LENGTH);
  // RFC 9018 §4.1: version 1 is the only one there is. §4.2: what is in the reserved octets says nothing.
  if (server?.length !== INTEROPERABLE_LENGTH || server[0] !== 1) return null;
  return new DataView(server.buffer, server.byteOffset).getUint32(4);
}

/** RFC 7873 §5.2: only the first counts. */
const cookieOf = ({ edns }: Message): Uint8Array | null => edns?.options.find(({ code }) => code === COOKIE_OPTION)?.data ?? null;
