/** What is known about the selected subject, as titled fields; every digest and name can be copied. */
import { hostOfSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
import type { Finding } from '../../../core/findings/finding.ts';
import type { Run } from '../../../core/inspection/run.ts';
import type { Focus } from '../../selection/focus.ts';
import { subjectLabel } from '../../text/subject-label.ts';
import { certificateDetails } from './certificate-details.ts';
import { dnsDetails } from './dns-details.ts';
import { endpointDetails } from './endpoint-details.ts';
import type { Details } from './fields.ts';
import { hostDetails } from './host-details.ts';
import { recordDetails } from './record-details.ts';

export function detailsOf(run: Run, subject: SubjectId, focus: Focus): Details {
  const kind = subject.slice(0, subject.indexOf(':'));
  const certificate = focus.certificate === null ? undefined : run.certificates[focus.certificate];
  if (kind === 'cert' && certificate !== undefined) return certificateDetails(run, certificate, focus);
  if (kind === 'tlsa' && focus.host !== null && focus.record !== null) return recordDetails(focus.host, focus.record, focus);
  if ((kind === 'endpoint' || kind === 'connection' || kind === 'address') && (focus.endpoint !== null || focus.connection !== null)) return endpointDetails(focus);
  if (kind === 'mx' && focus.host !== null) return hostDetails(focus.host);
  return dnsDetails(run, subject) ?? { kind, title: subjectLabel(subject), status: null, summary: null, sections: [] };
}

/** A name may hold a slash, which subjects escape. */
const isOfHost = (subject: SubjectId, host: string): boolean => /^(?:tlsa|address|connection|endpoint):/.test(subject) && hostOfSubject(subject) === host;

/** Findings about the subject itself, or about what it belongs to. */
export function findingsAbout(findings: readonly Finding[], subject: SubjectId, focus: Focus): readonly Finding[] {
  const host = focus.host?.name;
  const about = (finding: Finding): boolean =>
    finding.subject === subject || finding.evidence.some((one) => one.subject === subject) || (host !== undefined && subject.startsWith('mx:') && isOfHost(finding.subject, host));
  return findings.filter(about);
}
