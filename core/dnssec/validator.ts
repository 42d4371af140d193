/** Checks RRsets and denials with the keys of a zone, and tells every check. */
import type { Clock } from '../base/ports.ts';
import { rrsetSubject } from '../base/subject.ts';
import { type Name, isSubdomain, labelCount, nameText, parentName, sameName } from '../dns/name.ts';
import type { RRset } from '../dns/record.ts';
import { RRTYPE, rrtypeName } from '../dns/rrtype.ts';
import { type RRsetCheck, type RRsetQuestion, checkRRset } from './check-rrset.ts';
import { type DenialClaim, type DenialOutcome, type ValidatedRRset, proveDenial } from './denial.ts';
import type { Effort, Telling } from './effort.ts';
import type { DnssecFact } from './facts.ts';
import type { ValidationPolicy } from './policy.ts';
import { parseRrsig } from './rrsig.ts';
import type { SecureZone } from './zone-trust.ts';

export type CheckRequest = Pick<RRsetQuestion, 'rrset' | 'zone' | 'keys' | 'vouched'>;

export interface DenialRequest {
  readonly name: Name;
  readonly type: number;
  readonly claim: DenialClaim;
  readonly wildcard?: Name | null;
  /** RRsets of the answer, among them NSEC and NSEC3 */
  readonly rrsets: readonly RRset[];
}

export interface TimedDenial extends DenialOutcome {
  /** seconds for which the records of the proof may be believed (RFC 4035 §5.3.3); infinite where there are none */
  readonly ttl: number;
}

/** More NSEC and NSEC3 RRsets than that in one answer prove nothing that fewer could not. */
const MAXIMUM_DENIAL_RRSETS = 24;

export class Validator {
  readonly policy: ValidationPolicy;
  readonly #clock: Clock;

  constructor(clock: Clock, policy: ValidationPolicy) {
    this.#clock = clock;
    this.policy = policy;
  }

  async *check(request: CheckRequest, effort: Effort): Telling<RRsetCheck> {
    const found = checkRRset({ ...request, now: Math.floor(this.#clock.now() / 1000), policy: this.policy, work: effort.work });
    const { owner, type } = request.rrset;
    for (const check of found.checks) yield this.#fact(owner, type, { type: 'dnssec.signature', check });
    return found;
  }

  /** Records that do not verify are left out one by one: they are neither used nor fatal. */
  async *prove(request: DenialRequest, zone: SecureZone, effort: Effort): Telling<TimedDenial> {
    const valid: ValidatedRRset[] = [];
    let ttl = Number.POSITIVE_INFINITY;
    for (const rrset of denialRRsets(request.rrsets, zone.zone).slice(0, MAXIMUM_DENIAL_RRSETS)) {
      const check = yield* this.check({ rrset, ...keysOf(zone) }, effort);
      if (check.result !== 'valid') continue;
      valid.push({ rrset, wildcard: check.wildcard });
      ttl = Math.min(ttl, check.ttl);
    }
    const outcome = proveDenial({
      zone: zone.zone, name: request.name, type: request.type, claim: request.claim, wildcard: request.wildcard ?? null,
      nsecs: valid.filter(({ rrset }) => rrset.type === RRTYPE.NSEC), nsec3s: valid.filter(({ rrset }) => rrset.type === RRTYPE.NSEC3),
      policy: this.policy, work: effort.work,
    });
    yield this.#fact(request.name, request.type, { type: 'dnssec.denial', check: outcome.check });
    return { ...outcome, ttl };
  }

  #fact(owner: Name, type: number, body: FactBody): DnssecFact {
    return { at: this.#clock.monotonic(), subject: rrsetSubject(nameText(owner), rrtypeName(type)), ...body };
  }
}

type WithoutBase<Fact> = Fact extends unknown ? Omit<Fact, 'at' | 'subject'> : never;
type FactBody = WithoutBase<DnssecFact>;

export const keysOf = ({ zone, keys }: SecureZone): Pick<SecureZone, 'zone' | 'keys'> => ({ zone, keys });

export const isDenial = ({ type }: RRset): boolean => type === RRTYPE.NSEC || type === RRTYPE.NSEC3;

/** Those that the zone itself signed: no other zone's word counts. */
const denialRRsets = (rrsets: readonly RRset[], zone: Name): RRset[] =>
  rrsets.filter((rrset) => isDenial(rrset) && signersOf([rrset]).some((signer) => sameName(signer, zone)));

export function signersOf(rrsets: readonly RRset[]): Name[] {
  return rrsets.flatMap(({ signatures }) => signatures.flatMap((rdata) => parseRrsig(rdata)?.signer ?? []));
}

/** The deepest zone that signed any of the RRsets and can hold `name`; null where there is none (RFC 4035 §5.3.1). */
export function signerFor(name: Name, rrsets: readonly RRset[], from: Name): Name | null {
  const able = signersOf(rrsets).filter((signer) => isSubdomain(name, signer) && isSubdomain(signer, from));
  return able.reduce<Name | null>((deepest, signer) => (deepest === null || labelCount(signer) > labelCount(deepest) ? signer : deepest), null);
}

/** The lowest zone that can hold an RRset: its owner, but for DS the owner's parent (RFC 4035 §3.1.4.1). */
export const lowestHolder = (owner: Name, type: number): Name => (type === RRTYPE.DS ? parentName(owner) : owner);
