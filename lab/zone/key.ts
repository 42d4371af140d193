/** Zone signing keys, made fresh at every start (RFC 4034 §2, RFC 3110, RFC 6605, RFC 8080). */
import { createHash, generateKeyPair, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { concatBytes } from '../../core/base/bytes.ts';
import type { Name } from '../../core/dns/name.ts';
import { lowerName } from '../../core/dns/name.ts';
import { uint16 } from '../dns/rdata.ts';

export type KeyAlgorithm = 'RSASHA256' | 'ECDSAP256SHA256' | 'ED25519';

export interface ZoneKey {
  readonly algorithm: number;
  /** SEP: parents and anchors point to it */
  readonly secureEntryPoint: boolean;
  /** it signs the DNSKEY RRset that revokes it, and nothing else (RFC 5011 §2.1) */
  readonly revoked?: true;
  /** RDATA of the DNSKEY record */
  readonly dnskey: Uint8Array;
  readonly tag: number;
  readonly sign: (data: Uint8Array) => Uint8Array;
}

const NUMBERS: { readonly [Algorithm in KeyAlgorithm]: number } = { RSASHA256: 8, ECDSAP256SHA256: 13, ED25519: 15 };
const ZONE_KEY = 0x0100;
const REVOKED = 0x0080;
const SEP = 0x0001;
const PROTOCOL = 3;
const SHA256_DIGEST = 2;

export async function makeKey(algorithm: KeyAlgorithm, secureEntryPoint: boolean, revoked = false): Promise<ZoneKey> {
  const pair = await keyPair(algorithm);
  const flags = ZONE_KEY | (secureEntryPoint ? SEP : 0) | (revoked ? REVOKED : 0);
  const number = NUMBERS[algorithm];
  const dnskey = concatBytes(uint16(flags), Uint8Array.of(PROTOCOL, number), publicKeyField(algorithm, pair.publicKey));
  return {
    algorithm: number, secureEntryPoint, dnskey, tag: keyTag(dnskey), ...(revoked ? { revoked } : {}),
    sign: (data) => new Uint8Array(sign(algorithm === 'ED25519' ? null : 'sha256', data, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' })),
  };
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

async function keyPair(algorithm: KeyAlgorithm): Promise<KeyPair> {
  switch (algorithm) {
    // The only slow one: off the event loop.
    case 'RSASHA256': return await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    case 'ECDSAP256SHA256': return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'ED25519': return generateKeyPairSync('ed25519');
  }
}

function publicKeyField(algorithm: KeyAlgorithm, key: KeyObject): Uint8Array {
  const jwk = key.export({ format: 'jwk' });
  const part = (text: string | undefined): Uint8Array => new Uint8Array(Buffer.from(text ?? '', 'base64url'));
  switch (algorithm) {
    // RFC 3110 §2: one octet of exponent length, exponent, modulus
    case 'RSASHA256': return concatBytes(Uint8Array.of(part(jwk.e).length), part(jwk.e), part(jwk.n));
    // RFC 6605 §4: x | y
    case 'ECDSAP256SHA256': return concatBytes(part(jwk.x), part(jwk.y));
    // RFC 8080 §3
    case 'ED25519': return part(jwk.x);
  }
}

/** RFC 4034 Appendix B */
function keyTag(dnskey: Uint8Array): number {
  let sum = 0;
  dnskey.forEach((octet, index) => { sum += index % 2 === 0 ? octet << 8 : octet; });
  return (sum + (sum >>> 16)) & 0xffff;
}

/** RDATA of the DS record for the key, SHA-256 (RFC 4034 §5.1.4, RFC 4509). */
export const dsRdata = (zone: Name, key: ZoneKey): Uint8Array => digestRdata(zone, key, 'sha256', SHA256_DIGEST);

/** @param type as the record says, whatever the hash is */
export function digestRdata(zone: Name, key: ZoneKey, hash: 'sha1' | 'sha256' | 'sha384', type: number): Uint8Array {
  const digest = createHash(hash).update(lowerName(zone)).update(key.dnskey).digest();
  return concatBytes(uint16(key.tag), Uint8Array.of(key.algorithm, type), new Uint8Array(digest));
}
