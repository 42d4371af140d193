import { certificateSubject, endpointSubject } from '../base/subject.ts';
import type { Reason } from '../base/subject.ts';
import type { EndpointState, Run } from '../inspection/run.ts';
import type { Assessor } from './assessor.ts';
import { pathShown } from './evidence.ts';
import type { Evidence } from './finding.ts';
import { endpointEvidence, finding, groupBy, listed } from './state.ts';

/** The path holds and its keys or signatures are too weak for many senders (RFC 9325 §4.5). */
export const keyWeak: Assessor = (run) => {
  const weak = run.endpoints.filter((endpoint) => endpoint.verdict.outcome === 'authenticated' && weaknesses(endpoint).length > 0);
  return groupBy(weak, ({ verdict }) => `${verdict.host} ${verdict.chain[0]}`).flatMap((endpoints) => {
    const [first] = endpoints;
    if (first === undefined) return [];
    const { verdict } = first;
    return [finding({
      code: 'key-weak', subject: endpointSubject(verdict.host, verdict.address, verdict.keyType), rfc: 'RFC 9325 §4.5',
      evidence: [...endpointEvidence(endpoints), ...weakEvidence(run, first)],
      message: `The chain of ${verdict.host} (${listed(endpoints.map((endpoint) => endpoint.verdict.address))}) matches, but it is weak. ${weaknesses(first).map(({ text }) => text).join(' ')} Such senders do not deliver.`,
      remedy: { text: 'Make a new key, ECDSA P-256 or RSA with 2048 bits, and publish its TLSA record before it goes into use; let an issuer sign it with SHA-256.', copy: null },
    })];
  });
};

const weaknesses = ({ verdict }: EndpointState): Reason[] => (verdict.notes ?? []).filter(({ code }) => code === 'weak-algorithm');

/** Notes tell a place on the path from the leaf, which need not be the order in which it was sent. */
function weakEvidence(run: Run, endpoint: EndpointState): Evidence[] {
  const { chain } = endpoint.verdict;
  const path = pathShown(run, chain);
  const weak = new Set(weaknesses(endpoint).flatMap(({ text }) => path[Number(/^Certificate (\d+) above the leaf/.exec(text)?.[1] ?? 0)]?.sha256 ?? []));
  return [...weak].map((sha256) => ({ label: `certificate at depth ${String(chain.indexOf(sha256))}`, subject: certificateSubject(sha256), seq: null }));
}
