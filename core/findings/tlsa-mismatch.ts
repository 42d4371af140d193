import { endpointSubject } from '../base/subject.ts';
import { comparisonEnding } from '../dane/comparison-words.ts';
import type { Comparison } from '../dane/facts.ts';
import type { Assessor } from './assessor.ts';
import { certificateEvidence, leafEvidence } from './evidence.ts';
import { presentedRemedy } from './presented-remedy.ts';
import { contrast, refusedEndpoints } from './refused-endpoint.ts';
import { endpointEvidence, finding, lookupEvidence, recordEvidence } from './state.ts';

/** None of the usable records matches the chain that was shown (RFC 7672 §3.1, RFC 6698 §2.1.3). */
export const tlsaMismatch: Assessor = (run) => refusedEndpoints(run, 'tlsa-mismatch').flatMap((refused) => {
  const { host, endpoints, where } = refused;
  const verdict = endpoints[0]?.verdict;
  if (verdict === undefined) return [];
  const usable = host.records.filter((record) => record.usable).length;
  const told = contrast(run, refused);
  const broken = endpoints[0]?.comparisons.find((comparison) => comparisonEnding(comparison).kind === 'fits-but');
  const wait = host.tlsaTtl > 0 ? host.tlsaTtl * 2 : 7200;
  return [finding({
    code: 'tlsa-mismatch', subject: endpointSubject(verdict.host, verdict.address, verdict.keyType), rfc: 'RFC 7672 §3.1',
    message: `${broken === undefined ? `${usable === 1 ? 'The usable TLSA record does not match' : `None of the ${usable} usable TLSA records matches`} the chain of certificates shown by ${where}. ${told === '' ? MOSTLY : ''}` : brokenText(broken, where)}Senders that do DANE skip the server.${told}`,
    evidence: [...endpointEvidence(endpoints), ...leafEvidence(endpoints), ...(broken === undefined ? [] : certificateEvidence(endpoints.slice(0, 1), () => (broken.depth === 0 ? null : broken.depth))), ...recordEvidence(host), ...host.tlsaCandidates.flatMap((candidate) => lookupEvidence(run, candidate, 'TLSA'))],
    remedy: presentedRemedy(run, host.name, {
      compareFirst: true, add: `Add this record; keep the old record as long as any server may still show its key, and wait 2 × TTL (${wait} s) before you remove anything.`,
    }, endpoints),
  })];
});

/** RFC 7672 §3.1.2: the anchor is there, and the way to it is not what a path must be; no key was forgotten. */
const brokenText = ({ record, depth, reason }: Comparison, where: string): string =>
  `TLSA record ${String(record + 1)} names ${depth === null ? 'an issuer of the chain' : `the certificate at depth ${String(depth)}`} shown by ${where}, but no path of certificates leads from the server’s own to it. ${reason.text} `;

/** What a mail admin can check at once, where nothing matches; the other cause, somebody between, is told with the remedy. */
const MOSTLY = 'Most often the certificate was renewed with a new key, and DNS still names the old one. ';
