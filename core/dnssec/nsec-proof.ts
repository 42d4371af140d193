/** Proofs with NSEC records (RFC 4035 §5.4, RFC 6840 §4). The records are validated, unexpanded and from the zone asked about. */
import { type Name, isSubdomain, labelCount, parentName, sameName, wildcardOf } from '../dns/name.ts';
import { RRTYPE } from '../dns/rrtype.ts';
import { type Evidence, type Proof, commonAncestor, gap, insecureDelegationAt, isBelow, noDsAt, proof, typeGap } from './denial-proof.ts';
import { type Nsec, isDelegation, nsecCovers } from './nsec.ts';

export interface NsecQuestion {
  readonly zone: Name;
  readonly name: Name;
  readonly type: number;
  readonly records: readonly Nsec[];
}

/** What the records prove about a name with no data of the type: no-data, wildcard-no-data or name-error. */
export function proveNegative(question: NsecQuestion): Proof {
  const { name, type } = question;
  const match = matching(question, name);
  if (match !== undefined) return noDataAt(name, type, { record: match, role: 'matches-name' });
  const cover = covering(question, name);
  if (cover === null || cover === 'refused') return notCovered(cover);
  const evidence: Evidence = { record: cover, role: 'covers-name' };
  // RFC 4035 §5.4, RFC 8020 §2: a next name below the name makes it an empty non-terminal, which exists.
  if (isBelow(cover.next, name)) return proof('no-data', [evidence]);
  return proveWildcard(question, cover, evidence);
}

function noDataAt(name: Name, type: number, evidence: Evidence): Proof {
  const hindrance = typeGap(evidence.record.types, name, type);
  return hindrance === null ? proof('no-data', [evidence]) : gap(hindrance, evidence);
}

/** RFC 4035 §5.4: the wildcard to be looked at is the one at the closest encloser, which the covering record itself tells. */
function proveWildcard(question: NsecQuestion, cover: Nsec, coverEvidence: Evidence): Proof {
  const wildcard = wildcardOf(closestEncloser(question.name, cover));
  const match = matching(question, wildcard);
  if (match !== undefined) {
    const evidence: Evidence = { record: match, role: 'matches-wildcard' };
    const hindrance = typeGap(match.types, wildcard, question.type);
    return hindrance === null ? proof('wildcard-no-data', [coverEvidence, evidence]) : gap(hindrance, coverEvidence, evidence);
  }
  const wildcardCover = covering(question, wildcard);
  if (wildcardCover === null || wildcardCover === 'refused') return gap('wildcard-not-denied', coverEvidence);
  const evidence: Evidence = { record: wildcardCover, role: 'covers-wildcard' };
  const claim = isBelow(wildcardCover.next, wildcard) ? 'wildcard-no-data' : 'name-error';
  return proof(claim, [coverEvidence, evidence]);
}

/** The answer was expanded from `wildcard`: its owner must not exist, and no closer wildcard could have matched (RFC 4035 §5.3.4). */
export function proveExpansion(question: NsecQuestion, wildcard: Name): Proof {
  const cover = covering(question, question.name);
  if (cover === null || cover === 'refused') return notCovered(cover);
  const evidence: Evidence = { record: cover, role: 'covers-name' };
  if (!sameName(closestEncloser(question.name, cover), parentName(wildcard))) return gap('name-exists', evidence);
  return proof('wildcard-expansion', [evidence]);
}

export function proveInsecureDelegation(question: NsecQuestion): Proof {
  const match = matching(question, question.name);
  return match === undefined ? gap('name-not-covered') : insecureDelegationAt(question.name, { record: match, role: 'matches-name' });
}

/** No DS at the name; where the name itself does not exist or is an empty non-terminal, there is no zone cut either. */
export function proveNoDs(question: NsecQuestion): Proof {
  const match = matching(question, question.name);
  if (match !== undefined) return noDsAt(question.name, { record: match, role: 'matches-name' });
  const cover = covering(question, question.name);
  if (cover === null || cover === 'refused') return notCovered(cover);
  return proof('no-ds', [{ record: cover, role: 'covers-name' }], { delegation: 'none' });
}

const notCovered = (cover: 'refused' | null): Proof => gap(cover === null ? 'name-not-covered' : 'delegation-record');

const matching = ({ records }: NsecQuestion, name: Name): Nsec | undefined => records.find(({ owner }) => sameName(owner, name));

/** `refused` where only records cover it that speak for a name above a zone cut or DNAME. */
function covering({ records, zone }: NsecQuestion, name: Name): Nsec | 'refused' | null {
  const covers = records.filter((record) => nsecCovers(record, name, zone));
  return covers.find((record) => !isCutAbove(record, name)) ?? (covers.length > 0 ? 'refused' : null);
}

/** RFC 6840 §4.1: a record with NS but no SOA, or with DNAME, denies nothing below its owner. */
function isCutAbove({ owner, types }: Nsec, name: Name): boolean {
  return isBelow(name, owner) && (isDelegation(types) || types.has(RRTYPE.DNAME));
}

/** The longest ancestor of the name that the record shows to exist: it encloses the owner or the next name. */
function closestEncloser(name: Name, { owner, next }: Nsec): Name {
  const byOwner = commonAncestor(name, owner);
  const byNext = commonAncestor(name, next);
  return labelCount(byNext) > labelCount(byOwner) ? byNext : byOwner;
}

/** RFC 4034 §4.1.1: a record whose next name lies outside its zone is not from an honest chain. */
export function isInsideZone({ owner, next }: Nsec, zone: Name): boolean {
  return isSubdomain(owner, zone) && isSubdomain(next, zone);
}
