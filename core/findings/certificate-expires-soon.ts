import { endpointSubject } from '../base/subject.ts';
import type { EndpointState, Run } from '../inspection/run.ts';
import type { CertificateFact } from '../x509/facts.ts';
import type { Assessor } from './assessor.ts';
import { certificateEvidence, matchedRecordEvidence, pathShown } from './evidence.ts';
import { endpointEvidence, finding, groupBy, hostOf, listed } from './state.ts';

const DAY = 86_400_000;
const WINDOW = 14 * DAY;
/** Certificates that live for days are renewed late in their life: the last third counts where that is less than the window. */
const LAST_PART = 1 / 3;

/** Under DANE-TA(2) dates count, so mail stops on that day (RFC 7672 §3.1.2). Under DANE-EE(3) nothing happens (§3.1.1). One finding for each certificate. */
export const certificateExpiresSoon: Assessor = (run) => {
  const ending = run.endpoints.flatMap((endpoint) => firstToEnd(run, endpoint).map((certificate) => ({ endpoint, certificate })));
  return groupBy(ending, ({ certificate }) => certificate.sha256).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { endpoint: { verdict }, certificate } = first;
    const endpoints = group.map(({ endpoint }) => endpoint);
    const whose = certificate.sha256 === verdict.chain[0] ? 'The certificate' : `The certificate of the issuer ${certificate.subject}`;
    return [finding({
      code: 'certificate-expires-soon', subject: endpointSubject(verdict.host, verdict.address, verdict.keyType), rfc: 'RFC 7672 §3.1.2',
      evidence: [...endpointEvidence(endpoints), ...certificateEvidence(endpoints, (one) => one.verdict.chain.indexOf(certificate.sha256)), ...matchedRecordEvidence(endpoints)],
      message: `${whose} shown by ${where(endpoints)} is valid until ${certificate.notAfter.slice(0, 10)} only. The record that matches is DANE-TA(2), under which dates count: from then on senders that do DANE skip the host.`,
      remedy: { text: 'Renew it with the same issuer; the TLSA records can stay as they are. Find out why that has not happened yet.', copy: null },
    })];
  });
};

const where = (endpoints: readonly EndpointState[]): string => listed(endpoints.map(({ verdict }) => `${verdict.host} (${verdict.address})`));

/** The certificate that ends the path first, where that is soon; none or one. */
function firstToEnd(run: Run, endpoint: EndpointState): CertificateFact[] {
  const at = Date.parse(run.context?.startedAt ?? '');
  const [first] = pathToAnchor(run, endpoint).toSorted((left, right) => Date.parse(left.notAfter) - Date.parse(right.notAfter));
  return first !== undefined && endsSoon(first, at) ? [first] : [];
}

function endsSoon({ notBefore, notAfter }: CertificateFact, at: number): boolean {
  const [from, until] = [Date.parse(notBefore), Date.parse(notAfter)];
  return until >= at && until - at < Math.min(WINDOW, (until - from) * LAST_PART);
}

/** From the leaf to the matched anchor, without an anchor whose dates nobody checks; empty where no DANE-TA(2) record matches. */
function pathToAnchor(run: Run, { verdict }: EndpointState): CertificateFact[] {
  const record = hostOf(run, verdict.host)?.records.find(({ index }) => index === verdict.matched?.record);
  if (verdict.outcome !== 'authenticated' || record?.usage !== 2) return [];
  const anchor = verdict.matched?.depth ?? null;
  return pathShown(run, verdict.chain.slice(0, anchor === null ? undefined : anchor + 1)).filter(({ sha256, selfIssued }) => sha256 !== verdict.chain[anchor ?? -1] || selfIssued);
}
