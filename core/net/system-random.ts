import { randomBytes } from 'node:crypto';
import type { Random } from '../base/ports.ts';

/** From the system's cryptographic generator: DNS ids that can be guessed can be forged (RFC 5452 §9.2). */
export class SystemRandom implements Random {
  bytes(length: number): Uint8Array {
    return new Uint8Array(randomBytes(length));
  }
}
