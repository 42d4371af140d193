import { mxSubject } from '../base/subject.ts';
import type { DestinationHost } from '../destination/facts.ts';
import type { Lookup } from '../dns/facts.ts';
import type { Run } from '../inspection/run.ts';
import type { Assessor } from './assessor.ts';
import { insecureZoneEvidence } from './evidence.ts';
import { finding, finishedLookups, lookupEvidence } from './state.ts';

/** Addresses or TLSA records of the host are insecure: DANE does not apply to it (RFC 7672 §2.2.2). Told apart from an unsigned domain. */
export const mxHostUnsigned: Assessor = (run) => {
  if (run.destination?.mxStatus !== 'secure') return [];
  return run.hosts.filter(({ tlsa }) => tlsa === 'insecure').map((host) => finding({
    code: 'mx-host-unsigned', subject: mxSubject(host.name), rfc: host.reason.rfc ?? 'RFC 7672 §2.2.2',
    message: host.reason.code === 'addresses-insecure'
      ? `The addresses of ${host.name} are not protected by DNSSEC, so senders look for no TLSA records and deliver as without DANE.`
      : `${host.reason.text} Senders deliver to ${host.name} as without DANE.`,
    evidence: [...lookupEvidence(run, host.name, 'A'), ...lookupEvidence(run, host.name, 'AAAA'), ...insecureZoneEvidence(run, insecureLookup(run, host))],
    remedy: { text: `Sign the zone of ${host.canonicalName} and publish TLSA records there, or name an MX host in a signed zone.`, copy: null },
  }));
};

const insecureLookup = (run: Run, { name, canonicalName, tlsaCandidates }: DestinationHost): Lookup | undefined =>
  finishedLookups(run).find((lookup) => lookup.status === 'insecure' && [name, canonicalName, ...tlsaCandidates].includes(lookup.name));
