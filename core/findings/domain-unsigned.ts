import type { Assessor } from './assess.ts';
import { finding, finishedLookups, lookupEvidence, takesMail, targetName, targetSubject } from './state.ts';

/** Insecure MX records: an attacker can name other hosts, so DANE does not protect the domain (RFC 7672 §2.2.1). */
export const domainUnsigned: Assessor = (run) => {
  if (!takesMail(run) || run.destination?.mxStatus !== 'insecure') return [];
  const domain = targetName(run);
  const why = finishedLookups(run).find(({ name, rrtype }) => name === domain && rrtype === 'MX')?.reason;
  return [finding({
    code: 'domain-unsigned', subject: targetSubject(run), rfc: 'RFC 7672 §2.2.1', evidence: lookupEvidence(run, domain, 'MX'),
    message: `The MX records of ${domain} are not protected by DNSSEC. ${why?.text ?? ''} Senders deliver as without DANE: anybody on the way can redirect the mail.`.replace('  ', ' '),
    remedy: { text: `Sign the zone of ${domain} and publish its DS record at the parent. Until then TLSA records of its MX hosts protect other domains, not this one.`, copy: null },
  })];
};
