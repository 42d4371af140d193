/** The NSEC3 records of a zone (RFC 5155 §7.1): SHA-1 without salt, and without iterations where nothing else is wanted (RFC 9276 §3.1). */
import { createHash } from 'node:crypto';
import { compareBytes, concatBytes } from '../../core/base/bytes.ts';
import type { Name } from '../../core/dns/name.ts';
import { isSubdomain, lowerName, prependLabel } from '../../core/dns/name.ts';
import { uint16 } from '../dns/rdata.ts';
import { DS, NSEC3, NSEC3PARAM, RRSIG } from '../dns/rrtype.ts';
import type { UnsignedRRset } from './signer.ts';
import type { Node } from './tree.ts';
import { isSigned, ownTypes } from './tree.ts';
import { typeBitmap } from './type-bitmap.ts';

const SHA1 = 1;
const OPT_OUT = 1;

export interface HashedRRset extends UnsignedRRset {
  readonly hash: Uint8Array;
}

/** RFC 5155 §5, with an empty salt */
export function hashName(name: Name, iterations: number): Uint8Array {
  let digest: Uint8Array = lowerName(name);
  for (let round = 0; round <= iterations; round += 1) digest = createHash('sha1').update(digest).digest();
  return new Uint8Array(digest);
}

/** RDATA of NSEC3PARAM; its flags stay clear even with opt-out (RFC 5155 §4.1.2). */
export const nsec3Parameters = (apex: Name, { ttl, iterations }: { readonly ttl: number; readonly iterations: number }): UnsignedRRset =>
  ({ owner: apex, type: NSEC3PARAM, ttl, rdatas: [concatBytes(Uint8Array.of(SHA1, 0), uint16(iterations), Uint8Array.of(0))] });

export interface Nsec3Options {
  /** seconds */
  readonly ttl: number;
  readonly optOut: boolean;
  readonly iterations: number;
}

/** In order of the hashes; the last points to the first. Empty non-terminals have one, glue has none. */
export function nsec3Chain(apex: Name, nodes: readonly Node[], options: Nsec3Options): HashedRRset[] {
  const kept = nodes.filter((node) => node.kind !== 'glue' && !(options.optOut && isLeftOut(node, nodes)));
  const hashed = kept.map((node) => ({ node, hash: hashName(node.owner, options.iterations) })).sort((left, right) => compareBytes(left.hash, right.hash));
  return hashed.map(({ node, hash }, index) => {
    const next = hashed[(index + 1) % hashed.length]?.hash ?? hash;
    const head = concatBytes(Uint8Array.of(SHA1, options.optOut ? OPT_OUT : 0), uint16(options.iterations), Uint8Array.of(0, next.length));
    const rdata = concatBytes(head, next, typeBitmap(typesAt(node)));
    return { owner: prependLabel(base32Hex(hash), apex), type: NSEC3, ttl: options.ttl, rdatas: [rdata], hash };
  });
}

/** RRSIG only where something is signed (RFC 5155 §7.1): not at an unsigned delegation, not at an empty non-terminal. */
function typesAt(node: Node): number[] {
  const types = ownTypes(node);
  return types.some((type) => isSigned(node, type)) ? [...types, RRSIG] : types;
}

/** RFC 5155 §7.1: unsigned delegations, and empty non-terminals above nothing else. */
function isLeftOut(node: Node, nodes: readonly Node[]): boolean {
  if (node.kind === 'cut') return !node.rrsets.has(DS);
  if (node.rrsets.size > 0) return false;
  const below = nodes.filter((other) => other !== node && other.kind !== 'glue' && other.rrsets.size > 0 && isSubdomain(other.owner, node.owner));
  return below.every((other) => other.kind === 'cut' && !other.rrsets.has(DS));
}

/** Index of the NSEC3 whose span holds the hash, or whose hash it is. */
export function nsec3Covering(chain: readonly HashedRRset[], hash: Uint8Array): number {
  const after = chain.findIndex((rrset) => compareBytes(rrset.hash, hash) > 0);
  return after <= 0 ? chain.length - 1 : after - 1;
}

const ALPHABET = '0123456789abcdefghijklmnopqrstuv';

/** RFC 4648 §7; 20 octets give 32 characters and no padding. */
function base32Hex(bytes: Uint8Array): Uint8Array {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const text = (bits.match(/.{5}/g) ?? []).map((group) => ALPHABET[Number.parseInt(group, 2)]).join('');
  return new TextEncoder().encode(text);
}
