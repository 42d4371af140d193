/** The closed list of causes for a result that is not secure, each with its sentence, its section and its extended DNS error. */
import type { Reason } from '../base/subject.ts';
import { algorithmName, digestName } from './algorithm.ts';

/** Names, types and zones are in presentation form. */
export type Cause =
  // bogus: signatures
  | { readonly code: 'signature-missing'; readonly owner: string; readonly rrtype: string; readonly zone: string }
  | { readonly code: 'signature-invalid'; readonly owner: string; readonly rrtype: string; readonly keyTag: number }
  | { readonly code: 'signature-expired'; readonly owner: string; readonly rrtype: string; readonly keyTag: number; readonly seconds: number }
  | { readonly code: 'signature-not-yet-valid'; readonly owner: string; readonly rrtype: string; readonly keyTag: number; readonly seconds: number }
  | { readonly code: 'signature-signer'; readonly owner: string; readonly rrtype: string; readonly signer: string; readonly zone: string }
  | { readonly code: 'signature-labels'; readonly owner: string; readonly rrtype: string; readonly labels: number }
  | { readonly code: 'signature-malformed'; readonly owner: string; readonly rrtype: string }
  | { readonly code: 'signature-key-missing'; readonly owner: string; readonly rrtype: string; readonly keyTag: number; readonly algorithm: number }
  | { readonly code: 'signature-key-not-usable'; readonly owner: string; readonly rrtype: string; readonly keyTag: number }
  | { readonly code: 'signature-algorithm-unsupported'; readonly owner: string; readonly rrtype: string; readonly algorithm: number }
  // bogus: keys
  | { readonly code: 'dnskey-missing'; readonly zone: string }
  | { readonly code: 'dnskey-not-vouched'; readonly zone: string; readonly keyTags: readonly number[] }
  | { readonly code: 'dnskey-not-signed-by-vouched'; readonly zone: string; readonly keyTags: readonly number[] }
  | { readonly code: 'alias-for-key-material'; readonly owner: string; readonly rrtype: string }
  // bogus: denial and aliases
  | { readonly code: 'denial-missing'; readonly name: string; readonly rrtype: string }
  | { readonly code: 'denial-not-proved'; readonly name: string; readonly rrtype: string; readonly gap: DenialGap }
  | { readonly code: 'dname-cname-mismatch'; readonly owner: string; readonly dname: string }
  | { readonly code: 'dname-target-too-long'; readonly owner: string; readonly dname: string }
  // bogus: limits
  | { readonly code: 'work-limit-signatures'; readonly owner: string; readonly limit: number }
  | { readonly code: 'work-limit-digests'; readonly zone: string; readonly limit: number }
  | { readonly code: 'work-limit-nsec3'; readonly name: string; readonly limit: number }
  // insecure
  | { readonly code: 'insecure-delegation'; readonly zone: string; readonly parent: string }
  | { readonly code: 'insecure-opt-out'; readonly name: string; readonly zone: string }
  | { readonly code: 'algorithm-unsupported'; readonly zone: string; readonly algorithms: readonly number[] }
  | { readonly code: 'algorithm-not-allowed'; readonly zone: string; readonly algorithms: readonly number[] }
  | { readonly code: 'digest-unsupported'; readonly zone: string; readonly digestTypes: readonly number[] }
  | { readonly code: 'nsec3-iterations'; readonly zone: string; readonly iterations: number; readonly limit: number }
  | { readonly code: 'negative-trust-anchor'; readonly zone: string }
  // indeterminate
  | { readonly code: 'no-trust-anchor'; readonly name: string }
  | { readonly code: 'upstream-not-dnssec-capable'; readonly server: string }
  | { readonly code: 'trust-anchor-unusable'; readonly detail: string }
  | { readonly code: 'resolution-unavailable'; readonly detail: string }
  | { readonly code: 'lookup-failed'; readonly name: string; readonly rrtype: string; readonly detail: string }
  | { readonly code: 'lookup-limit'; readonly name: string; readonly detail: string };

export type CauseCode = Cause['code'];

/** What a denial proof lacks or trips over. */
export type DenialGap =
  | 'name-not-covered' | 'wildcard-not-denied' | 'type-exists' | 'alias-exists' | 'name-exists'
  | 'closest-encloser-not-proved' | 'next-closer-not-covered' | 'closest-encloser-delegated'
  | 'delegation-record' | 'apex-record' | 'not-a-delegation' | 'name-does-not-exist' | 'no-usable-record';

const GAPS: { readonly [gap in DenialGap]: readonly [text: string, rfc: string] } = {
  'name-not-covered': ['no record covers the name', 'RFC 4035 §5.4'],
  'wildcard-not-denied': ['no record denies the wildcard at the closest encloser', 'RFC 4035 §5.4'],
  'type-exists': ['the type is in the bit map of the record for this name', 'RFC 4035 §5.4'],
  'alias-exists': ['the bit map says that a CNAME is there', 'RFC 6840 §4.3'],
  'name-exists': ['the name exists, as a record says', 'RFC 4035 §5.4'],
  'name-does-not-exist': ['the records prove that the name itself does not exist', 'RFC 4035 §5.4'],
  'closest-encloser-not-proved': ['no record matches an encloser of the name', 'RFC 5155 §8.3'],
  'next-closer-not-covered': ['no record covers the next closer name', 'RFC 5155 §8.3'],
  'closest-encloser-delegated': ['the closest encloser is a delegation or has a DNAME, so that nothing below it is in this zone', 'RFC 5155 §8.3'],
  'delegation-record': ['the record comes from the parent side of a zone cut and denies nothing but DS there', 'RFC 6840 §4.1'],
  'apex-record': ['the record comes from the child side of the zone cut and cannot deny the DS', 'RFC 6840 §4.4'],
  'not-a-delegation': ['the bit map has no NS, so that there is no delegation to be insecure', 'RFC 6840 §4.4'],
  'no-usable-record': ['none of the NSEC and NSEC3 records can be used for this zone', 'RFC 5155 §8.1'],
};

type Basis<Code extends CauseCode> = readonly [rfc: string | null, ede: number | null, sentence: (cause: Extract<Cause, { readonly code: Code }>) => string];

/** Section, EDE (RFC 8914 §4) and sentence of each cause; the section of a denial comes from its gap. */
const BASIS: { readonly [code in CauseCode]: Basis<code> } = {
  'signature-missing': ['RFC 4035 §5.3', 10,
    (cause) => `${cause.owner} ${cause.rrtype} has no signature, although the zone ${cause.zone} is signed.`],
  'signature-invalid': ['RFC 4035 §5.3.3', 6,
    (cause) => `The signature of ${cause.owner} ${cause.rrtype} does not verify with key ${cause.keyTag}.`],
  'signature-expired': ['RFC 4035 §5.3.1', 7,
    (cause) => `The signature of ${cause.owner} ${cause.rrtype} by key ${cause.keyTag} expired ${duration(cause.seconds)} ago.`],
  'signature-not-yet-valid': ['RFC 4035 §5.3.1', 8,
    (cause) => `The signature of ${cause.owner} ${cause.rrtype} by key ${cause.keyTag} becomes valid in ${duration(cause.seconds)}.`],
  'signature-signer': ['RFC 4035 §5.3.1', 6,
    (cause) => `${cause.owner} ${cause.rrtype} is signed by ${cause.signer}, but it lies in the zone ${cause.zone}.`],
  'signature-labels': ['RFC 4035 §5.3.1', 6,
    (cause) => `The signature of ${cause.owner} ${cause.rrtype} counts ${cause.labels} labels, which this name in this zone cannot have.`],
  'signature-malformed': ['RFC 4034 §3.1', 6,
    (cause) => `The RRSIG of ${cause.owner} ${cause.rrtype} cannot be read.`],
  'signature-key-missing': ['RFC 4035 §5.3.1', 9,
    (cause) => `${cause.owner} ${cause.rrtype} is signed with key ${cause.keyTag} (${algorithmName(cause.algorithm)}), which is not in the zone’s DNSKEY records.`],
  'signature-key-not-usable': ['RFC 4034 §2.1.1', 11,
    (cause) => `${cause.owner} ${cause.rrtype} is signed with key ${cause.keyTag}, which is revoked or not a zone key.`],
  'signature-algorithm-unsupported': ['RFC 6840 §5.12', 1,
    (cause) => `${cause.owner} ${cause.rrtype} is signed only with ${algorithmName(cause.algorithm)}, which is not supported, although the zone has a supported algorithm.`],
  'dnskey-missing': ['RFC 4035 §5.2', 9,
    (cause) => `${cause.zone} has a DS record or trust anchor but no DNSKEY was found.`],
  'dnskey-not-vouched': ['RFC 4035 §5.2', 9,
    (cause) => `No DNSKEY of ${cause.zone} matches ${listed('the DS record or trust anchor with key tag', cause.keyTags)}.`],
  'dnskey-not-signed-by-vouched': ['RFC 4035 §5.2', 6,
    (cause) => `The DNSKEY records of ${cause.zone} are not signed by ${listed('the key that the DS or trust anchor names, key tag', cause.keyTags)}.`],
  'alias-for-key-material': ['RFC 4034 §3', 6,
    (cause) => `${cause.owner} ${cause.rrtype} was answered with an alias, which proves nothing about it.`],
  'denial-missing': ['RFC 4035 §5.4', 12,
    (cause) => `Nothing proves that ${cause.name} ${cause.rrtype} does not exist: the answer has no NSEC or NSEC3 record.`],
  'denial-not-proved': ['RFC 4035 §5.4', 6,
    (cause) => `It is not proved that ${cause.name} ${cause.rrtype} does not exist: ${GAPS[cause.gap][0]}.`],
  'dname-cname-mismatch': ['RFC 6672 §5.3.1', 6,
    (cause) => `The CNAME of ${cause.owner} is not the one that the DNAME of ${cause.dname} makes.`],
  'dname-target-too-long': ['RFC 6672 §2.2', 6,
    (cause) => `The name that the DNAME of ${cause.dname} makes of ${cause.owner} is too long.`],
  'work-limit-signatures': [null, 6,
    (cause) => `Checking ${cause.owner} was stopped after ${cause.limit} signatures: honest zones need fewer.`],
  'work-limit-digests': [null, 6,
    (cause) => `Checking the DS records of ${cause.zone} was stopped after ${cause.limit} digests: honest zones need fewer.`],
  'work-limit-nsec3': [null, 6,
    (cause) => `Checking the denial of ${cause.name} was stopped after ${cause.limit} NSEC3 hashes: honest zones need fewer.`],
  'insecure-delegation': ['RFC 4035 §5.2', null,
    (cause) => `${cause.parent} proves that its delegation to ${cause.zone} has no DS record: the zone is not signed as far as its parent knows.`],
  'insecure-opt-out': ['RFC 5155 §9.2', null,
    (cause) => `An opt-out span of ${cause.zone} covers ${cause.name}: an unsigned delegation may be there.`],
  'algorithm-unsupported': ['RFC 4035 §5.2', 1,
    (cause) => `${cause.zone} is signed only with ${names(cause.algorithms, algorithmName)}, which is not supported, so it counts as unsigned.`],
  'algorithm-not-allowed': ['RFC 9905 §2', 1,
    (cause) => `${cause.zone} is signed only with ${names(cause.algorithms, algorithmName)}, whose SHA-1 is no longer accepted, so it counts as unsigned.`],
  'digest-unsupported': ['RFC 4035 §5.2', 2,
    (cause) => `The DS records of ${cause.zone} have only the digest ${names(cause.digestTypes, digestName)}, which is not supported, so the zone counts as unsigned.`],
  'nsec3-iterations': ['RFC 9276 §3.2', 27,
    (cause) => `The NSEC3 records of ${cause.zone} ask for ${cause.iterations} iterations, more than the limit of ${cause.limit}, so its denials count as unsigned.`],
  'negative-trust-anchor': ['RFC 7646 §2', null,
    (cause) => `Validation is switched off for ${cause.zone} by a negative trust anchor.`],
  'no-trust-anchor': ['RFC 4033 §5', 5,
    (cause) => `No trust anchor is configured at or above ${cause.name}.`],
  'upstream-not-dnssec-capable': ['RFC 4035 §3.2.2', 5,
    (cause) => `The resolver ${cause.server} does not pass on DNSSEC records.`],
  'trust-anchor-unusable': ['RFC 4035 §5.2', 9,
    (cause) => `What answers as the root here cannot be validated with our trust anchors. ${cause.detail}`],
  'resolution-unavailable': ['RFC 4033 §5', 23,
    (cause) => `Nothing can be looked up from here: ${cause.detail}.`],
  'lookup-failed': ['RFC 4035 §4.3', 22,
    (cause) => `${cause.name} ${cause.rrtype} could not be looked up: ${cause.detail}.`],
  'lookup-limit': ['RFC 4035 §4.3', 0,
    (cause) => `The lookup of ${cause.name} was stopped: ${cause.detail}.`],
};

/** The sentence, section and EDE (RFC 8914) of a cause. */
export function reasonFor(cause: Cause): Reason {
  const [section, ede, sentence] = BASIS[cause.code] as Basis<CauseCode>;
  const rfc = cause.code === 'denial-not-proved' ? GAPS[cause.gap][1] : section;
  return { code: cause.code, text: sentence(cause), rfc, ede };
}

const names = (numbers: readonly number[], name: (number: number) => string): string => numbers.map(name).join(', ');

const listed = (what: string, keyTags: readonly number[]): string => `${what} ${keyTags.join(', ')}`;

const UNITS: readonly (readonly [seconds: number, name: string])[] = [[86_400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];

/** The largest unit that fits, rounded down: `3 days`. */
export function duration(seconds: number): string {
  const [length, name] = UNITS.find(([unit]) => seconds >= unit) ?? [1, 'second'];
  const count = Math.floor(seconds / length);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
