/** RRSIG records (RFC 4034 §3): their fields, their times, and the octets they sign. */
import { Buffer } from 'node:buffer';
import { type Name, ancestor, isWildcard, labelCount, lowerNameAt, wildcardOf } from '../dns/name.ts';
import type { RRset } from '../dns/record.ts';
import { nameAt } from './rdata-name.ts';

export interface Rrsig {
  readonly typeCovered: number;
  readonly algorithm: number;
  readonly labels: number;
  /** seconds */
  readonly originalTtl: number;
  /** 32-bit serial numbers (RFC 4034 §3.1.5) */
  readonly expiration: number;
  readonly inception: number;
  readonly keyTag: number;
  readonly signer: Name;
  readonly signature: Uint8Array;
  readonly rdata: Uint8Array;
}

const FIXED_LENGTH = 18;

/** null where fields are missing or the signer is no name. An empty signature is read: it is bogus, not absent. */
export function parseRrsig(rdata: Uint8Array): Rrsig | null {
  const signer = rdata.length > FIXED_LENGTH ? nameAt(rdata, FIXED_LENGTH) : null;
  if (signer === null) return null;
  const view = new DataView(rdata.buffer, rdata.byteOffset, rdata.byteLength);
  return {
    typeCovered: view.getUint16(0),
    algorithm: view.getUint8(2),
    labels: view.getUint8(3),
    originalTtl: view.getUint32(4),
    expiration: view.getUint32(8),
    inception: view.getUint32(12),
    keyTag: view.getUint16(16),
    signer,
    signature: rdata.subarray(FIXED_LENGTH + signer.length),
    rdata,
  };
}

/** Labels of an owner name as an RRSIG counts them: without the root and without a leading asterisk (RFC 4034 §3.1.3). */
export function signedLabelCount(owner: Name): number {
  return labelCount(owner) - (isWildcard(owner) ? 1 : 0);
}

/** The source of synthesis, where the Labels field tells that the owner was expanded from it (RFC 4035 §5.3.2). */
export function sourceOfSynthesis(rrsig: Rrsig, owner: Name): Name | null {
  if (rrsig.labels >= signedLabelCount(owner)) return null;
  return wildcardOf(ancestor(owner, labelCount(owner) - rrsig.labels));
}

/** The octets that were signed (RFC 4035 §5.3.2). `rdatas` are canonical and in order. */
export function signedData(rrsig: Rrsig, rrset: RRset, rdatas: readonly Uint8Array[]): Uint8Array {
  const owner = sourceOfSynthesis(rrsig, rrset.owner) ?? rrset.owner;
  const start = FIXED_LENGTH + rrsig.signer.length;
  // From Node's pool: the octets live for one check only.
  const octets = Buffer.allocUnsafe(rdatas.reduce((length, rdata) => length + owner.length + RECORD_FIELDS + rdata.length, start));
  octets.set(rrsig.rdata.subarray(0, start));
  lowerNameAt(octets, FIXED_LENGTH, rrsig.signer.length);
  let offset = start;
  for (const rdata of rdatas) {
    octets.set(owner, offset);
    lowerNameAt(octets, offset, owner.length);
    offset = writeFields(octets, offset + owner.length, { rrset, originalTtl: rrsig.originalTtl, rdataLength: rdata.length });
    octets.set(rdata, offset);
    offset += rdata.length;
  }
  return octets;
}

/** of type, class, TTL and length of the RDATA */
const RECORD_FIELDS = 10;

interface RecordFields {
  readonly rrset: RRset;
  /** and not the one received */
  readonly originalTtl: number;
  readonly rdataLength: number;
}

function writeFields(octets: Buffer, start: number, { rrset, originalTtl, rdataLength }: RecordFields): number {
  octets.writeUInt16BE(rrset.type, start);
  octets.writeUInt16BE(rrset.class, start + 2);
  octets.writeUInt32BE(originalTtl, start + 4);
  return octets.writeUInt16BE(rdataLength, start + 8);
}

/** How far `later` lies after `earlier` on the circle of 32-bit serial numbers, negative if before (RFC 1982 §3.2). */
export function serialDistance(earlier: number, later: number): number {
  return (later - earlier) | 0;
}

export type SignatureTime =
  | { readonly state: 'current'; readonly secondsLeft: number }
  | { readonly state: 'expired'; readonly seconds: number }
  | { readonly state: 'not-yet-valid'; readonly seconds: number };

/** Both ends belong to the validity period (RFC 4035 §5.3.1). `now` and `skew` in seconds. */
export function signatureTime(rrsig: Rrsig, now: number, skew: number): SignatureTime {
  const untilInception = serialDistance(now, rrsig.inception);
  if (untilInception > skew) return { state: 'not-yet-valid', seconds: untilInception };
  const untilExpiration = serialDistance(now, rrsig.expiration);
  if (untilExpiration < -skew) return { state: 'expired', seconds: -untilExpiration };
  return { state: 'current', secondsLeft: Math.max(0, untilExpiration) };
}
