import { mxSubject, tlsaSubject } from '../base/subject.ts';
import type { Assessor } from './assessor.ts';
import { finding, requiresTls } from './state.ts';
import { presentedRemedy } from './presented-remedy.ts';

/** PKIX-TA(0) and PKIX-EE(1) do nothing for SMTP: senders treat them as unusable (RFC 7672 §3.1.3). */
export const tlsaUsageUnusable: Assessor = (run) => run.hosts.filter(requiresTls).flatMap((host) => {
  const records = host.records.filter(({ usable, usage }) => !usable && usage < 2);
  if (records.length === 0) return [];
  const effect = host.tlsa === 'unusable' ? 'As no other record is usable, senders require TLS but authenticate nobody.' : 'The other records decide.';
  return [finding({
    code: 'tlsa-usage-unusable', subject: mxSubject(host.name), rfc: 'RFC 7672 §3.1.3',
    message: `${records.length === 1 ? 'A TLSA record' : `${records.length} TLSA records`} of ${host.name} with usage ${[...new Set(records.map(({ usage }) => usage))].join(' and ')} cannot be used for SMTP. ${effect}`,
    evidence: records.map(({ index, usage, selector, matchingType }) => ({ label: `TLSA ${usage} ${selector} ${matchingType}`, subject: tlsaSubject(host.name, index), seq: null })),
    remedy: presentedRemedy(run, host.name, {
      add: 'Publish records with usage 3 (DANE-EE) for the keys that the host shows; then remove these.', published: 'Remove them: other records do their work.',
    }),
  })];
});
