import { mxSubject } from '../base/subject.ts';
import type { Run } from '../inspection/run.ts';
import type { Assessor } from './assessor.ts';
import type { Evidence, Finding } from './finding.ts';
import { finding, lookupEvidence, targetName, targetSubject } from './state.ts';

/** Nothing to connect to: neither MX nor address at the domain, or an MX host without address (RFC 5321 §5.1). */
export const noMailHost: Assessor = (run) => {
  if (run.destination?.kind === 'no-mail-host') return [domainWithoutHost(run, targetName(run))];
  return run.hosts.filter(({ reason }) => reason.code === 'no-addresses').map(({ name }) => finding({
    code: 'no-mail-host', subject: mxSubject(name), rfc: 'RFC 5321 §5.1', evidence: evidence(run, name),
    message: `The host ${name} has no address: senders cannot use it.`,
    remedy: { text: `Publish an address for ${name}, or remove the MX record that names it.`, copy: null },
  }));
};

const domainWithoutHost = (run: Run, domain: string): Finding => finding({
  code: 'no-mail-host', subject: targetSubject(run), rfc: 'RFC 5321 §5.1', evidence: evidence(run, domain),
  message: `${domain} has neither MX records nor an address: it gets no mail.`,
  // A record that ends all mail is nothing to paste by the way.
  remedy: { text: 'Publish an MX record; only where the domain is to get no mail, publish a null MX (RFC 7505).', copy: null },
});

const evidence = (run: Run, name: string): Evidence[] => ['MX', 'A', 'AAAA'].flatMap((rrtype) => lookupEvidence(run, name, rrtype));
