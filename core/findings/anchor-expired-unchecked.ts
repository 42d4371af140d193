import { endpointSubject } from '../base/subject.ts';
import type { Assessor } from './assessor.ts';
import { certificateEvidence, matchedRecordEvidence } from './evidence.ts';
import { endpointEvidence, finding, groupBy, listed } from './state.ts';

/** OpenSSL leaves the dates of a trust anchor alone that is not self-signed; RFC 7671 §5.2 and others that do DANE need not. */
export const anchorExpiredUnchecked: Assessor = (run) => {
  const concerned = run.endpoints.flatMap((endpoint) => {
    const note = endpoint.verdict.outcome === 'authenticated' ? endpoint.verdict.notes?.find(({ code }) => code === 'anchor-dates') : undefined;
    return note === undefined ? [] : [{ endpoint, note }];
  });
  return groupBy(concerned, ({ endpoint: { verdict } }) => `${verdict.host} ${verdict.chain[verdict.matched?.depth ?? -1] ?? ''}`).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { verdict } = first.endpoint;
    const endpoints = group.map(({ endpoint }) => endpoint);
    return [finding({
      code: 'anchor-expired-unchecked', subject: endpointSubject(verdict.host, verdict.address, verdict.keyType), rfc: 'RFC 7671 §5.2', evidence: [...endpointEvidence(endpoints), ...certificateEvidence(endpoints, (one) => one.verdict.matched?.depth), ...matchedRecordEvidence(endpoints)],
      message: `The chain of ${verdict.host} (${listed(endpoints.map((endpoint) => endpoint.verdict.address))}) is authenticated by its DANE-TA(2) record. ${first.note.text} Senders with another library than OpenSSL may refuse it.`,
      remedy: { text: 'Let the current CA issue the certificate, send its certificate with it, and publish its record before: 2 1 1 of its key, or 3 1 1 of the key of the host.', copy: null },
    })];
  });
};
