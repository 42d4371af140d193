/** How this stage asks the DNS, and what an answer means to a sender. */
import type { DnsFact, Lookup } from '../dns/facts.ts';
import type { DnssecFact } from '../dnssec/facts.ts';
import type { DestinationFact } from './facts.ts';

/** Names in presentation form without trailing dot; the mnemonic of the type. Never throws for what the network does. */
export type LookUp = (name: string, rrtype: string) => AsyncGenerator<DnsFact | DnssecFact, Lookup>;

export type Told = DnsFact | DnssecFact | DestinationFact;

/**
 * Bogus and indeterminate answers, SERVFAIL and the like are failures, never "no records" (RFC 7672 §2.1.1, §2.1.2); a
 * denial, secure or insecure, is not.
 */
export const lookupFailed = ({ status, rcode }: Lookup): boolean =>
  status === 'bogus' || status === 'indeterminate' || (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN');

export const hasRecords = (lookup: Lookup): boolean => !lookupFailed(lookup) && lookup.records.some(({ type }) => type === lookup.rrtype);

/**
 * RFC 4343: names are compared without regard to case. `nameText` writes no trailing dot: a dot at the end is part of the last
 * label, and stays.
 */
export const plainName = (name: string): string => name.toLowerCase();
