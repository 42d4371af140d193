import { mxSubject, tlsaSubject } from '../base/subject.ts';
import type { Assessor } from './assessor.ts';
import { finding, listed, requiresTls } from './state.ts';
import { presentedRemedy } from './presented-remedy.ts';

/** Parameters that nobody knows, or data that cannot be what the parameters say (RFC 6698 §2.1, RFC 7671 §4). */
export const tlsaMalformed: Assessor = (run) => run.hosts.filter(requiresTls).flatMap((host) => {
  const records = host.records.filter(({ usable, usage }) => !usable && usage >= 2);
  if (records.length === 0) return [];
  const effect = host.tlsa === 'unusable' ? 'As no other record is usable, senders require TLS but authenticate nobody.' : 'Senders ignore it.';
  return [finding({
    code: 'tlsa-malformed', subject: mxSubject(host.name), rfc: records[0]?.reason?.rfc ?? 'RFC 6698 §2.1',
    message: `${listed(records.map((record) => `TLSA record ${record.usage} ${record.selector} ${record.matchingType} of ${host.name} is not usable: ${record.reason?.text ?? 'its data are malformed'}`))} ${effect}`,
    evidence: records.map(({ index, usage, selector, matchingType }) => ({ label: `TLSA ${usage} ${selector} ${matchingType}`, subject: tlsaSubject(host.name, index), seq: null })),
    remedy: presentedRemedy(run, host.name, { add: 'Replace it by a record of the key that the host shows.', published: 'Remove it: other records do its work.' }),
  })];
});
