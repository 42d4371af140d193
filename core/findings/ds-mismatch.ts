import { dsSubject } from '../base/subject.ts';
import type { Run } from '../inspection/run.ts';
import type { Assessor } from './assessor.ts';
import { failedLookupFinding, failedLookups, type FailedLookups } from './failed-lookup.ts';
import type { Evidence, Finding } from './finding.ts';

/** The DS records at the parent vouch for keys that the zone does not have (RFC 4035 §5.2). */
export const dsMismatch: Assessor = (run) => failedLookups(run, 'ds-mismatch').map((failed) => withBrokenZone(run, failed));

/** The zone that broke is the last that the lookup came to, or the child of it whose keys nobody vouches for. */
function withBrokenZone(run: Run, failed: FailedLookups): Finding {
  const broken = run.zones.find(({ zone }) => zone.status === 'bogus' && failed.lookups.some(({ reason }) => reason?.text === zone.reason?.text));
  const zone = broken?.zone.zone ?? failed.zone;
  const evidence: Evidence[] = (broken?.digests ?? []).map(({ keyTag, algorithm, digestType, result }) =>
    ({ label: `DS ${keyTag}: ${result}`, subject: dsSubject(zone, algorithm, keyTag, digestType), seq: broken?.seq ?? null }));
  const told = failedLookupFinding(run, { ...failed, zone }, {
    rfc: 'RFC 4035 §5.2',
    remedy: {
      text: `Publish at the parent a DS record of a key that ${zone} signs its DNSKEY RRset with, or put the old key back until the parent has it. Keep the old DS until the TTL of the old DS RRset has passed.`,
      copy: null,
    },
  });
  // A zone whose keys were asked for again has its checks twice.
  const once = [...new Map(evidence.map((one) => [`${one.label} ${one.subject}`, one])).values()];
  return { ...told, evidence: [...told.evidence, ...once] };
}
