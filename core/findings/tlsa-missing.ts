import { mxSubject } from '../base/subject.ts';
import type { Assessor } from './assessor.ts';
import { presentedRemedy } from './presented-remedy.ts';
import { finding, lookupEvidence } from './state.ts';

/** DNSSEC is there and TLSA records are not: the host is as without DANE (RFC 7672 §2.2). */
export const tlsaMissing: Assessor = (run) => {
  if (run.destination?.mxStatus !== 'secure') return [];
  return run.hosts.filter(({ tlsa }) => tlsa === 'absent').map((host) => finding({
    code: 'tlsa-missing', subject: mxSubject(host.name), rfc: 'RFC 7672 §2.2',
    message: `There is no TLSA record for ${host.name}, though its zone is signed. Senders use TLS if it is offered and do not authenticate the server.`,
    evidence: host.tlsaCandidates.flatMap((candidate) => lookupEvidence(run, candidate, 'TLSA')), remedy: presentedRemedy(run, host.name, { compareFirst: true, add: 'Publish a record of each key that the host shows now.' }),
  }));
};
