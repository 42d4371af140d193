/**
 * Signatures a second through the validator's `checkRRset`, against bare `node:crypto` over the same octets, keys and signatures.
 *
 * Bare is `verify` alone: the key imported, the signed octets put together beforehand. The validator parses the RRSIG, checks its
 * times, labels and signer, brings the records into canonical form and order, finds the key, verifies, and states the check as a
 * fact. Both take turns in one run, and CPU time is what counts, so that a busy machine does not.
 */
import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { parseName } from '../core/dns/name.ts';
import type { RRset } from '../core/dns/record.ts';
import { canonicalRdatas } from '../core/dnssec/canonical.ts';
import { checkRRset } from '../core/dnssec/check-rrset.ts';
import { parseDnskey } from '../core/dnssec/dnskey.ts';
import type { Dnskey } from '../core/dnssec/dnskey.ts';
import { DEFAULT_VALIDATION_POLICY } from '../core/dnssec/policy.ts';
import { parseRrsig, signedData } from '../core/dnssec/rrsig.ts';
import { WorkCounter } from '../core/dnssec/work.ts';
import { mxRdata } from '../lab/dns/rdata.ts';
import { CLASS_IN, MX } from '../lab/dns/rrtype.ts';
import { makeKey } from '../lab/zone/key.ts';
import type { KeyAlgorithm, ZoneKey } from '../lab/zone/key.ts';
import { signRRset } from '../lab/zone/signer.ts';
import { printTable, spreadOf, spreadText } from './figures.ts';

const RRSETS = 300;
const TURNS = 25;
const WARM_UP = 4;
const NOW = 1_800_000_000;
const ZONE = parseName('bench.example');
const VALIDITY = { inception: NOW - 3600, expiration: NOW + 86_400 };
const ALGORITHMS: readonly KeyAlgorithm[] = ['RSASHA256', 'ECDSAP256SHA256', 'ED25519'];

interface Signed {
  readonly rrset: RRset;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

function signedRRset(index: number, key: ZoneKey): Signed {
  const owner = parseName(`d${index}.bench.example`);
  const rdatas = [mxRdata(10, parseName(`mx1.d${index}.bench.example`)), mxRdata(20, parseName(`mx2.d${index}.bench.example`))];
  const signatureRdata = signRRset({ owner, type: MX, ttl: 3600, rdatas }, ZONE, key, VALIDITY);
  const rrset = { owner, type: MX, class: CLASS_IN, ttl: 3600, rdatas, signatures: [signatureRdata] };
  const rrsig = parseRrsig(signatureRdata);
  if (rrsig === null) throw new Error('an RRSIG of our own does not read');
  return { rrset, data: signedData(rrsig, rrset, canonicalRdatas(MX, rdatas)), signature: rrsig.signature };
}

/** ms of CPU time, user and system */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** ms for all of them */
function timeValidator(all: readonly Signed[], key: Dnskey): number {
  const started = cpuTime();
  for (const { rrset } of all) {
    const work = new WorkCounter(DEFAULT_VALIDATION_POLICY);
    const check = checkRRset({ rrset, keys: [key], zone: ZONE, now: NOW, policy: DEFAULT_VALIDATION_POLICY, work });
    if (check.result !== 'valid') throw new Error('a good signature was refused');
  }
  return cpuTime() - started;
}

function timeBare(all: readonly Signed[], key: KeyObject, hash: string | null): number {
  const started = cpuTime();
  for (const { data, signature } of all) {
    if (!verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, signature)) throw new Error('a good signature was refused');
  }
  return cpuTime() - started;
}

/** The key of a DNSKEY, taken apart here: RFC 3110 §2, RFC 6605 §4, RFC 8080 §3. */
function keyObject(algorithm: KeyAlgorithm, field: Uint8Array): KeyObject {
  const text = (from: number, to?: number): string => Buffer.from(field.subarray(from, to)).toString('base64url');
  const exponentEnd = 1 + (field[0] ?? 0);
  switch (algorithm) {
    case 'RSASHA256': return createPublicKey({ format: 'jwk', key: { kty: 'RSA', e: text(1, exponentEnd), n: text(exponentEnd) } });
    case 'ECDSAP256SHA256': return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: text(0, 32), y: text(32) } });
    case 'ED25519': return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: text(0) } });
  }
}

async function measure(algorithm: KeyAlgorithm): Promise<readonly string[]> {
  const key = await makeKey(algorithm, false);
  const dnskey = parseDnskey(key.dnskey);
  if (dnskey === null) throw new Error('a DNSKEY of our own does not read');
  const bareKey = keyObject(algorithm, dnskey.publicKey);
  const hash = algorithm === 'ED25519' ? null : 'sha256';
  const all = Array.from({ length: RRSETS }, (_, index) => signedRRset(index, key));
  const turns: { readonly validator: number; readonly bare: number }[] = [];
  for (let turn = -WARM_UP; turn < TURNS; turn += 1) {
    // Who goes first alternates too.
    const first = turn % 2 === 0 ? timeBare(all, bareKey, hash) : null;
    const validator = timeValidator(all, dnskey);
    const bare = first ?? timeBare(all, bareKey, hash);
    if (turn >= 0) turns.push({ validator, bare });
  }
  const perSecond = (ms: number): string => Math.round((RRSETS / ms) * 1000).toLocaleString('en-US');
  return [
    `${dnskey.algorithm} ${algorithm}`, perSecond(spreadOf(turns.map(({ bare }) => bare)).median), perSecond(spreadOf(turns.map(({ validator }) => validator)).median),
    spreadText(spreadOf(turns.map(({ validator, bare }) => bare / validator))),
  ];
}

process.stdout.write(`signatures a second of CPU time: ${RRSETS} RRsets of two MX records, ${TURNS} turns each; goal of the ratio: at least 0.7\n`);
const rows: (readonly string[])[] = [];
for (const algorithm of ALGORITHMS) rows.push(await measure(algorithm));
printTable(['', 'node:crypto', 'checkRRset', 'ratio: median (least to most)'], rows);
