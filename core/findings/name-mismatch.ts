import { endpointSubject } from '../base/subject.ts';
import type { EndpointState } from '../inspection/run.ts';
import type { Assessor } from './assessor.ts';
import { leafEvidence, oneRecordEach } from './evidence.ts';
import { presentedRemedy } from './presented-remedy.ts';
import { refusedEndpoints } from './refused-endpoint.ts';
import { endpointEvidence, finding, listed } from './state.ts';

/** Under DANE-TA(2) the certificate must bear one of the reference identifiers (RFC 7672 §3.2.2). */
export const nameMismatch: Assessor = (run) => refusedEndpoints(run, 'name-mismatch').flatMap(({ host, endpoints, where }) => {
  const verdict = endpoints[0]?.verdict;
  if (verdict === undefined) return [];
  const { tried, presented } = verdict.names ?? { tried: host.referenceIdentifiers, presented: run.certificates[verdict.chain[0] ?? '']?.dnsNames ?? [] };
  return [finding({
    code: 'name-mismatch', subject: endpointSubject(host.name, verdict.address, verdict.keyType), rfc: 'RFC 7672 §3.2.2', evidence: [...endpointEvidence(endpoints), ...leafEvidence(endpoints), ...oneRecordEach(endpoints, nameless)],
    message: `The certificate of ${where} is for ${presented.length === 0 ? 'no name' : listed(presented)}, but senders look for ${listed(tried)}. Its TLSA records are DANE-TA(2), under which names count: senders that do DANE skip it.`,
    remedy: presentedRemedy(run, host.name, { add: `Get a certificate for ${host.tlsaBaseDomain ?? host.name} from the same issuer, or add this record, under which names are not checked.` }, endpoints),
  })];
});

/** The record that fits but for the names. */
const nameless = ({ comparisons }: EndpointState): number | undefined => comparisons.find(({ reason }) => reason.code === 'name-mismatch')?.record;
