/** NSEC3 records (RFC 5155 §3) and hashed owner names (§5). */
import { hash } from 'node:crypto';
import { compareBytes, concatBytes } from '../base/bytes.ts';
import { type Name, labelsOf, lowerName } from '../dns/name.ts';
import { fromBase32Hex } from './base32hex.ts';
import { type TypeSet, parseTypeBitMap } from './nsec.ts';

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

const OPT_OUT = 1;
const SHA1 = 1;
const SHA1_LENGTH = 20;

/** null where the RDATA ends early or the bit map is malformed (RFC 5155 §3.2). */
export function parseNsec3(owner: Name, rdata: Uint8Array): Nsec3 | null {
  const saltLength = rdata[4] ?? 0;
  const hashStart = 6 + saltLength;
  const bitMapStart = hashStart + (rdata[hashStart - 1] ?? 0);
  if (rdata.length < hashStart || rdata.length < bitMapStart) return null;
  const types = parseTypeBitMap(rdata.subarray(bitMapStart));
  if (types === null) return null;
  const flags = rdata[1] as number;
  return {
    owner,
    hashAlgorithm: rdata[0] as number,
    flags,
    optOut: (flags & OPT_OUT) !== 0,
    iterations: ((rdata[2] as number) << 8) | (rdata[3] as number),
    salt: rdata.subarray(5, 5 + saltLength),
    nextHash: rdata.subarray(hashStart, bitMapStart),
    types,
    ownerHash: hashInOwner(owner),
  };
}

function hashInOwner(owner: Name): Uint8Array | null {
  const label = labelsOf(owner)[0];
  return label === undefined ? null : fromBase32Hex(String.fromCharCode(...label));
}

/** Whether the record can be used at all: unknown hash algorithms (RFC 5155 §8.1) and unknown flags (§8.2) are ignored. */
export function isKnownNsec3(record: Nsec3): boolean {
  return record.hashAlgorithm === SHA1 && (record.flags & ~OPT_OUT) === 0
    && record.ownerHash?.length === SHA1_LENGTH && record.nextHash.length === SHA1_LENGTH;
}

/** IH(salt, x, iterations) of RFC 5155 §5 with SHA-1 over the canonical name; 20 octets. */
export function nsec3Hash(name: Name, salt: Uint8Array, iterations: number): Uint8Array {
  let digest: Uint8Array = lowerName(name);
  for (let round = 0; round <= iterations; round += 1) digest = hash('sha1', concatBytes(digest, salt), 'buffer');
  return new Uint8Array(digest);
}

/** Whether the hash lies strictly between owner and next on the circle (RFC 5155 §1.3); a lone record covers all but itself. */
export function nsec3Covers({ ownerHash, nextHash }: Nsec3, hashed: Uint8Array): boolean {
  if (ownerHash === null) return false;
  const afterOwner = compareBytes(hashed, ownerHash) > 0;
  const beforeNext = compareBytes(hashed, nextHash) < 0;
  const wraps = compareBytes(ownerHash, nextHash) >= 0;
  return wraps ? afterOwner || beforeNext : afterOwner && beforeNext;
}
