/** Denies an empty non-terminal as if nothing were below it, against RFC 8020 §2. */
import { concatBytes } from '../../core/base/bytes.ts';
import type { Name } from '../../core/dns/name.ts';
import { labelsOf, parentName, prependLabel } from '../../core/dns/name.ts';
import type { Response } from '../dns/response.ts';
import { NSEC, NXDOMAIN, RRSIG, SOA } from '../dns/rrtype.ts';
import { recordsOf } from './rrset.ts';
import { ownTypes } from './tree.ts';
import { typeBitmap } from './type-bitmap.ts';
import type { Zone } from './zone.ts';

/** One NSEC from the parent name to just behind the denied one: it covers the name, its wildcard, and untruly all below it. */
export function falseNameError(zone: Zone, name: Name): Response {
  const parent = zone.node(parentName(name));
  const apex = zone.node(zone.apex);
  const soa = apex === undefined ? null : zone.rrset(apex, SOA);
  if (parent === undefined || soa === null) throw new Error('the parent of a denied name must exist');
  const label = labelsOf(name)[0] as Uint8Array;
  const next = prependLabel(concatBytes(label, Uint8Array.of(0)), parent.owner);
  const rdata = concatBytes(next, typeBitmap([...ownTypes(parent), RRSIG, NSEC]));
  const proof = zone.sign({ owner: parent.owner, type: NSEC, ttl: zone.negativeTtl, rdatas: [rdata] });
  return {
    rcode: NXDOMAIN, authoritative: true, answer: [], additional: [],
    authority: [...recordsOf(soa, { dnssecOk: true, ttl: zone.negativeTtl }), ...recordsOf(proof, { dnssecOk: true })],
  };
}
