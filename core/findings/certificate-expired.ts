import { endpointSubject } from '../base/subject.ts';
import type { EndpointState, Run } from '../inspection/run.ts';
import type { Assessor } from './assess.ts';
import { refusedEndpoints } from './refused-endpoint.ts';
import { endpointEvidence, finding } from './state.ts';

/** Dates count under DANE-TA(2): the path to the anchor must be valid now (RFC 7672 §3.1.2). */
export const certificateExpired: Assessor = (run) => refusedEndpoints(run, 'certificate-expired').flatMap(({ host, endpoints, where }) => {
  const verdict = endpoints[0]?.verdict;
  if (verdict === undefined) return [];
  const early = verdict.dates === 'not-yet-valid';
  return [finding({
    code: 'certificate-expired', subject: endpointSubject(host.name, verdict.address, verdict.keyType), rfc: 'RFC 7672 §3.1.2', evidence: endpointEvidence(endpoints),
    message: `The chain of ${where} ${early ? 'is not valid yet' : 'has expired'}${datesText(run, endpoints)}. Its TLSA records are DANE-TA(2), under which dates count: senders that do DANE skip it.`,
    remedy: { text: 'Renew the certificate with the same issuer; the TLSA records can stay as they are.', copy: null },
  })];
});

/** The leaf's own date; where an issuer above it is the one, what the comparison says. */
function datesText(run: Run, endpoints: readonly EndpointState[]): string {
  const { verdict, comparisons } = endpoints[0] ?? {};
  const leaf = run.certificates[verdict?.chain[0] ?? ''];
  if (leaf !== undefined && verdict?.dates === 'expired') return ` (valid until ${leaf.notAfter.slice(0, 10)})`;
  if (leaf !== undefined && verdict?.dates === 'not-yet-valid') return ` (valid from ${leaf.notBefore.slice(0, 10)})`;
  const told = comparisons?.find(({ reason }) => reason.code === 'expired' || reason.code === 'not-yet-valid')?.reason.text;
  return told === undefined ? '' : ` (${told.replace(/\.$/, '')})`;
}
