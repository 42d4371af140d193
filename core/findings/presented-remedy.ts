/** The remedy that fits most TLSA faults: a record of the keys that the host shows now. */
import type { EndpointState, Run } from '../inspection/run.ts';
import type { Remedy } from './finding.ts';
import { hostOf } from './state.ts';
import { tlsaLine } from './zone-file.ts';

/** `text` in words; the lines are those of the leaf keys presented at `endpoints`, by default at all of the host. */
export function presentedRemedy(run: Run, hostName: string, text: string, endpoints: readonly EndpointState[] = run.endpoints): Remedy {
  const host = hostOf(run, hostName);
  const owner = `_${run.context?.target.port ?? 25}._tcp.${host?.tlsaBaseDomain ?? hostName}`;
  const leaves = endpoints.filter(({ verdict }) => verdict.host === hostName).flatMap(({ verdict }) => run.certificates[verdict.chain[0] ?? ''] ?? []);
  const lines = [...new Set(leaves.filter(({ spkiSha256 }) => spkiSha256 !== '').map((leaf) => tlsaLine(owner, host?.tlsaTtl ?? 0, leaf.spkiSha256)))];
  return { text, copy: lines.length === 0 ? null : lines.join('\n') };
}
