/** Automated updates of trust anchors (RFC 5011) as a pure state machine: what was known, what is seen, what is trusted after it. */
import { assertNever } from '../base/assert-never.ts';
import { equalBytes } from '../base/bytes.ts';
import { parseDnskey } from '../dnssec/dnskey.ts';
import type { Dnskey } from '../dnssec/dnskey.ts';

/** RFC 5011 §4.2; a key in state Start is one that is not tracked. */
export const KEY_STATES = ['AddPend', 'Valid', 'Missing', 'Revoked', 'Removed'] as const;
export type KeyState = (typeof KEY_STATES)[number];

export interface TrackedKey {
  /** DNSKEY RDATA without the REVOKE flag: a key keeps its identity when it is revoked, though not its key tag (RFC 5011 §2.1) */
  readonly rdata: Uint8Array;
  readonly state: KeyState;
  /** ms since 1970, when it came into this state; for AddPend when it was first seen */
  readonly since: number;
  /** ms since 1970; null where no hold-down runs */
  readonly holdDownUntil: number | null;
}

/** A DNSKEY RRset of the trust point that validated under a trust anchor. */
export interface Sighting {
  /** ms since 1970 */
  readonly at: number;
  readonly keys: readonly Dnskey[];
  /** those with the REVOKE flag that signed the RRset themselves; a revocation by anybody else counts for nothing (RFC 5011 §2.1) */
  readonly selfRevoked: readonly Dnskey[];
  /** seconds */
  readonly originalTtl: number;
}

export interface Transition {
  readonly rdata: Uint8Array;
  readonly from: KeyState | 'Start';
  readonly to: KeyState | 'Start';
}

export interface Observed {
  readonly keys: readonly TrackedKey[];
  readonly transitions: readonly Transition[];
}

const DAY = 86_400_000;
/** ms, RFC 5011 §2.4.1 and §2.4.2 */
export const HOLD_DOWN = 30 * DAY;
/** A zone that publishes more secure entry points is not followed into all of them (RFC 5011 §2.4.3 asks for five). */
const MAXIMUM_TRACKED = 50;

/** @param isConfigured whether an anchor that a person or IANA gave is this key: such a key is valid without hold-down (RFC 5011 §2.4) */
export function observe(known: readonly TrackedKey[], sighting: Sighting, isConfigured: (rdata: Uint8Array) => boolean): Observed {
  const followed = known.map((key) => ({ before: key, after: follow(key, sighting, isConfigured(key.rdata)) }));
  const seen = [...sighting.selfRevoked, ...sighting.keys.filter(({ revoked }) => !revoked)].filter(isEntryPoint);
  const fresh = seen.map(({ rdata }) => withoutRevoke(rdata)).filter((rdata) => !known.some((key) => equalBytes(key.rdata, rdata)));
  const started = distinct(fresh).flatMap((rdata) => start(rdata, sighting, isConfigured(rdata)) ?? []).slice(0, Math.max(0, MAXIMUM_TRACKED - known.length));
  const moved = followed.filter(({ before, after }) => after?.state !== before.state);
  return {
    keys: [...followed.flatMap(({ after }) => after ?? []), ...started],
    transitions: [
      ...moved.map(({ before, after }) => ({ rdata: before.rdata, from: before.state, to: after?.state ?? 'Start' as const })),
      ...started.map(({ rdata, state }) => ({ rdata, from: 'Start' as const, to: state })),
    ],
  };
}

/** Trust rests on these alone: a key is trusted while it is missing, but not before its hold-down ended (RFC 5011 §4.1). */
export const isTrusted = ({ state }: TrackedKey): boolean => state === 'Valid' || state === 'Missing';
/** Once revoked, never trusted again (RFC 5011 §2.1). */
export const isDistrusted = ({ state }: TrackedKey): boolean => state === 'Revoked' || state === 'Removed';

/** RFC 5011 §3: a zone key with the Secure Entry Point flag. */
const isEntryPoint = ({ zoneKey, sep, protocol }: Dnskey): boolean => zoneKey && sep && protocol === 3;

/** The state of a tracked key after a sighting; null: Start, which is to forget it. RFC 5011 §4.2, row by row. */
function follow(key: TrackedKey, sighting: Sighting, configured: boolean): TrackedKey | null {
  const revoked = sighting.selfRevoked.some(({ rdata }) => equalBytes(withoutRevoke(rdata), key.rdata));
  const present = sighting.keys.some(({ rdata }) => equalBytes(rdata, key.rdata));
  const enter = (state: KeyState, holdDownUntil: number | null = null): TrackedKey => ({ rdata: key.rdata, state, since: sighting.at, holdDownUntil });
  switch (key.state) {
    case 'AddPend':
      if (configured) return revoked ? enter('Revoked', sighting.at + HOLD_DOWN) : enter(present ? 'Valid' : 'Missing');
      // RFC 5011 §2.2, §2.4.1: a key that is away before its time is over starts anew.
      if (!present) return null;
      return sighting.at >= (key.holdDownUntil ?? Number.POSITIVE_INFINITY) ? enter('Valid') : key;
    case 'Valid':
      if (revoked) return enter('Revoked', sighting.at + HOLD_DOWN);
      return present ? key : enter('Missing');
    case 'Missing':
      if (revoked) return enter('Revoked', sighting.at + HOLD_DOWN);
      return present ? enter('Valid') : key;
    case 'Revoked':
      // RFC 5011 §2.4.2
      return sighting.at >= (key.holdDownUntil ?? Number.POSITIVE_INFINITY) ? enter('Removed') : key;
    case 'Removed': return key;
    default: return assertNever(key.state);
  }
}

/** NewKey of RFC 5011 §4.2; null for a revoked key that nobody trusted. */
function start(rdata: Uint8Array, sighting: Sighting, configured: boolean): TrackedKey | null {
  const revoked = sighting.selfRevoked.some((key) => equalBytes(withoutRevoke(key.rdata), rdata));
  if (revoked) return configured ? { rdata, state: 'Revoked', since: sighting.at, holdDownUntil: sighting.at + HOLD_DOWN } : null;
  if (configured) return { rdata, state: 'Valid', since: sighting.at, holdDownUntil: null };
  // RFC 5011 §2.4.1: 30 days, or the original TTL of the first RRset with the key where that is longer.
  return { rdata, state: 'AddPend', since: sighting.at, holdDownUntil: sighting.at + Math.max(HOLD_DOWN, sighting.originalTtl * 1000) };
}

const REVOKE = 0x80;

/** A copy with the REVOKE flag cleared. */
export function withoutRevoke(rdata: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(rdata);
  copy[1] = (copy[1] ?? 0) & ~REVOKE;
  return copy;
}

export const keyOf = (rdata: Uint8Array): Dnskey => {
  const key = parseDnskey(rdata);
  if (key === null) throw new Error('a tracked key is no DNSKEY');
  return key;
};

const distinct = (list: readonly Uint8Array[]): Uint8Array[] => list.filter((item, index) => list.findIndex((other) => equalBytes(other, item)) === index);

/** ms until the RRset should be looked at again (RFC 5011 §2.3). @param signatureLeft seconds the signature still lasts */
export function refreshInterval({ originalTtl, signatureLeft }: { readonly originalTtl: number; readonly signatureLeft: number }): number {
  return Math.max(3_600_000, Math.min(15 * DAY, originalTtl * 500, signatureLeft * 500));
}
