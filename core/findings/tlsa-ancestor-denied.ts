import { mxSubject } from '../base/subject.ts';
import type { Assessor } from './assessor.ts';
import { oneAnswer } from './evidence.ts';
import { finding, lookupEvidence } from './state.ts';

/** `_tcp.<host>` is denied though a name below it exists: resolvers that minimise queries never find the records (RFC 8020 §2, RFC 9156 §3). */
export const tlsaAncestorDenied: Assessor = (run) => run.hosts.flatMap((host) => {
  const port = run.context?.target.port ?? 25;
  const ancestors = new Set(host.tlsaCandidates.map((owner) => owner.replace(`_${port}.`, '')));
  // What the servers said counts, not the lookup: a denial that is a lie has no proof, and the lookup fails.
  const denied = run.exchanges.find(({ name, answer }) => answer?.rcode === 'NXDOMAIN' && ancestors.has(name));
  if (denied === undefined || host.records.length === 0) return [];
  return [finding({
    code: 'tlsa-ancestor-denied', subject: mxSubject(host.name), rfc: 'RFC 8020 §2',
    message: `The name servers deny ${denied.name} (NXDOMAIN), though there are TLSA records below it at _${port}.${denied.name}. Senders whose resolver stops there see no DANE, or a failure.`,
    evidence: [oneAnswer(denied), ...lookupEvidence(run, denied.name, denied.rrtype), ...lookupEvidence(run, `_${port}.${denied.name}`, 'TLSA')],
    remedy: { text: `Let the name servers answer NOERROR without records for ${denied.name}: it is an empty non-terminal. Often a name server that is not kept up to date is at fault.`, copy: null },
  })];
});
