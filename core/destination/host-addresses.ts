/** The addresses of a host, and what their security allows (RFC 7672 §2.2.2). */
import { parallel } from '../base/parallel.ts';
import type { Lookup } from '../dns/facts.ts';
import type { SecurityStatus } from '../dnssec/status.ts';
import { weakest } from '../dnssec/zone-trust.ts';
import type { HostAddress } from './facts.ts';
import { hasRecords, lookupFailed, plainName, type LookUp, type Told } from './look-up.ts';

export interface HostAddresses {
  readonly name: string;
  readonly addresses: readonly HostAddress[];
  readonly status: SecurityStatus;
  readonly canonicalName: string;
  /** owner names that may hold the TLSA RRset, in order of trying; empty where DANE does not apply */
  readonly candidates: readonly string[];
  /** the lookup that is why there are no addresses, or why they do not count; null where all is well */
  readonly failure: Lookup | null;
  /** both families are denied: there is nothing to connect to, and nothing failed (RFC 5321 §5.1) */
  readonly denied: boolean;
  readonly lookups: readonly Lookup[];
}

/** more addresses than any sender tries */
export const MAXIMUM_ADDRESSES = 16;

/**
 * A and AAAA at once, whichever families are to be tested: a host has no address only where both are denied (RFC 5321 §5.1). One
 * family that fails does not take the other with it (RFC 7672 §2.2.2).
 */
export async function* findAddresses(name: string, lookUp: LookUp): AsyncGenerator<Told, HostAddresses> {
  return hostAddresses(name, yield* parallel([lookUp(name, 'A'), lookUp(name, 'AAAA')]));
}

export function hostAddresses(name: string, lookups: readonly Lookup[]): HostAddresses {
  const answered = lookups.filter(hasRecords);
  const failure = answered.length > 0 ? null : (lookups.find(lookupFailed) ?? null);
  const statuses = answered.length > 0 ? answered.map(({ status }) => status) : lookups.map(({ status }) => status);
  // One secure family is enough for DANE to apply (RFC 7672 §2.2.2), so it names the candidates.
  const deciding = answered.find(({ status }) => status === 'secure') ?? answered[0] ?? lookups[0];
  return {
    name, lookups, failure,
    addresses: answered.flatMap(addressesOf),
    status: weakest(statuses),
    canonicalName: plainName(deciding?.canonicalName ?? name),
    candidates: answered.length === 0 || deciding === undefined ? [] : tlsaCandidates(name, deciding),
    denied: answered.length === 0 && failure === null,
  };
}

const addressesOf = (lookup: Lookup): HostAddress[] =>
  lookup.records.filter(({ type }) => type === lookup.rrtype)
    .map(({ text }) => ({ address: text, family: lookup.rrtype === 'A' ? 4 : 6, status: lookup.status }));

/**
 * TLSA base domain candidates (RFC 7672 §2.2.2, §2.2.3): of an alias whose chain is secure the fully expanded name, then the
 * name itself; of an alias with a secure initial CNAME but insecure addresses the name itself; names between never.
 */
function tlsaCandidates(name: string, lookup: Lookup): string[] {
  const canonical = plainName(lookup.canonicalName);
  if (lookup.status === 'secure') return canonical === name ? [name] : [canonical, name];
  return lookup.aliases[0]?.status === 'secure' ? [name] : [];
}
