/** Which NSEC or NSEC3 records go with a negative answer, a referral or a wildcard (RFC 4035 §3.1.3, RFC 5155 §7.2). */
import type { Name } from '../../core/dns/name.ts';
import { ancestor, labelCount, wildcardOf } from '../../core/dns/name.ts';
import { nsecCovering, nsecIndex } from './nsec-chain.ts';
import { hashName, nsec3Covering } from './nsec3-chain.ts';
import type { SignedRRset } from './rrset.ts';
import type { Node } from './tree.ts';
import type { Zone } from './zone.ts';

/** The deepest existing ancestor of a name that does not exist (RFC 4592 §3.3.1). */
export function closestEncloser(zone: Zone, name: Name): Node {
  for (let above = 1; ; above += 1) {
    const node = zone.node(ancestor(name, above));
    if (node !== undefined) return node;
  }
}

/** The name exists, the type does not (RFC 4035 §3.1.3.1; RFC 5155 §7.2.3, §7.2.4). */
export function noDataProof(zone: Zone, name: Name): SignedRRset[] {
  const { denial } = zone;
  if (denial.kind === 'none') return [];
  // An empty non-terminal has no NSEC of its own: the one that covers it points below it (RFC 4034 §4.1.1).
  if (denial.kind === 'nsec') return signedAt(zone, [nsecCovering(denial.chain.map((rrset) => rrset.owner), name)]);
  const index = matching(zone, name);
  return index === null ? closestEncloserProof(zone, name) : signedAt(zone, [index]);
}

/** Neither the name nor a wildcard for it exists (RFC 4035 §3.1.3.2; RFC 5155 §7.2.2). */
export function nameErrorProof(zone: Zone, name: Name): SignedRRset[] {
  const { denial } = zone;
  if (denial.kind === 'none') return [];
  if (denial.kind === 'nsec') {
    const owners = denial.chain.map((rrset) => rrset.owner);
    return signedAt(zone, [nsecCovering(owners, name), nsecCovering(owners, wildcardOf(closestEncloser(zone, name).owner))]);
  }
  const wildcard = nsec3Covering(denial.chain, hashName(wildcardOf(ancestor(name, provableEncloser(zone, name))), denial.iterations));
  return unique([...closestEncloserProof(zone, name), ...signedAt(zone, [wildcard])]);
}

/** The name itself does not exist, so that the wildcard answers (RFC 4035 §3.1.3.3; RFC 5155 §7.2.6). */
export function wildcardProof(zone: Zone, name: Name): SignedRRset[] {
  const { denial } = zone;
  if (denial.kind === 'none') return [];
  if (denial.kind === 'nsec') return signedAt(zone, [nsecCovering(denial.chain.map((rrset) => rrset.owner), name)]);
  return signedAt(zone, [nsec3Covering(denial.chain, hashName(nextCloser(zone, name), denial.iterations))]);
}

/** The wildcard answers but has no such type (RFC 4035 §3.1.3.4; RFC 5155 §7.2.5). */
export function wildcardNoDataProof(zone: Zone, name: Name, wildcard: Name): SignedRRset[] {
  const own = zone.denial.kind === 'nsec3' ? closestEncloserProof(zone, name) : wildcardProof(zone, name);
  return unique([...own, ...noDataProof(zone, wildcard)]);
}

/** RFC 5155 §7.2.1: the closest provable encloser, and the next closer name covered. */
function closestEncloserProof(zone: Zone, name: Name): SignedRRset[] {
  if (zone.denial.kind !== 'nsec3') return [];
  const above = provableEncloser(zone, name);
  const encloser = matching(zone, ancestor(name, above));
  return signedAt(zone, [...(encloser === null ? [] : [encloser]), nsec3Covering(zone.denial.chain, hashName(ancestor(name, above - 1), zone.denial.iterations))]);
}

/** How many labels above the name the closest ancestor with an NSEC3 is: opt-out leaves some out (RFC 5155 §1.3). */
function provableEncloser(zone: Zone, name: Name): number {
  const limit = labelCount(name) - labelCount(zone.apex);
  for (let above = 1; above < limit; above += 1) if (matching(zone, ancestor(name, above)) !== null) return above;
  return limit;
}

function nextCloser(zone: Zone, name: Name): Name {
  const encloser = closestEncloser(zone, name).owner;
  return ancestor(name, labelCount(name) - labelCount(encloser) - 1);
}

/** Index of the NSEC or NSEC3 of the name itself. */
function matching(zone: Zone, name: Name): number | null {
  const { denial } = zone;
  if (denial.kind === 'none') return null;
  if (denial.kind === 'nsec') return found(nsecIndex(denial.chain.map((rrset) => rrset.owner), name));
  const hash = Buffer.from(hashName(name, denial.iterations));
  return found(denial.chain.findIndex((rrset) => hash.equals(rrset.hash)));
}

const found = (index: number): number | null => index === -1 ? null : index;

function signedAt(zone: Zone, indexes: readonly number[]): SignedRRset[] {
  const { denial } = zone;
  if (denial.kind === 'none') return [];
  return [...new Set(indexes)].flatMap((index) => {
    const rrset = denial.chain[index];
    return rrset === undefined ? [] : [zone.sign(rrset)];
  });
}

const unique = (rrsets: readonly SignedRRset[]): SignedRRset[] => [...new Set(rrsets)];
