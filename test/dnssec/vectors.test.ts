import { createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../core/base/bytes.ts';
import { type Name, parseName, sameName } from '../../core/dns/name.ts';
import type { RRset } from '../../core/dns/record.ts';
import { algorithmStanding } from '../../core/dnssec/algorithm.ts';
import { toBase32Hex } from '../../core/dnssec/base32hex.ts';
import { canonicalRdatas } from '../../core/dnssec/canonical.ts';
import { checkRRset } from '../../core/dnssec/check-rrset.ts';
import { parseDnskey } from '../../core/dnssec/dnskey.ts';
import { dsDigest, parseDs } from '../../core/dnssec/ds.ts';
import { nsec3Hash } from '../../core/dnssec/nsec3.ts';
import { DEFAULT_VALIDATION_POLICY } from '../../core/dnssec/policy.ts';
import { nameAt } from '../../core/dnssec/rdata-name.ts';
import { parseRrsig, signedData } from '../../core/dnssec/rrsig.ts';
import { rsaPublicKey } from '../../core/dnssec/rsa-key.ts';
import { WorkCounter } from '../../core/dnssec/work.ts';

/** Public vectors that are not part of this project: DANESCOPE_CORPORA names the folder that holds `dnssec/vectors`. */
const corpora = process.env['DANESCOPE_CORPORA'] ?? resolve(import.meta.dirname, '../../../shared/corpora');
const folder = join(corpora, 'dnssec', 'vectors');
const present = existsSync(folder);
if (!present) console.log(`DNSSEC vectors skipped: there is no ${folder}; name the folder of corpora in DANESCOPE_CORPORA`);

const load = <Vector>(file: string): Vector[] => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Vector[];
const policy = { ...DEFAULT_VALIDATION_POLICY, allowSha1Signatures: true };

interface WireRecord {
  readonly owner: Name;
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  readonly rdata: Uint8Array;
}

/** One uncompressed record in wire form. */
function readRecord(hex: string): WireRecord {
  const bytes = fromHex(hex);
  const owner = nameAt(bytes, 0);
  if (owner === null) throw new Error(`no owner in ${hex}`);
  const view = new DataView(bytes.buffer, owner.length);
  return { owner, type: view.getUint16(0), class: view.getUint16(2), ttl: view.getUint32(4), rdata: bytes.subarray(owner.length + 10) };
}

interface SignatureVector {
  readonly source: string;
  readonly alg: number;
  readonly covered: string;
  readonly owner: string;
  readonly dnskey: string;
  readonly rrsig: string;
  readonly rrset: readonly string[];
  /** null: any instant inside the validity period */
  readonly now: number | null;
  readonly expect: boolean;
}

function signatureVerdict(vector: SignatureVector): string {
  const key = readRecord(vector.dnskey);
  const signature = readRecord(vector.rrsig);
  const records = vector.rrset.map(readRecord);
  const dnskey = parseDnskey(key.rdata);
  const [first] = records;
  if (dnskey === null || first === undefined) throw new Error('unreadable vector');
  const rrset: RRset = { ...first, ttl: Math.min(...records.map(({ ttl }) => ttl)), rdatas: records.map(({ rdata }) => rdata), signatures: [signature.rdata] };
  const now = vector.now ?? parseRrsig(signature.rdata)?.inception ?? 0;
  return checkRRset({ rrset, keys: [dnskey], zone: key.owner, now, policy, work: new WorkCounter(policy) }).checks.at(-1)?.result ?? 'none';
}

/** RSAMD5 (1), DSA (3) and DSA-NSEC3-SHA1 (6), which the validator leaves alone, checked here for the sake of the signed octets. */
function verifiesRetired(vector: SignatureVector): boolean {
  const key = parseDnskey(readRecord(vector.dnskey).rdata);
  const rrsig = parseRrsig(readRecord(vector.rrsig).rdata);
  const records = vector.rrset.map(readRecord);
  const [first] = records;
  if (key === null || rrsig === null || first === undefined) return false;
  const rdatas = records.map(({ rdata }) => rdata);
  const data = signedData(rrsig, { ...first, rdatas, signatures: [] }, canonicalRdatas(first.type, rdatas));
  if (vector.alg === 1) {
    const rsa = rsaPublicKey(key.publicKey);
    if (rsa === null) return false;
    const jwk = { kty: 'RSA', n: Buffer.from(rsa.modulus).toString('base64url'), e: Buffer.from(rsa.exponent).toString('base64url') };
    return verify('md5', data, createPublicKey({ key: jwk, format: 'jwk' }), rrsig.signature);
  }
  const publicKey = createPublicKey({ key: dsaKey(key.publicKey), format: 'der', type: 'spki' });
  // RFC 2536 §3 has T, R and S; some of the old vectors carry the DER form instead.
  const raw = rrsig.signature.length === 41;
  return verify('sha1', data, { key: publicKey, dsaEncoding: raw ? 'ieee-p1363' : 'der' }, raw ? rrsig.signature.subarray(1) : rrsig.signature);
}

/** SubjectPublicKeyInfo of the key field of RFC 2536 §2: T, Q, P, G, Y. */
function dsaKey(field: Uint8Array): Buffer {
  const length = 64 + (field[0] ?? 0) * 8;
  const [q, p, g, y] = [field.subarray(1, 21), ...[0, 1, 2].map((index) => field.subarray(21 + index * length, 21 + (index + 1) * length))];
  const parameters = der(0x30, integer(p), integer(q), integer(g));
  const algorithm = der(0x30, Buffer.from('06072a8648ce380401', 'hex'), parameters);
  return der(0x30, algorithm, der(0x03, Buffer.of(0), integer(y)));
}

const integer = (bytes: Uint8Array = new Uint8Array()): Buffer => der(0x02, Buffer.of(0), bytes);

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(tag === 0x02 ? [trimmed(Buffer.concat(parts))] : parts);
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), body]);
}

/** The shortest two's complement form of a positive number. */
function trimmed(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0 && (bytes[start + 1] ?? 0) < 0x80) start += 1;
  return bytes.subarray(start);
}

describe.skipIf(!present)('signature vectors', () => {
  const vectors = present ? load<SignatureVector>('rrsig.json') : [];

  test('every signature of a supported algorithm gives the expected result', () => {
    const supported = vectors.filter(({ alg }) => algorithmStanding(alg, policy) === 'supported');
    expect(supported.length).toBeGreaterThan(2000);
    const wrong = supported.flatMap((vector) => {
      const verdict = signatureVerdict(vector);
      return (verdict === 'valid') === vector.expect ? [] : [`${vector.source} ${vector.owner} ${vector.covered} ${vector.alg}: ${verdict}`];
    });
    expect(wrong).toEqual([]);
  });

  test('RFC 9904: retired algorithms are told as unknown, and their signed octets are the right ones', () => {
    const retired = vectors.filter(({ alg }) => algorithmStanding(alg, policy) === 'unknown');
    expect(new Set(retired.map(signatureVerdict))).toEqual(new Set(['unknown-algorithm']));
    expect(retired.filter((vector) => !verifiesRetired(vector)).map(({ source, alg, covered }) => `${source} ${alg} ${covered}`)).toEqual([]);
  });

  test('owner and signer are read as the record says', () => {
    const wrong = vectors.filter((vector) => {
      const signature = readRecord(vector.rrsig);
      const signer = parseRrsig(signature.rdata)?.signer;
      return signer === undefined || !sameName(signer, readRecord(vector.dnskey).owner) || !sameName(signature.owner, parseName(vector.owner));
    });
    expect(wrong.map(({ owner }) => owner)).toEqual([]);
  });
});

interface DigestVector {
  readonly source: string;
  readonly dnskey: string;
  readonly ds: string;
  readonly digestType: number;
  readonly expect: boolean;
}

test.skipIf(!present)('DS vectors', () => {
  const wrong = load<DigestVector>('ds.json').filter((vector) => {
    const key = readRecord(vector.dnskey);
    const ds = parseDs(fromHex(vector.ds));
    const dnskey = parseDnskey(key.rdata);
    const digest = dsDigest(key.owner, key.rdata, vector.digestType);
    const matches = ds !== null && digest !== null && dnskey?.keyTag === ds.keyTag && toHex(digest) === toHex(ds.digest);
    return matches !== vector.expect;
  });
  expect(wrong.map(({ source }) => source)).toEqual([]);
});

interface HashVector {
  readonly name: string;
  readonly salt: string;
  readonly iterations: number;
  readonly hash?: string;
  readonly hashHex?: string;
}

test.skipIf(!present)('NSEC3 hash vectors', () => {
  const wrong = load<HashVector>('nsec3-hash.json').filter(({ name, salt, iterations, hash, hashHex }) => {
    const hashed = nsec3Hash(parseName(name), fromHex(salt), iterations);
    return toBase32Hex(hashed) !== hash?.toLowerCase() && toHex(hashed) !== hashHex?.toLowerCase();
  });
  expect(wrong).toEqual([]);
});
