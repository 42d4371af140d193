/** Lookups that senders must not go on after (RFC 7672 §2.1.1, §2.1.2), sorted by what is behind them. */
import { zoneSubject } from '../base/subject.ts';
import { hasRecords, lookupFailed } from '../destination/look-up.ts';
import type { Lookup } from '../dns/facts.ts';
import { isOwnSide } from '../dnssec/own-side.ts';
import type { Run } from '../inspection/run.ts';
import type { FindingCode } from './codes.ts';
import { answerEvidence, signatureEvidence } from './evidence.ts';
import type { Finding, Remedy } from './finding.ts';
import { signatureClockWords } from './own-clock.ts';
import { finding, finishedLookups, groupBy, listed, lookupEvidence } from './state.ts';

export interface FailedLookups {
  readonly code: FindingCode;
  readonly lookups: readonly Lookup[];
  readonly zone: string;
}

/** Each failed lookup belongs to exactly one code: a cause is told once. */
export function failureCode(lookup: Lookup): FindingCode {
  switch (lookup.reason?.code) {
    case 'signature-expired': return 'signature-expired';
    case 'dnskey-not-vouched': case 'dnskey-missing': return 'ds-mismatch';
    case 'work-limit-signatures': case 'work-limit-digests': case 'work-limit-nsec3': return 'dnssec-work-limit';
    case undefined: default: break;
  }
  // Our side's fault is none of the domain's.
  if (isOwnSide(lookup.reason)) return 'resolver-unusable';
  // RFC 7672 §2.1.2: no answer is no "no"; it is another matter than an answer that does not verify.
  if (lookup.status === 'bogus') return 'dnssec-bogus';
  return lookup.rrtype === 'TLSA' ? 'tlsa-lookup-failed' : 'lookup-failed';
}

/** One finding a zone: the same fault meets every lookup in it. `_tcp.<host>` is asked for another reason and decides nothing. */
export function failedLookups(run: Run, code: FindingCode): FailedLookups[] {
  const lookups = finishedLookups(run).filter((lookup) => lookupFailed(lookup) && !lookup.name.startsWith('_tcp.') && failureCode(lookup) === code);
  const zoneOf = (lookup: Lookup): string => lookup.zones.at(-1) ?? closestZone(run, lookup.name);
  return groupBy(lookups, zoneOf).map((group) => ({ code, lookups: group, zone: zoneOf(group[0] as Lookup) }));
}

/** A lookup without an answer rests on no zone: then it is the deepest known zone above the name. */
function closestZone({ zones }: Run, name: string): string {
  const above = zones.map(({ zone }) => zone.zone).filter((zone) => `.${name}`.endsWith(`.${zone.toLowerCase()}`));
  return above.sort((left, right) => right.length - left.length)[0] ?? '.';
}

export function failedLookupFinding(run: Run, { code, lookups, zone }: FailedLookups, rest: { readonly rfc?: string; readonly remedy: Remedy; readonly who?: string }): Finding {
  const [first] = lookups;
  const isPartial = lookups.every((lookup) => hasOtherFamily(run, lookup));
  const questions = listed(lookups.map(({ name, rrtype }) => `${name} ${rrtype}`));
  return finding({
    code, subject: zoneSubject(zone), rfc: rest.rfc ?? first?.reason?.rfc ?? 'RFC 7672 §2.1.2', remedy: rest.remedy,
    ...(isPartial ? { severity: 'warning' as const } : {}),
    message: `${first?.reason?.text ?? 'The lookup fails.'} ${rest.who ?? 'Senders that do DANE'} get no answer for ${questions} and ${isPartial ? unusedFamilies(lookups) : 'do not deliver'}.${TIMES.has(first?.reason?.code ?? '') ? signatureClockWords(run, lookups) : ''}`,
    evidence: [...lookups.flatMap(({ name, rrtype }) => lookupEvidence(run, name, rrtype)), ...signatureEvidence(run, zone, lookups), ...answerEvidence(run, lookups)],
  });
}

/** Reasons that rest on what time it is (RFC 4035 §5.3.1). */
const TIMES: ReadonlySet<string> = new Set(['signature-expired', 'signature-not-yet-valid']);

/** RFC 7672 §2.2.2: a family that fails does not take the other with it. */
const hasOtherFamily = (run: Run, { name, rrtype }: Lookup): boolean =>
  (rrtype === 'A' || rrtype === 'AAAA') && finishedLookups(run).some((lookup) => lookup.name === name && lookup.rrtype === (rrtype === 'A' ? 'AAAA' : 'A') && hasRecords(lookup));

const unusedFamilies = (lookups: readonly Lookup[]): string =>
  listed(lookups.map(({ name, rrtype }) => `do not use the ${rrtype === 'A' ? 'IPv4' : 'IPv6'} addresses of ${name}`));
