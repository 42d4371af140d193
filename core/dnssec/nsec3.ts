/** NSEC3 records (RFC 5155 §3) and hashed owner names (§5). */
import type { Name } from '../dns/name.ts';
import type { TypeSet } from './nsec.ts';

export interface Nsec3 {
  readonly owner: Name;
  /** hash algorithm; 1 is SHA-1, the only one (RFC 5155 §11) */
  readonly hashAlgorithm: number;
  readonly flags: number;
  readonly optOut: boolean;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly nextHash: Uint8Array;
  readonly types: TypeSet;
  /** the hash in the owner name; null where the first label is no base32hex */
  readonly ownerHash: Uint8Array | null;
}

export function parseNsec3(_owner: Name, _rdata: Uint8Array): Nsec3 | null {
  throw new Error('not written yet');
}

/** IH(salt, x, iterations) of RFC 5155 §5 with SHA-1 over the canonical name; 20 octets. */
export function nsec3Hash(_name: Name, _salt: Uint8Array, _iterations: number): Uint8Array {
  throw new Error('not written yet');
}

/** Base 32 with extended hex alphabet, lower case, no padding (RFC 4648 §7). */
export function toBase32Hex(_bytes: Uint8Array): string {
  throw new Error('not written yet');
}

/** null where the text is no base32hex without padding. */
export function fromBase32Hex(_text: string): Uint8Array | null {
  throw new Error('not written yet');
}
