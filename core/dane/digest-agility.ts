/** Digest algorithm agility (RFC 7671 §9, RFC 7672 §5). */
import type { TlsaRecord } from '../destination/facts.ts';
import { MATCHING_TYPE } from './usable.ts';

/** Strongest first, by the client's own order. Full(0) is no digest and takes no part. */
const STRENGTH: readonly number[] = [MATCHING_TYPE.sha512, MATCHING_TYPE.sha256];

/** Usable records that a sender leaves aside, each with the index of one that is stronger. */
export function ignoredByAgility(records: readonly TlsaRecord[]): ReadonlyMap<number, number> {
  const ignored = new Map<number, number>();
  for (const record of records.filter(isDigest)) {
    // RFC 7671 §9: among the usable records of the same usage and selector, only the strongest digest counts.
    const stronger = records.find((other) => isDigest(other) && sameParameters(other, record) && strength(other) < strength(record));
    if (stronger !== undefined) ignored.set(record.index, stronger.index);
  }
  return ignored;
}

const isDigest = ({ usable, matchingType }: TlsaRecord): boolean => usable && matchingType !== MATCHING_TYPE.full;

const sameParameters = (left: TlsaRecord, right: TlsaRecord): boolean => left.usage === right.usage && left.selector === right.selector;

const strength = ({ matchingType }: TlsaRecord): number => STRENGTH.indexOf(matchingType);
