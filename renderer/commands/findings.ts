/** Walking the findings, and copying the fix of the current one. */
import { plainText } from '../../core/base/plain-text.ts';
import type { Finding } from '../../core/findings/finding.ts';
import type { Selection } from '../selection/selection-store.ts';
import { useSelection } from '../selection/selection-store.ts';
import { useSession } from '../session/session-store.ts';
import { LONGEST_LABEL, subjectLabel } from '../text/subject-label.ts';
import { markEvidence } from '../views/dialogue/evidence-row.ts';
import { copiedFinding, findingIds, nextIndex } from '../views/findings/model.ts';
import { say, showView, useUi } from '../workbench/ui-store.ts';
import { copyText } from './clipboard.ts';

/** Makes it the current finding and leads every view to its subject, and the dialogue to the line that shows it. */
export function selectFinding(finding: Finding, id: string): void {
  useUi.setState({ finding: id });
  const { subject, event } = placeOf(finding);
  useSelection.getState().select(subject, event);
  markEvidence(finding);
}

/** A fault told of a whole zone is seen at the first RRset that it met; one of a dialogue, on whichever connection that was. */
export function placeOf(finding: Finding): Selection {
  const rrset = finding.subject.startsWith('zone:') ? finding.evidence.find((one) => one.subject.startsWith('rrset:')) : undefined;
  if (rrset !== undefined) return { subject: rrset.subject, event: rrset.seq };
  const told = finding.evidence.filter(({ seq }) => seq !== null);
  const line = told.find(({ subject }) => subject.startsWith('connection:')) ?? (told[0]?.subject === finding.subject ? told[0] : undefined);
  return { subject: finding.subject, event: line?.seq ?? null };
}

export function stepFinding(step: 1 | -1): void {
  const { findings } = useSession.getState();
  const ids = findingIds(findings);
  const index = nextIndex(ids.indexOf(useUi.getState().finding ?? ''), findings.length, step);
  const finding = findings[index];
  if (finding === undefined) return say(noFindings());
  selectFinding(finding, ids[index] ?? '');
  showView('findings');
  say(`Finding ${String(index + 1)} of ${String(findings.length)}: ${finding.code}`);
}

function noFindings(): string {
  const { run, running } = useSession.getState();
  if (run.state === 'empty') return 'No findings yet: nothing was inspected';
  return running ? 'No findings so far' : 'No findings in this run';
}

export function copyFix(): void {
  const fixed = copiedFinding(useSession.getState().findings, useUi.getState().finding);
  const fix = fixed?.remedy?.copy;
  if (fixed === undefined || fix == null) return say('No fix to copy');
  void copyText(fix.split('\n'), `the fix of ${fixed.code}, ${plainText(subjectLabel(fixed.subject), LONGEST_LABEL)}`);
}
