/** What the NSEC and the NSEC3 proofs have in common: the shape of a proof, and what a bit map may deny. */
import { type Name, isSubdomain, labelCount, sameName, ancestor } from '../dns/name.ts';
import { RRTYPE } from '../dns/rrtype.ts';
import type { DenialCheck, DenialRecord } from './facts.ts';
import { type Nsec, type TypeSet, isDelegation } from './nsec.ts';
import type { Nsec3 } from './nsec3.ts';
import type { DenialGap } from './reason.ts';

export interface Evidence {
  readonly record: Nsec | Nsec3;
  readonly role: DenialRecord['role'];
}

/** What lies at the name: an unsigned zone cut, none, or unknown behind an opt-out span. */
export type Delegation = 'unsigned' | 'none' | 'opt-out';

export type Proof =
  | { readonly proved: true; readonly claim: DenialCheck['claim']; readonly optOut: boolean; readonly delegation: Delegation | null; readonly evidence: readonly Evidence[] }
  | { readonly proved: false; readonly gap: DenialGap; readonly evidence: readonly Evidence[] };

export const gap = (gap: DenialGap, ...evidence: readonly Evidence[]): Proof => ({ proved: false, gap, evidence });

export const proof = (
  claim: DenialCheck['claim'],
  evidence: readonly Evidence[],
  { optOut = false, delegation = null }: { readonly optOut?: boolean; readonly delegation?: Delegation | null } = {},
): Proof => ({ proved: true, claim, optOut, delegation, evidence });

/** Why the bit map at a name does not deny the type; null where it does. */
export function typeGap(types: TypeSet, name: Name, type: number): DenialGap | null {
  if (type === RRTYPE.DS) {
    // RFC 6840 §4.4: the DS lives on the parent side; the child's apex says nothing about it. The root has no parent.
    if (types.has(RRTYPE.SOA) && labelCount(name) > 0) return 'apex-record';
  } else if (isDelegation(types)) {
    // RFC 6840 §4.1: the parent side of a cut denies nothing but the DS.
    return 'delegation-record';
  }
  if (types.has(type) || (type === RRTYPE.ANY && types.size > 0)) return 'type-exists';
  // RFC 6840 §4.3: with a CNAME there, the answer would have been the CNAME.
  return types.has(RRTYPE.CNAME) ? 'alias-exists' : null;
}

/** The proof that a record at the very name gives for `no-ds`: the delegation it shows, or that there is none. */
export function noDsAt(name: Name, evidence: Evidence): Proof {
  const { types } = evidence.record;
  const hindrance = typeGap(types, name, RRTYPE.DS);
  if (hindrance !== null) return gap(hindrance, evidence);
  return proof('no-ds', [evidence], { delegation: types.has(RRTYPE.NS) ? 'unsigned' : 'none' });
}

/** RFC 4035 §5.2, RFC 6840 §4.4: NS set, DS and SOA not. */
export function insecureDelegationAt(name: Name, evidence: Evidence): Proof {
  const { types } = evidence.record;
  const hindrance = typeGap(types, name, RRTYPE.DS);
  if (hindrance !== null) return gap(hindrance, evidence);
  if (!types.has(RRTYPE.NS)) return gap('not-a-delegation', evidence);
  return proof('insecure-delegation', [evidence], { delegation: 'unsigned' });
}

/** The longest name that both lie at or below. */
export function commonAncestor(left: Name, right: Name): Name {
  for (let name = left; ; name = ancestor(name, 1)) {
    if (isSubdomain(right, name)) return name;
  }
}

/** Strictly below. */
export const isBelow = (name: Name, above: Name): boolean => isSubdomain(name, above) && !sameName(name, above);
