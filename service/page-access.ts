/** Who may load the page and use the engine: one-time tokens for the page, swapped for a session value. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits: not to be guessed */
const SECRET_BYTES = 32;

const fingerprint = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

export class PageAccess {
  readonly #now: () => number;
  readonly #lifetime: number;
  #token: { readonly print: Buffer; readonly until: number } | null = null;
  readonly #sessions: Buffer[] = [];

  /** @param lifetime ms for which a token can be swapped */
  constructor(lifetime: number, now: () => number) {
    this.#lifetime = lifetime;
    this.#now = now;
  }

  /** A token that can be swapped once; the one before can no more. */
  newToken(): string {
    const token = newSecret();
    this.#token = { print: fingerprint(token), until: this.#now() + this.#lifetime };
    return token;
  }

  /** @returns a session value, or null for a token that is wrong, was used or is too old */
  swap(token: string): string | null {
    const known = this.#token;
    if (known === null || !timingSafeEqual(known.print, fingerprint(token))) return null;
    this.#token = null;
    if (this.#now() > known.until) return null;
    const session = newSecret();
    this.#sessions.push(fingerprint(session));
    return session;
  }

  isSession(session: string): boolean {
    const print = fingerprint(session);
    // Every one is compared, in constant time, so that the time says nothing about which is right.
    return this.#sessions.reduce((found, known) => timingSafeEqual(known, print) || found, false);
  }
}
