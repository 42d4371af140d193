/** Keys that sign, made in the test with node:crypto: the counterpart of what core/dnssec only checks. */
import { type KeyObject, constants, generateKeyPairSync, sign } from 'node:crypto';
import { concatBytes } from '../../core/base/bytes.ts';
import { type Name, labelCount, isWildcard } from '../../core/dns/name.ts';
import type { RRset } from '../../core/dns/record.ts';
import { canonicalRdatas } from '../../core/dnssec/canonical.ts';
import { type Dnskey, parseDnskey } from '../../core/dnssec/dnskey.ts';
import { dsDigest } from '../../core/dnssec/ds.ts';
import { parseRrsig, signedData } from '../../core/dnssec/rrsig.ts';

export interface SigningKey {
  readonly dnskey: Dnskey;
  readonly privateKey: KeyObject;
}

export const ZONE_KEY = 256;
export const KEY_SIGNING_KEY = 257;

const HASHES: Readonly<Record<number, string | null>> = { 5: 'sha1', 7: 'sha1', 8: 'sha256', 10: 'sha512', 13: 'sha256', 14: 'sha384', 15: null, 16: null };

/** A fresh key of the algorithm; `protocol` and `flags` may be wrong on purpose. */
export function makeKey(algorithm: number, flags = ZONE_KEY, protocol = 3, modulusLength = 1024): SigningKey {
  const { publicKey, privateKey } = keyPair(algorithm, modulusLength);
  const rdata = Uint8Array.of(flags >> 8, flags & 0xff, protocol, algorithm, ...keyField(publicKey));
  return { dnskey: parseDnskey(rdata) as Dnskey, privateKey };
}

function keyPair(algorithm: number, modulusLength: number): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  switch (algorithm) {
    case 13: return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 14: return generateKeyPairSync('ec', { namedCurve: 'P-384' });
    case 15: return generateKeyPairSync('ed25519');
    case 16: return generateKeyPairSync('ed448');
    default: return generateKeyPairSync('rsa', { modulusLength });
  }
}

function keyField(key: KeyObject): Uint8Array {
  const jwk = key.export({ format: 'jwk' });
  const part = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');
  if (jwk.kty === 'EC') return concatBytes(part(jwk.x), part(jwk.y));
  if (jwk.kty === 'OKP') return part(jwk.x);
  const exponent = part(jwk.e);
  return concatBytes(Uint8Array.of(exponent.length), exponent, part(jwk.n));
}

/** The same key with other flags, and so with another key tag. */
export function withFlags({ dnskey, privateKey }: SigningKey, flags: number): SigningKey {
  const rdata = Uint8Array.from(dnskey.rdata);
  rdata[0] = flags >> 8;
  rdata[1] = flags & 0xff;
  return { dnskey: parseDnskey(rdata) as Dnskey, privateKey };
}

export interface SignatureFields {
  readonly zone: Name;
  readonly inception: number;
  readonly expiration: number;
  readonly labels?: number;
  readonly originalTtl?: number;
  readonly keyTag?: number;
  readonly algorithm?: number;
  readonly typeCovered?: number;
}

/** RRSIG RDATA over the RRset; any field can be told otherwise, and is then signed as told. */
export function signRRset(rrset: RRset, { dnskey, privateKey }: SigningKey, fields: SignatureFields): Uint8Array {
  const head = new Uint8Array(18);
  const view = new DataView(head.buffer);
  view.setUint16(0, fields.typeCovered ?? rrset.type);
  view.setUint8(2, fields.algorithm ?? dnskey.algorithm);
  view.setUint8(3, fields.labels ?? labelCount(rrset.owner) - (isWildcard(rrset.owner) ? 1 : 0));
  view.setUint32(4, fields.originalTtl ?? rrset.ttl);
  view.setUint32(8, fields.expiration >>> 0);
  view.setUint32(12, fields.inception >>> 0);
  view.setUint16(16, fields.keyTag ?? dnskey.keyTag);
  const unsigned = concatBytes(head, fields.zone);
  const rrsig = parseRrsig(unsigned);
  if (rrsig === null) throw new Error('the signer is no name');
  const data = signedData(rrsig, rrset, canonicalRdatas(rrset.type, rrset.rdatas));
  return concatBytes(unsigned, signOctets(data, dnskey.algorithm, privateKey));
}

export function signOctets(data: Uint8Array, algorithm: number, privateKey: KeyObject): Uint8Array {
  const hash = HASHES[algorithm];
  if (hash === null || hash === undefined) return sign(null, data, privateKey);
  if (algorithm === 13 || algorithm === 14) return sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return sign(hash, data, { key: privateKey, padding: constants.RSA_PKCS1_PADDING });
}

export function dsRdata(zone: Name, { keyTag, algorithm, rdata }: Dnskey, digestType = 2): Uint8Array {
  const digest = dsDigest(zone, rdata, digestType);
  if (digest === null) throw new Error(`no digest ${digestType}`);
  return Uint8Array.of(keyTag >> 8, keyTag & 0xff, algorithm, digestType, ...digest);
}
