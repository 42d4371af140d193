/** A forwarder that takes DNSSEC out of what it passes on, as resolvers did before RFC 4035 and some boxes still do. */
import type { Answering } from '../dns/server.ts';
import { DNSKEY, DS, NOERROR, NSEC, NSEC3, NSEC3PARAM, RRSIG } from '../dns/rrtype.ts';
import type { ServedZone } from '../zone/authority.ts';
import { authorityFor } from '../zone/authority.ts';

const DNSSEC_TYPES: ReadonlySet<number> = new Set([DS, RRSIG, NSEC, DNSKEY, NSEC3, NSEC3PARAM]);

/** RFC 4035 §3.2.1: without DO nothing of DNSSEC comes along, and this one never asks for it. */
export function strippingForwarder(zones: readonly ServedZone[]): Answering {
  const ask = authorityFor(zones);
  return async (query) => {
    if (DNSSEC_TYPES.has(query.type)) return { rcode: NOERROR, authoritative: false, recursionAvailable: true, answer: [], authority: [], additional: [] };
    const response = await ask({ ...query, edns: query.edns === null ? null : { ...query.edns, dnssecOk: false } });
    return { ...response, authoritative: false, recursionAvailable: true };
  };
}
