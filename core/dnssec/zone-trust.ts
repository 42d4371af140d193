/** How far trust reaches at a zone: the keys that speak for it, or why none do. */
import type { Name } from '../dns/name.ts';
import type { Dnskey } from './dnskey.ts';
import type { Cause } from './reason.ts';
import type { SecurityStatus } from './status.ts';

export type ZoneTrust =
  | { readonly status: 'secure'; readonly zone: Name; readonly keys: readonly Dnskey[]; readonly chain: readonly Name[]; readonly ttl: number }
  | { readonly status: Exclude<SecurityStatus, 'secure'>; readonly zone: Name; readonly cause: Cause; readonly chain: readonly Name[]; readonly ttl: number };

export type SecureZone = Extract<ZoneTrust, { readonly status: 'secure' }>;

/** seconds for which what is not secure may be believed: a broken zone is asked again soon (RFC 4035 §4.7) */
export const FAILURE_TTL = 5;
/** seconds for which the rest may be, whatever its TTL */
export const MAXIMUM_TTL = 86_400;

const STRENGTH: { readonly [status in SecurityStatus]: number } = { secure: 3, insecure: 2, indeterminate: 1, bogus: 0 };

/** A chain is as strong as its weakest link (RFC 4035 §4.3). */
export function weakest(statuses: readonly SecurityStatus[]): SecurityStatus {
  return statuses.reduce((weak, status) => (STRENGTH[status] < STRENGTH[weak] ? status : weak), 'secure');
}
