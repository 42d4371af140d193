import type { Run } from '../inspection/run.ts';
import type { Assessor } from './assessor.ts';
import { insecureZoneEvidence } from './evidence.ts';
import { finding, finishedLookups, listed, lookupEvidence, takesMail, targetName, targetSubject } from './state.ts';

/** Insecure MX records: an attacker can name other hosts; senders may still do DANE with the hosts that are named (RFC 7672 §2.2.1). */
export const domainUnsigned: Assessor = (run) => {
  if (!takesMail(run) || run.destination?.mxStatus !== 'insecure') return [];
  const domain = targetName(run);
  const lookup = finishedLookups(run).find(({ name, rrtype }) => name === domain && rrtype === 'MX');
  return [finding({
    code: 'domain-unsigned', subject: targetSubject(run), rfc: 'RFC 7672 §2.2.1', evidence: [...lookupEvidence(run, domain, 'MX'), ...insecureZoneEvidence(run, lookup)],
    message: `The MX records of ${domain} are not protected by DNSSEC. ${lookup?.reason?.text ?? ''} ${protectedHosts(run)}`.replace('  ', ' '),
    remedy: { text: `Sign the zone of ${domain} and publish its DS record at the parent. Until then TLSA records of its MX hosts do not help against forged MX records.`, copy: null },
  })];
};

function protectedHosts(run: Run): string {
  const good = run.outcome.hosts.filter(({ outcome }) => outcome === 'authenticated').map(({ name }) => name);
  if (good.length === 0) return 'Senders deliver as without DANE: anybody on the way can redirect the mail.';
  return `Mail to ${listed(good)} is authenticated against passive and on-path attacks on the way to that host, not against forged MX records that name another one.`;
}
