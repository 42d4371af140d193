import { mxSubject } from '../base/subject.ts';
import type { Assessor } from './assess.ts';
import { finding, finishedLookups, lookupEvidence } from './state.ts';

/** `_tcp.<host>` is denied though a name below it exists: resolvers that minimise queries never find the records (RFC 8020 §2, RFC 9156 §3). */
export const tlsaAncestorDenied: Assessor = (run) => run.hosts.flatMap((host) => {
  const port = run.context?.target.port ?? 25;
  const candidates = host.tlsaCandidates.map((owner) => owner.replace(`_${port}._tcp.`, ''));
  const denied = finishedLookups(run).find(({ name, rcode }) => rcode === 'NXDOMAIN' && candidates.some((candidate) => name === `_tcp.${candidate}`));
  if (denied === undefined || host.records.length === 0) return [];
  return [finding({
    code: 'tlsa-ancestor-denied', subject: mxSubject(host.name), rfc: 'RFC 8020 §2',
    message: `The name servers deny ${denied.name} (NXDOMAIN), though there are TLSA records below it at _${port}.${denied.name}. Senders whose resolver stops there see no DANE, or a failure.`,
    evidence: [...lookupEvidence(run, denied.name, denied.rrtype), ...lookupEvidence(run, `_${port}.${denied.name}`, 'TLSA')],
    remedy: { text: `Let the name servers answer NOERROR without records for ${denied.name}: it is an empty non-terminal. Often a name server that is not kept up to date is at fault.`, copy: null },
  })];
});
