import { endpointSubject } from '../base/subject.ts';
import type { Assessor } from './assessor.ts';
import { leafEvidence, matchedRecordEvidence } from './evidence.ts';
import { endpointEvidence, finding, groupBy, listed } from './state.ts';

/** DANE-EE(3): the dates of the certificate are not checked (RFC 7672 §3.1.1). Worth knowing, no fault. */
export const certificateExpiredUnchecked: Assessor = (run) => {
  const expired = run.endpoints.filter(({ verdict }) => verdict.outcome === 'authenticated' && verdict.dates === 'expired');
  return groupBy(expired, ({ verdict }) => `${verdict.host} ${verdict.chain[0]}`).flatMap((endpoints) => {
    const verdict = endpoints[0]?.verdict;
    if (verdict === undefined) return [];
    const leaf = run.certificates[verdict.chain[0] ?? ''];
    return [finding({
      code: 'certificate-expired-unchecked', subject: endpointSubject(verdict.host, verdict.address, verdict.keyType), rfc: 'RFC 7672 §3.1.1', evidence: [...endpointEvidence(endpoints), ...leafEvidence(endpoints), ...matchedRecordEvidence(endpoints)],
      message: `The certificate of ${verdict.host} (${listed(endpoints.map((endpoint) => endpoint.verdict.address))}) expired${leaf === undefined ? '' : ` on ${leaf.notAfter.slice(0, 10)}`}. Senders that do DANE do not mind: a DANE-EE(3) record matches, and its dates are those of the DNSSEC signatures.`,
      remedy: { text: 'Renew it for those who do not do DANE; with the same key the TLSA record stays valid.', copy: null },
    })];
  });
};
