/** Proofs with NSEC3 records (RFC 5155 §8). The records are validated, known, of one set of parameters, and from the zone. */
import { toHex, equalBytes } from '../base/bytes.ts';
import { type Name, ancestor, labelCount, nameKey, parentName, wildcardOf } from '../dns/name.ts';
import { RRTYPE } from '../dns/rrtype.ts';
import { type Evidence, type Proof, gap, insecureDelegationAt, noDsAt, proof, typeGap } from './denial-proof.ts';
import { isDelegation } from './nsec.ts';
import { type Nsec3, nsec3Covers, nsec3Hash } from './nsec3.ts';
import type { WorkCounter } from './work.ts';

export interface Nsec3Question {
  readonly zone: Name;
  readonly name: Name;
  readonly type: number;
  readonly records: HashedRecords;
}

/** What the records prove about a name with no data of the type: no-data, wildcard-no-data or name-error. */
export function proveNegative(question: Nsec3Question): Proof {
  const { name, type, records } = question;
  const match = records.matching(name);
  if (match !== null) {
    const evidence: Evidence = { record: match, role: 'matches-name' };
    const hindrance = typeGap(match.types, name, type);
    return hindrance === null ? proof('no-data', [evidence]) : gap(hindrance, evidence);
  }
  const enclosed = proveClosestEncloser(question);
  return 'proved' in enclosed ? enclosed : proveWildcard(question, enclosed);
}

/** RFC 5155 §8.4 and §8.7; a span with opt-out may hide an unsigned delegation, so what it proves is not secure (§9.2). */
function proveWildcard({ type, records }: Nsec3Question, enclosed: Enclosed): Proof {
  const wildcard = wildcardOf(enclosed.closestEncloser);
  const { optOut } = enclosed;
  const match = records.matching(wildcard);
  if (match !== null) {
    const evidence: Evidence = { record: match, role: 'matches-wildcard' };
    const hindrance = typeGap(match.types, wildcard, type);
    return hindrance === null ? proof('wildcard-no-data', [...enclosed.evidence, evidence], { optOut }) : gap(hindrance, ...enclosed.evidence, evidence);
  }
  const cover = records.covering(wildcard);
  if (cover !== null) return proof('name-error', [...enclosed.evidence, { record: cover, role: 'covers-wildcard' }], { optOut });
  // RFC 5155 §6: an empty non-terminal above unsigned delegations has no record of its own.
  if (optOut) return proof('no-data', enclosed.evidence, { optOut, delegation: 'opt-out' });
  return gap('wildcard-not-denied', ...enclosed.evidence);
}

/** RFC 5155 §8.8: the Labels field told the closest encloser, so only the next closer name has to be covered. */
export function proveExpansion({ name, records }: Nsec3Question, wildcard: Name): Proof {
  const cover = records.covering(nextCloser(name, parentName(wildcard)));
  if (cover === null) return gap('next-closer-not-covered');
  return proof('wildcard-expansion', [{ record: cover, role: 'covers-next-closer' }], { optOut: cover.optOut });
}

/** RFC 5155 §8.9: NS without DS and SOA at the name, or an opt-out span over it. */
export function proveInsecureDelegation(question: Nsec3Question): Proof {
  const match = question.records.matching(question.name);
  if (match !== null) return insecureDelegationAt(question.name, { record: match, role: 'matches-name' });
  const enclosed = proveClosestEncloser(question);
  if ('proved' in enclosed) return enclosed;
  if (!enclosed.optOut) return gap('not-a-delegation', ...enclosed.evidence);
  return proof('insecure-delegation', enclosed.evidence, { optOut: true, delegation: 'opt-out' });
}

/** RFC 5155 §8.6: no DS at the name; without opt-out a name that does not exist is no zone cut either. */
export function proveNoDs(question: Nsec3Question): Proof {
  const match = question.records.matching(question.name);
  if (match !== null) return noDsAt(question.name, { record: match, role: 'matches-name' });
  const enclosed = proveClosestEncloser(question);
  if ('proved' in enclosed) return enclosed;
  return proof('no-ds', enclosed.evidence, { optOut: enclosed.optOut, delegation: enclosed.optOut ? 'opt-out' : 'none' });
}

interface Enclosed {
  readonly closestEncloser: Name;
  /** of the record that covers the next closer name */
  readonly optOut: boolean;
  readonly evidence: readonly Evidence[];
}

/** RFC 5155 §8.3: a record matches the longest existing ancestor, and one covers the next closer name. */
function proveClosestEncloser({ zone, name, records }: Nsec3Question): Enclosed | Proof {
  const depth = labelCount(name) - labelCount(zone);
  for (let above = 1; above <= depth; above += 1) {
    const closestEncloser = ancestor(name, above);
    const match = records.matching(closestEncloser);
    if (match === null) continue;
    const evidence: Evidence = { record: match, role: 'matches-closest-encloser' };
    // RFC 5155 §8.3: below a delegation or a DNAME nothing is in this zone.
    if (isDelegation(match.types) || match.types.has(RRTYPE.DNAME)) return gap('closest-encloser-delegated', evidence);
    const cover = records.covering(ancestor(name, above - 1));
    if (cover === null) return gap('next-closer-not-covered', evidence);
    return { closestEncloser, optOut: cover.optOut, evidence: [evidence, { record: cover, role: 'covers-next-closer' }] };
  }
  return gap('closest-encloser-not-proved');
}

/** The name with one label more than its closest encloser. */
const nextCloser = (name: Name, closestEncloser: Name): Name => ancestor(name, labelCount(name) - labelCount(closestEncloser) - 1);

/** Records of one salt and iteration count (RFC 5155 §8.2), searched by name; each name is hashed once. */
export class HashedRecords {
  readonly #records: readonly Nsec3[];
  readonly #work: WorkCounter;
  readonly #hashes = new Map<string, Uint8Array>();

  constructor(records: readonly Nsec3[], work: WorkCounter) {
    this.#records = records;
    this.#work = work;
  }

  get iterations(): number {
    return this.#records[0]?.iterations ?? 0;
  }

  matching(name: Name): Nsec3 | null {
    const hashed = this.#hash(name);
    if (hashed === null) return null;
    return this.#records.find(({ ownerHash }) => ownerHash !== null && equalBytes(ownerHash, hashed)) ?? null;
  }

  covering(name: Name): Nsec3 | null {
    const hashed = this.#hash(name);
    return hashed === null ? null : (this.#records.find((record) => nsec3Covers(record, hashed)) ?? null);
  }

  /** null once the work limit is reached: then nothing matches and nothing covers, so nothing is proved (CVE-2023-50868). */
  #hash(name: Name): Uint8Array | null {
    const key = nameKey(name);
    const known = this.#hashes.get(key);
    if (known !== undefined) return known;
    const first = this.#records[0];
    if (first === undefined || !this.#work.spend('nsec3-hash')) return null;
    const hashed = nsec3Hash(name, first.salt, first.iterations);
    this.#hashes.set(key, hashed);
    return hashed;
  }
}

/** RFC 5155 §8.2: records with different parameters are never combined. */
export function byParameters(records: readonly Nsec3[]): readonly (readonly Nsec3[])[] {
  const groups = new Map<string, Nsec3[]>();
  for (const record of records) {
    const key = `${record.iterations} ${toHex(record.salt)}`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()];
}
