/** RRsets of a zone with their signatures. */
import type { Name } from '../../core/dns/name.ts';
import type { ZoneRecord } from '../dns/response.ts';
import { RRSIG } from '../dns/rrtype.ts';

export interface SignedRRset {
  readonly owner: Name;
  readonly type: number;
  readonly ttl: number;
  readonly rdatas: readonly Uint8Array[];
  /** RDATA of the RRSIG records; empty in an unsigned zone */
  readonly signatures: readonly Uint8Array[];
}

/** The records to send, with their RRSIGs for who asked for them (RFC 4035 §3.1.1). */
export function recordsOf(rrset: SignedRRset, options: { readonly dnssecOk: boolean; readonly owner?: Name; readonly ttl?: number }): ZoneRecord[] {
  const owner = options.owner ?? rrset.owner;
  const ttl = options.ttl ?? rrset.ttl;
  const records = rrset.rdatas.map((rdata) => ({ owner, type: rrset.type, ttl, rdata }));
  if (!options.dnssecOk) return records;
  return [...records, ...rrset.signatures.map((rdata) => ({ owner, type: RRSIG, ttl, rdata }))];
}
