/** What a parent's answer tells about a name: a secure delegation, an unsigned one, or none (RFC 4035 §5.2). */
import { isSubdomain, nameText, sameName, type Name } from '../dns/name.ts';
import type { Message, RRset } from '../dns/record.ts';
import { groupRRsets } from '../dns/rrset.ts';
import { RRTYPE } from '../dns/rrtype.ts';
import { isStrictlyBelow } from './dname.ts';
import type { Effort, Telling } from './effort.ts';
import type { Cause } from './reason.ts';
import type { Validator } from './validator.ts';
import { isDenial, keysOf, signerFor } from './validator.ts';
import type { SecureZone } from './zone-trust.ts';

export type CutEvidence =
  | { readonly kind: 'secure'; readonly ds: RRset; readonly ttl: number }
  | { readonly kind: 'insecure'; readonly cause: Cause; readonly ttl: number }
  | { readonly kind: 'no-cut'; readonly ttl: number }
  /** the records are signed by a zone between this one and the name, so that there is a cut above */
  | { readonly kind: 'signed-below'; readonly signer: Name }
  | { readonly kind: 'bogus'; readonly cause: Cause }
  /** nobody could be asked */
  | { readonly kind: 'unknown'; readonly cause: Cause };

/** Whose keys decide, and on whose account. */
export interface Witness {
  readonly parent: SecureZone;
  readonly validator: Validator;
  readonly effort: Effort;
}

/** `message` answers the question for the DS of `name`, or refers to it. */
export async function* readCut(message: Message, name: Name, witness: Witness): Telling<CutEvidence> {
  const { parent } = witness;
  const rrsets = groupRRsets([...message.answer, ...message.authority]);
  const at = (type: number): RRset | undefined => rrsets.find((rrset) => rrset.type === type && sameName(rrset.owner, name));
  const ds = at(RRTYPE.DS);
  const relevant = ds === undefined ? rrsets.filter((rrset) => isDenial(rrset) || rrset.type === RRTYPE.CNAME) : [ds];
  const signer = signerFor(name, relevant, parent.zone);
  if (signer !== null && !sameName(signer, parent.zone) && !sameName(signer, name)) return { kind: 'signed-below', signer };
  if (ds !== undefined) return yield* readDs(ds, witness);
  const alias = at(RRTYPE.CNAME) ?? rrsets.find((rrset) => rrset.type === RRTYPE.DNAME && isStrictlyBelow(name, rrset.owner) && isSubdomain(rrset.owner, parent.zone));
  if (alias !== undefined) return yield* readAlias(alias, { name, rrsets }, witness);
  return yield* readDenial(rrsets, name, witness);
}

async function* readDs(ds: RRset, { parent, validator, effort }: Witness): Telling<CutEvidence> {
  const check = yield* validator.check({ rrset: ds, ...keysOf(parent) }, effort);
  if (check.result === 'bogus') return { kind: 'bogus', cause: check.cause as Cause };
  if (check.wildcard === null) return { kind: 'secure', ds, ttl: check.ttl };
  // A wildcard has no delegations (RFC 4592 §4.2), so an expanded DS is a forgery.
  return { kind: 'bogus', cause: { code: 'signature-labels', owner: nameText(ds.owner), rrtype: 'DS', labels: 0 } };
}

interface Found {
  readonly name: Name;
  readonly rrsets: readonly RRset[];
}

/** An alias in place of the DS is no proof of insecurity; a valid one shows that no zone begins here (RFC 1034 §3.6.2, RFC 6672 §2.4). */
async function* readAlias(alias: RRset, { name, rrsets }: Found, { parent, validator, effort }: Witness): Telling<CutEvidence> {
  const check = yield* validator.check({ rrset: alias, ...keysOf(parent) }, effort);
  if (check.result === 'bogus') return { kind: 'bogus', cause: { code: 'alias-for-key-material', owner: nameText(name), rrtype: 'DS' } };
  if (check.wildcard === null) return { kind: 'no-cut', ttl: check.ttl };
  const denial = yield* validator.prove({ name, type: RRTYPE.DS, claim: 'wildcard-expansion', wildcard: check.wildcard, rrsets }, parent, effort);
  if (denial.status === 'not-proved') return { kind: 'bogus', cause: denial.cause as Cause };
  return denial.cause === null ? { kind: 'no-cut', ttl: check.ttl } : { kind: 'insecure', cause: denial.cause, ttl: check.ttl };
}

/** seconds; a delegation that gets its DS is seen again within the hour */
const MAXIMUM_DENIAL_TTL = 3600;

async function* readDenial(rrsets: readonly RRset[], name: Name, { parent, validator, effort }: Witness): Telling<CutEvidence> {
  const denial = yield* validator.prove({ name, type: RRTYPE.DS, claim: 'no-ds', rrsets }, parent, effort);
  const ttl = Math.min(denial.ttl, MAXIMUM_DENIAL_TTL);
  if (denial.status === 'not-proved') return { kind: 'bogus', cause: denial.cause as Cause };
  switch (denial.delegation) {
    case 'unsigned':
    case 'opt-out':
      return { kind: 'insecure', cause: denial.cause ?? { code: 'insecure-delegation', zone: nameText(name), parent: nameText(parent.zone) }, ttl };
    case 'none':
    case null:
      return { kind: 'no-cut', ttl };
  }
}
