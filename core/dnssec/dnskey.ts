/** DNSKEY records (RFC 4034 §2), key tags (§B) and what makes a key usable. */
import { toBase64 } from '../base/bytes.ts';
import { algorithmName, publicKeyBits } from './algorithm.ts';
import type { DnskeyFact } from './facts.ts';

export interface Dnskey {
  readonly flags: number;
  readonly protocol: number;
  readonly algorithm: number;
  readonly publicKey: Uint8Array;
  readonly keyTag: number;
  /** Zone Key flag (RFC 4034 §2.1.1) */
  readonly zoneKey: boolean;
  /** Secure Entry Point, a hint only (RFC 4034 §2.1.1, RFC 6840 §6.2) */
  readonly sep: boolean;
  /** REVOKE flag (RFC 5011 §2.1) */
  readonly revoked: boolean;
  readonly rdata: Uint8Array;
}

const ZONE_KEY = 0x0100;
const REVOKE = 0x0080;
const SECURE_ENTRY_POINT = 0x0001;
const RSAMD5 = 1;

/** null where the RDATA has no room for flags, protocol and algorithm (RFC 4034 §2.1). */
export function parseDnskey(rdata: Uint8Array): Dnskey | null {
  if (rdata.length < 4) return null;
  const flags = ((rdata[0] as number) << 8) | (rdata[1] as number);
  return {
    flags,
    protocol: rdata[2] as number,
    algorithm: rdata[3] as number,
    publicKey: rdata.subarray(4),
    keyTag: keyTag(rdata),
    zoneKey: (flags & ZONE_KEY) !== 0,
    sep: (flags & SECURE_ENTRY_POINT) !== 0,
    revoked: (flags & REVOKE) !== 0,
    rdata,
  };
}

/** The key tag of DNSKEY RDATA; not unique (RFC 4034 §B). */
export function keyTag(rdata: Uint8Array): number {
  // RFC 4034 §B.1: algorithm 1 takes the last but two and the last but one octet of the modulus.
  if (rdata[3] === RSAMD5) return rdata.length < 7 ? 0 : ((rdata.at(-3) as number) << 8) | (rdata.at(-2) as number);
  let sum = 0;
  for (let index = 0; index < rdata.length; index += 1) sum += (index & 1) === 1 ? (rdata[index] as number) : (rdata[index] as number) << 8;
  return (sum + (Math.floor(sum / 0x10000) & 0xffff)) & 0xffff;
}

/**
 * Whether signatures over zone data may be checked with this key: zone key, protocol 3 (RFC 4034 §2.1.1, §2.1.2), not
 * revoked (RFC 5011 §2.1). A key of an unknown algorithm is usable in this sense.
 */
export function isUsableKey(key: Dnskey): boolean {
  return key.zoneKey && key.protocol === 3 && !key.revoked;
}

export function dnskeyFact(key: Dnskey, trustAnchor: boolean): DnskeyFact {
  return {
    keyTag: key.keyTag,
    algorithm: key.algorithm,
    algorithmName: algorithmName(key.algorithm),
    flags: key.flags,
    sep: key.sep,
    zoneKey: key.zoneKey,
    revoked: key.revoked,
    bits: publicKeyBits(key.algorithm, key.publicKey),
    publicKey: toBase64(key.publicKey),
    trustAnchor,
  };
}
