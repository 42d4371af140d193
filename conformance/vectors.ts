/** Checks single signatures, digests and hashes through the engine's own functions. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes, fromHex, toHex } from '../core/base/bytes.ts';
import { readWireName } from '../core/dns/wire-name.ts';
import { parseName, type Name } from '../core/dns/name.ts';
import { algorithmStanding, verifySignature } from '../core/dnssec/algorithm.ts';
import { toBase32Hex } from '../core/dnssec/base32hex.ts';
import { canonicalRdatas } from '../core/dnssec/canonical.ts';
import { parseDnskey } from '../core/dnssec/dnskey.ts';
import { dsDigest, parseDs } from '../core/dnssec/ds.ts';
import { nsec3Hash } from '../core/dnssec/nsec3.ts';
import { DEFAULT_VALIDATION_POLICY, type ValidationPolicy } from '../core/dnssec/policy.ts';
import { parseRrsig, signatureTime, signedData } from '../core/dnssec/rrsig.ts';

export interface VectorTotals {
  passed: number;
  failed: number;
  /** signatures by algorithms that no validator supports any more (DSA, RSA/MD5) */
  unsupported: number;
}

export async function checkVectors(folder: string): Promise<VectorTotals> {
  const totals: VectorTotals = { passed: 0, failed: 0, unsupported: 0 };
  const count = (kind: string, name: string, outcome: boolean | null): void => {
    if (outcome === null) totals.unsupported += 1;
    else if (outcome) totals.passed += 1;
    else {
      totals.failed += 1;
      console.log(`FAIL vector ${kind} ${name}`);
    }
  };
  for (const vector of await read<SignatureVector>(folder, 'rrsig.json')) count('rrsig', `${vector.source} ${vector.owner} ${vector.covered}`, signature(vector));
  for (const vector of await read<DigestVector>(folder, 'ds.json')) count('ds', vector.source, digest(vector) === vector.expect);
  for (const vector of await read<HashVector>(folder, 'nsec3-hash.json')) count('nsec3', `${vector.source} ${vector.name}`, hash(vector));
  return totals;
}

const read = async <Vector>(folder: string, file: string): Promise<readonly Vector[]> =>
  JSON.parse(await readFile(join(folder, file), 'utf8')) as readonly Vector[];

interface SignatureVector {
  readonly source: string;
  readonly alg: number;
  readonly covered: string;
  readonly owner: string;
  /** whole records in wire form, hex */
  readonly dnskey: string;
  readonly rrsig: string;
  readonly rrset: readonly string[];
  /** seconds; null: times do not count */
  readonly now: number | null;
  readonly expect: boolean;
}

/** Vectors are about arithmetic: SHA-1 is let in. */
const POLICY: ValidationPolicy = { ...DEFAULT_VALIDATION_POLICY, allowSha1Signatures: true };

function signature(vector: SignatureVector): boolean | null {
  const skew = vector.now === null ? 0x7fff_ffff : 0;
  if (algorithmStanding(vector.alg, POLICY) === 'unknown') return null;
  const records = vector.rrset.map(wireRecord);
  const key = parseDnskey(wireRecord(vector.dnskey).rdata);
  const rrsig = parseRrsig(wireRecord(vector.rrsig).rdata);
  const [first] = records;
  if (key === null || rrsig === null || first === undefined) return false;
  const rrset = { ...first, rdatas: records.map(({ rdata }) => rdata), signatures: [rrsig.rdata] };
  const current = signatureTime(rrsig, vector.now ?? 0, skew).state === 'current';
  const data = signedData(rrsig, rrset, canonicalRdatas(rrset.type, rrset.rdatas));
  return (current && verifySignature(key.algorithm, key.publicKey, data, rrsig.signature)) === vector.expect;
}

interface WireRecord {
  readonly owner: Name;
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  readonly rdata: Uint8Array;
}

function wireRecord(hex: string): WireRecord {
  const bytes = fromHex(hex);
  const owner = readWireName(bytes, 0);
  if (owner === null) throw new Error('the vector has no owner name');
  const view = new DataView(bytes.buffer, owner.end);
  return { owner: owner.name, type: view.getUint16(0), class: view.getUint16(2), ttl: view.getUint32(4), rdata: bytes.subarray(owner.end + 10) };
}

interface DigestVector {
  readonly source: string;
  readonly owner: string;
  readonly dnskey: string;
  /** RDATA */
  readonly ds: string;
  readonly expect: boolean;
}

function digest({ owner, dnskey, ds }: DigestVector): boolean {
  const published = parseDs(fromHex(ds));
  const rdata = wireRecord(dnskey).rdata;
  const key = parseDnskey(rdata);
  if (published === null || key === null || published.keyTag !== key.keyTag || published.algorithm !== key.algorithm) return false;
  const computed = dsDigest(parseName(owner), rdata, published.digestType);
  return computed !== null && equalBytes(computed, published.digest);
}

interface HashVector {
  readonly source: string;
  readonly name: string;
  readonly salt: string;
  readonly iterations: number;
  /** base32hex */
  readonly hash?: string;
  readonly hashHex?: string;
}

function hash({ name, salt, iterations, hash: expected, hashHex }: HashVector): boolean {
  const computed = nsec3Hash(parseName(name), fromHex(salt), iterations);
  return expected === undefined ? toHex(computed) === hashHex : toBase32Hex(computed) === expected.toLowerCase();
}
