/** What each finding rests upon, and whether the run has it and a view shows it. */
import { addressSubject, certificateSubject, dnskeySubject, dsSubject, endpointSubject, mxSubject, rrsetSubject, tlsaSubject, zoneSubject } from '../../core/base/subject.ts';
import type { FindingCode } from '../../core/findings/codes.ts';
import type { Evidence, Finding } from '../../core/findings/finding.ts';
import { targetSubject } from '../../core/findings/state.ts';
import type { Run } from '../../core/inspection/run.ts';
import { evidenceView } from '../../renderer/views/findings/model.ts';

/** The finest evidence of each code. `answer`: what one name server said; `line`: of a dialogue, or the end of one in which nothing was said. */
export const FINEST = {
  'tlsa-mismatch': ['cert', 'tlsa'], 'certificate-expired': ['cert', 'tlsa'], 'name-mismatch': ['cert', 'tlsa'], 'anchor-not-sent': ['cert', 'tlsa'],
  'starttls-not-offered': ['line'], 'starttls-refused': ['line'], 'handshake-failed': ['line'], 'tls-too-old': ['line'], 'sni-rejected': ['line'],
  'client-certificate-required': ['line'], 'chain-too-large': ['line'], 'response-injection': ['line'], 'command-injection': ['line'], 'plaintext-instead-of-tls': ['line'], 'not-smtp': ['line'],
  'signature-expired': ['answer', 'dnskey'], 'ds-mismatch': ['ds'], 'dnssec-bogus': ['answer'], 'dnssec-work-limit': ['rrset'], 'tlsa-lookup-failed': ['answer'], 'lookup-failed': ['answer'], 'domain-does-not-exist': ['rrset'],
  'tlsa-missing': ['rrset'], 'domain-unsigned': ['rrset', 'zone'], 'mx-host-unsigned': ['rrset', 'zone'], 'tlsa-usage-unusable': ['tlsa'],
  'tlsa-malformed': ['tlsa'], 'tlsa-ancestor-denied': ['answer'], 'mx-is-alias': ['rrset'], 'greeting-rejected': ['line'],
  'resolver-unusable': ['answer'], 'servers-differ': ['answer'], 'greeting-try-later': ['line'], 'connection-failed': ['line'], 'no-mail-host': ['rrset'],
  'certificate-expires-soon': ['cert', 'tlsa'], 'key-weak': ['cert'], 'ocsp-revoked': ['cert', 'line'], 'anchor-expired-unchecked': ['cert', 'tlsa'], 'nsec3-iterations': ['zone', 'answer'], 'query-minimisation-fails': ['answer'],
  'tls12-not-offered': ['line'], 'client-hello-dropped': ['line'], 'starttls-inside-tls': ['line'], 'reply-malformed': ['line'], 'clock-off': ['answer'],
  'null-mx': ['rrset'], 'certificate-expired-unchecked': ['cert', 'tlsa'], 'ocsp-staple-unusable': ['cert', 'line'],
} as const satisfies { readonly [Code in FindingCode]: readonly string[] };

/** Evidence that names nothing of the run, or nothing that a view shows; and codes whose evidence is coarser than what the run tells. */
export function unseenEvidence(run: Run, findings: readonly Finding[]): string[] {
  const subjects = shownSubjects(run);
  return findings.flatMap(({ code, subject, evidence }) => {
    const kinds = new Set(evidence.flatMap((one) => kindsOf(run, one)));
    return [
      ...(subjects.has(subject) ? [] : [`${code}: ${subject} is nowhere`]),
      ...evidence.filter((one) => !subjects.has(one.subject) || (one.seq !== null && one.seq >= run.events)).map((one) => `${code}: ${one.label} (${one.subject}) is nowhere`),
      ...evidence.filter((one) => evidenceView(one.subject) === null && !one.subject.startsWith('connection:')).map((one) => `${code}: ${one.subject} has no view`),
      ...FINEST[code as FindingCode].filter((kind) => !kinds.has(kind)).map((kind) => `${code}: no ${kind} in ${evidence.map(({ label }) => label).join(', ')}`),
    ];
  });
}

function kindsOf({ exchanges, connections }: Run, { subject, seq }: Evidence): string[] {
  const kind = subject.slice(0, subject.indexOf(':'));
  if (kind === 'rrset') return ['rrset', ...(seq !== null && exchanges.some((one) => one.answer?.seq === seq || one.seq === seq) ? ['answer'] : [])];
  if (kind !== 'connection') return [kind];
  return connections.some((one) => one.subject === subject && (one.seq === seq || [...one.lines, ...one.notices].some((told) => told.seq === seq))) ? ['line'] : [];
}

/** By view: certificates, TLSA, answers, trust, overview, dialogue. */
function shownSubjects(run: Run): ReadonlySet<string> {
  const { hosts, zones, endpoints, connections, exchanges, lookups, comparisons = [] } = run;
  return new Set([
    ...Object.keys(run.certificates).map(certificateSubject),
    ...hosts.flatMap((host) => [mxSubject(host.name), ...host.records.map(({ index }) => tlsaSubject(host.name, index)), ...host.addresses.map(({ address }) => addressSubject(host.name, address))]),
    ...[...exchanges, ...lookups, ...comparisons].map(({ name, rrtype }) => rrsetSubject(name, rrtype)),
    ...zones.flatMap(({ zone, digests }) => [
      zoneSubject(zone.zone), ...zone.keys.map(({ algorithm, keyTag }) => dnskeySubject(zone.zone, algorithm, keyTag)),
      ...digests.map(({ algorithm, keyTag, digestType }) => dsSubject(zone.zone, algorithm, keyTag, digestType)),
    ]),
    ...endpoints.map(({ verdict }) => endpointSubject(verdict.host, verdict.address, verdict.keyType)), ...connections.map(({ subject }) => subject),
    targetSubject(run),
  ]);
}
