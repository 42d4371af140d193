import { endpointSubject } from '../base/subject.ts';
import type { Assessor } from './assessor.ts';
import { certificateEvidence } from './evidence.ts';
import { presentedRemedy } from './presented-remedy.ts';
import { refusedEndpoints } from './refused-endpoint.ts';
import { endpointEvidence, finding, recordEvidence } from './state.ts';

/** The trust anchor of a DANE-TA(2) record must be in the chain, a self-signed root too (RFC 7672 §3.1.2, RFC 7671 §5.2.2). */
export const anchorNotSent: Assessor = (run) => refusedEndpoints(run, 'anchor-not-sent').flatMap(({ host, endpoints, where }) => {
  const verdict = endpoints[0]?.verdict;
  if (verdict === undefined) return [];
  const issuer = run.certificates[verdict.chain.at(-1) ?? '']?.issuer;
  return [finding({
    code: 'anchor-not-sent', subject: endpointSubject(host.name, verdict.address, verdict.keyType), rfc: 'RFC 7672 §3.1.2', evidence: [...endpointEvidence(endpoints), ...certificateEvidence(endpoints, (one) => one.verdict.chain.length - 1), ...recordEvidence(host)],
    message: `The trust anchor of the TLSA records is not in the chain of ${verdict.chain.length} certificate${verdict.chain.length === 1 ? '' : 's'} that ${where} sends; the last was issued by ${issuer ?? 'an unknown issuer'}. Senders do not look for it elsewhere and skip the host.`,
    remedy: presentedRemedy(run, host.name, {
      add: 'Add the issuer’s certificate to the file that the server sends, the root too where the record is about it; or publish this record of the key that the host shows.',
    }, endpoints),
  })];
});
