import { mxSubject } from '../base/subject.ts';
import type { Assessor } from './assess.ts';
import { finding, lookupEvidence, targetName } from './state.ts';

/** An MX record must name a host with addresses of its own (RFC 2181 §10.3, RFC 5321 §5.1). Senders that do DANE cope (RFC 7672 §2.2.2). */
export const mxIsAlias: Assessor = (run) => {
  if (run.destination?.kind !== 'mx') return [];
  const domain = targetName(run);
  return run.hosts.filter(({ name, canonicalName }) => canonicalName !== name).map((host) => finding({
    code: 'mx-is-alias', subject: mxSubject(host.name), rfc: 'RFC 2181 §10.3',
    message: `The MX host ${host.name} is an alias for ${host.canonicalName}. MX records must name a host itself; some senders refuse an alias.`,
    evidence: [...lookupEvidence(run, domain, 'MX'), ...lookupEvidence(run, host.name, 'A')],
    remedy: { text: `Name ${host.canonicalName} in the MX record.`, copy: `${domain}. 3600 IN MX ${host.preference ?? 10} ${host.canonicalName}.` },
  }));
};
