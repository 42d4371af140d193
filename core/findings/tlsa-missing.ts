import { mxSubject } from '../base/subject.ts';
import type { Run } from '../inspection/run.ts';
import type { DestinationHost } from '../destination/facts.ts';
import type { Assessor } from './assess.ts';
import type { Remedy } from './finding.ts';
import { finding, listed } from './state.ts';
import { lookupEvidence } from './state.ts';
import { tlsaLine } from './zone-file.ts';

/** DNSSEC is there and TLSA records are not: the host is as without DANE (RFC 7672 §2.2). */
export const tlsaMissing: Assessor = (run) => {
  if (run.destination?.mxStatus !== 'secure') return [];
  return run.hosts.filter(({ tlsa }) => tlsa === 'absent').map((host) => finding({
    code: 'tlsa-missing', subject: mxSubject(host.name), rfc: 'RFC 7672 §2.2',
    message: `There is no TLSA record for ${host.name}, though its zone is signed. Senders use TLS if it is offered and do not authenticate the server.`,
    evidence: host.tlsaCandidates.flatMap((candidate) => lookupEvidence(run, candidate, 'TLSA')), remedy: remedy(run, host),
  }));
};

/** A record for each key that the host shows now. */
function remedy(run: Run, host: DestinationHost): Remedy {
  const owner = host.tlsaCandidates.at(-1) ?? `_${run.context?.target.port ?? 25}._tcp.${host.name}`;
  const leaves = run.endpoints.filter(({ verdict }) => verdict.host === host.name).flatMap(({ verdict }) => run.certificates[verdict.chain[0] ?? ''] ?? []);
  const lines = [...new Set(leaves.map((leaf) => tlsaLine(owner, host.tlsaTtl, leaf.spkiSha256)))];
  const keys = listed(leaves.map(({ keyDescription }) => keyDescription));
  return lines.length === 0
    ? { text: `Publish at ${owner} a record 3 1 1 of the public key of every certificate that the host shows.`, copy: null }
    : { text: `Publish a record of the key that the host shows now (${keys}).`, copy: lines.join('\n') };
}
