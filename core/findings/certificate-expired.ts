import { endpointSubject } from '../base/subject.ts';
import type { Comparison } from '../dane/facts.ts';
import type { EndpointState, Run } from '../inspection/run.ts';
import type { Assessor } from './assessor.ts';
import { certificateEvidence, oneRecordEach } from './evidence.ts';
import type { Remedy } from './finding.ts';
import { certificateClockWords } from './own-clock.ts';
import { refusedEndpoints, type RefusedEndpoints } from './refused-endpoint.ts';
import { endpointEvidence, finding } from './state.ts';

/** Dates count under DANE-TA(2): the path to the anchor must be valid now (RFC 7672 §3.1.2). */
export const certificateExpired: Assessor = (run) => refusedEndpoints(run, 'certificate-expired').flatMap((refused) => {
  const { host, endpoints, where } = refused;
  const verdict = endpoints[0]?.verdict;
  const deciding = decidingOf(endpoints[0]);
  if (verdict === undefined || deciding === undefined) return [];
  const depth = depthOf(deciding);
  const early = deciding.reason.code === 'not-yet-valid';
  const subject = depth === 0 ? `The certificate of ${where}` : `An issuer in the chain of ${where}, ${depth === null ? 'a certificate from DNS' : `the certificate at depth ${depth}`},`;
  return [finding({
    code: 'certificate-expired', subject: endpointSubject(host.name, verdict.address, verdict.keyType), rfc: 'RFC 7672 §3.1.2',
    evidence: [...endpointEvidence(endpoints), ...certificateEvidence(endpoints, (one) => depthIn(decidingOf(one))), ...oneRecordEach(endpoints, (one) => decidingOf(one)?.record)],
    message: `${subject} ${early ? 'is not valid yet' : 'has expired'}${datesText(run, verdict.chain[depth ?? -1], early)}. ${whyDatesCount(refused)}${certificateClockWords(run, run.certificates[verdict.chain[depth ?? -1] ?? ''])}`,
    remedy: remedy(refused, deciding, depth, early),
  })];
});

/** The comparison that the verdict rests on, else the first that dates alone keep from matching. */
function decidingOf(state: EndpointState | undefined): Comparison | undefined {
  const byDates = state?.comparisons.filter(({ reason }) => reason.code === 'expired' || reason.code === 'not-yet-valid') ?? [];
  return byDates.find(({ reason }) => state !== undefined && state.verdict.reason.text.includes(reason.text)) ?? byDates[0];
}

const depthIn = (deciding: Comparison | undefined): number | null => (deciding === undefined ? null : depthOf(deciding));

/** Where in the chain the certificate is whose dates are wrong: the comparison itself is about the anchor above it. Null: not presented. */
function depthOf({ reason }: Comparison): number | null {
  const depth = /^The certificate at depth (\d+)/.exec(reason.text)?.[1];
  return depth === undefined ? null : Number(depth);
}

function datesText({ certificates }: Run, sha256: string | undefined, early: boolean): string {
  const certificate = certificates[sha256 ?? ''];
  if (certificate === undefined) return '';
  return early ? ` (valid from ${certificate.notBefore.slice(0, 10)})` : ` (valid until ${certificate.notAfter.slice(0, 10)})`;
}

function whyDatesCount({ host }: RefusedEndpoints): string {
  if (host.records.some(({ usable, usage }) => usable && usage === 3)) return 'The DANE-TA(2) record that fits it is one under which dates count, and no DANE-EE(3) record matches: senders that do DANE skip it.';
  return 'Its TLSA records are DANE-TA(2), under which dates count: senders that do DANE skip it.';
}

function remedy({ host }: RefusedEndpoints, { record: index, depth: anchor }: Comparison, depth: number | null, early: boolean): Remedy {
  const record = host.records.find((one) => one.index === index);
  if (early) return { text: 'Show a certificate that is valid now until this one is; see whether the clock of who issued it is right. The TLSA records can stay as they are.', copy: null };
  if (depth === 0) return { text: 'Renew the certificate with the same issuer; the TLSA records can stay as they are.', copy: null };
  // RFC 6698 §2.1.2: a record of the whole certificate is of that certificate alone, one of the key outlives it.
  if (depth === anchor && record?.selector === 0) return { text: 'Publish a TLSA record of the renewed certificate of the issuer, wait 2 × TTL, then send it: the record there is of the expired certificate and cannot stay.', copy: null };
  return { text: 'Send the renewed certificate of the issuer, with the same key; the TLSA records can stay as they are.', copy: null };
}
