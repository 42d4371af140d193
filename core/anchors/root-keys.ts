/** The key signing keys of the root with the dates IANA published or announced for them. */
import { equalBytes, toHex } from '../base/bytes.ts';
import { ROOT, sameName } from '../dns/name.ts';
import { dsDigest, parseDs } from '../dnssec/ds.ts';
import type { TrustAnchor } from '../dnssec/trust-anchor.ts';

export interface RootKey {
  readonly label: string;
  readonly keyTag: number;
  /** SHA-256, hexadecimal */
  readonly digest: string;
  /** ISO dates: in the root zone since */
  readonly published: string;
  /** signs from, and until another one does; null: no end is announced */
  readonly signsFrom: string;
  readonly signsUntil: string | null;
  /** published with the REVOKE flag from (RFC 5011 §2.1); null: not announced */
  readonly revoked: string | null;
}

/** ISO date on which the table below and the built-in anchors were last held against what IANA publishes. */
export const ANCHORS_AS_OF = '2026-11-24';

export const ROOT_KEYS: readonly RootKey[] = [
  {
    label: 'KSK-2010', keyTag: 19036, digest: '49aac11d7b6f6446702e54a1607371607a1a41855200fd2ce1cdde32f24e8fb5',
    published: '2010-07-15', signsFrom: '2010-07-15', signsUntil: '2018-10-11', revoked: '2019-01-11',
  },
  {
    label: 'KSK-2017', keyTag: 20326, digest: 'e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d',
    published: '2017-07-11', signsFrom: '2018-10-11', signsUntil: '2026-10-11', revoked: '2027-01-11',
  },
  {
    label: 'KSK-2024', keyTag: 38696, digest: '683d2d0acb8c9b712a1948b27f741219298d0a450d612c483af444a4c0fb2b16',
    published: '2025-01-11', signsFrom: '2026-10-11', signsUntil: null, revoked: null,
  },
];

/** The key an anchor stands for, by digest: a key tag alone would do for any number of keys. Null for keys that are not the root's. */
export function rootKeyOf({ zone, kind, rdata }: TrustAnchor): RootKey | null {
  if (!sameName(zone, ROOT)) return null;
  const ds = kind === 'DS' ? parseDs(rdata) : null;
  if (kind === 'DS' && ds?.digestType !== 2) return null;
  const digest = ds === null ? dsDigest(ROOT, rdata, 2) : ds.digest;
  return digest === null ? null : ROOT_KEYS.find((key) => key.digest === toHex(digest)) ?? null;
}

/** Whether a DS or DNSKEY anchor stands for this DNSKEY RDATA. */
export function standsFor(anchor: TrustAnchor, rdata: Uint8Array): boolean {
  if (anchor.kind === 'DNSKEY') return equalBytes(anchor.rdata, rdata);
  const ds = parseDs(anchor.rdata);
  if (ds === null || ds.algorithm !== rdata[3]) return false;
  const digest = dsDigest(anchor.zone, rdata, ds.digestType);
  return digest !== null && equalBytes(digest, ds.digest);
}
