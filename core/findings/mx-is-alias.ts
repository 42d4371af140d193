import { plainText } from '../base/plain-text.ts';
import { mxSubject } from '../base/subject.ts';
import type { Assessor } from './assessor.ts';
import type { Remedy } from './finding.ts';
import type { DestinationHost } from '../destination/facts.ts';
import type { Run } from '../inspection/run.ts';
import { finding, finishedLookups, lookupEvidence, targetName } from './state.ts';

/** An MX record must name a host with addresses of its own (RFC 2181 §10.3, RFC 5321 §5.1). Senders that do DANE cope (RFC 7672 §2.2.2). */
export const mxIsAlias: Assessor = (run) => {
  if (run.destination?.kind !== 'mx') return [];
  const domain = targetName(run);
  return run.hosts.filter(({ name, canonicalName }) => canonicalName !== name).map((host) => finding({
    code: 'mx-is-alias', subject: mxSubject(host.name), rfc: 'RFC 2181 §10.3',
    message: `The MX host ${host.name} is an alias for ${host.canonicalName}. MX records must name a host itself; some senders refuse an alias.`,
    evidence: [...lookupEvidence(run, domain, 'MX'), ...lookupEvidence(run, host.name, 'A')],
    remedy: remedy(run, domain, host),
  }));
};

/** Nothing to paste where it would take DANE away, or stand beside a CNAME (RFC 1034 §3.6.2). */
function remedy(run: Run, domain: string, { name, canonicalName, preference, tlsaBaseDomain }: DestinationHost): Remedy {
  // RFC 7672 §2.2.3: under its own name the target is looked up for TLSA records of its own.
  if (tlsaBaseDomain === name) {
    const port = run.context?.target.port ?? 25;
    return { text: `First publish at _${port}._tcp.${canonicalName} the TLSA records that are now at _${port}._tcp.${name}, as senders look only there for a host of that name; after 2 × TTL name ${canonicalName} in the MX record.`, copy: null };
  }
  const owner = finishedLookups(run).find((lookup) => lookup.name === domain && lookup.rrtype === 'MX')?.canonicalName.replace(/\.$/, '').toLowerCase() ?? domain;
  if (owner !== domain) return { text: `Name ${canonicalName} in the MX record, which is at ${owner}: ${domain} is itself an alias for it.`, copy: null };
  return { text: `Name ${canonicalName} in the MX record.`, copy: plainText(`${domain}. 3600 IN MX ${preference ?? 10} ${canonicalName}.`) };
}
