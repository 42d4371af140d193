/** The NSEC records of a zone (RFC 4034 §4, RFC 4035 §2.3). */
import { concatBytes } from '../../core/base/bytes.ts';
import type { Name } from '../../core/dns/name.ts';
import { compareNames, nameKey } from '../../core/dns/name.ts';
import { NSEC, RRSIG } from '../dns/rrtype.ts';
import type { UnsignedRRset } from './signer.ts';
import type { Node } from './tree.ts';
import { ownTypes } from './tree.ts';
import { typeBitmap } from './type-bitmap.ts';

/** In canonical order; the last points to the apex. Empty non-terminals and glue have none. */
export function nsecChain(nodes: Iterable<Node>, ttl: number): UnsignedRRset[] {
  const owners = [...nodes].filter((node) => node.kind !== 'glue' && node.rrsets.size > 0);
  return owners.map((node, index) => {
    const next = owners[(index + 1) % owners.length] as Node;
    const rdata = concatBytes(next.owner, typeBitmap([...ownTypes(node), RRSIG, NSEC]));
    return { owner: node.owner, type: NSEC, ttl, rdatas: [rdata] };
  });
}

/** Index of the NSEC whose span holds the name, or whose owner it is. */
export function nsecCovering(owners: readonly Name[], name: Name): number {
  const after = owners.findIndex((owner) => compareNames(owner, name) > 0);
  return after === -1 ? owners.length - 1 : after - 1;
}

export const nsecIndex = (owners: readonly Name[], name: Name): number => owners.findIndex((owner) => nameKey(owner) === nameKey(name));
