/** Findings as the list, the keys F8 and Shift+F8, and the clipboard use them. */
import type { SubjectId } from '../../../core/base/subject.ts';
import type { Finding, Severity } from '../../../core/findings/finding.ts';
import { SEVERITIES } from '../../status/vocabulary.ts';
import { subjectLabel } from '../../text/subject-label.ts';
import type { ViewName } from '../../workbench/ui-store.ts';

/** Stable within a run: one rule speaks about one subject once; a number tells doubles apart. */
export function findingIds(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ code, subject }) => {
    const name = `${code} ${subject}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} ${String(count)}`;
  });
}

export interface FindingRow {
  readonly id: string;
  readonly finding: Finding;
  /** from 1, among all that are listed */
  readonly position: number;
}

export interface FindingGroup {
  readonly id: Severity;
  readonly rows: readonly FindingRow[];
}

const LEVELS = ['error', 'warning', 'info'] as const;

/** Worst first; inside a group as the run tells them. A word of the filter may stand in the code, the words, the rule or the subject. */
export function findingGroups(findings: readonly Finding[], filter: string): readonly FindingGroup[] {
  const ids = findingIds(findings);
  const wanted = filter.trim().toLowerCase().split(/\s+/).filter((word) => word !== '');
  const fits = ({ code, severity, message, rfc, subject }: Finding): boolean => {
    const text = `${code} ${SEVERITIES[severity].word} ${message} ${rfc} ${subjectLabel(subject)}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  const told = findings.map((finding, index) => ({ finding, id: ids[index] ?? '' })).filter(({ finding }) => fits(finding));
  let position = 0;
  return LEVELS.map((id) => ({ id, rows: told.filter(({ finding }) => finding.severity === id).map((one) => ({ ...one, position: (position += 1) })) })).filter(({ rows }) => rows.length > 0);
}

/** Whose fix the key copies: the current finding's, else that of the first that has one. @param current id */
export function copiedFinding(findings: readonly Finding[], current: string | null): Finding | undefined {
  const chosen = current === null ? undefined : findings[findingIds(findings).indexOf(current)];
  return chosen?.remedy?.copy == null ? findings.find((finding) => finding.remedy?.copy != null) : chosen;
}

/** The view in which a piece of evidence is seen best. */
export function evidenceView(subject: SubjectId): ViewName | null {
  switch (subject.slice(0, subject.indexOf(':'))) {
    case 'cert': return 'certificates';
    case 'tlsa': return 'tlsa';
    case 'rrset': return 'answers';
    case 'zone': case 'dnskey': case 'ds': return 'trust';
    case 'endpoint': case 'mx': case 'address': case 'domain': return 'overview';
    // A line of a connection stands in the dialogue, which is in sight beside every view.
    default: return null;
  }
}

/** `2 errors, 1 note`; `no findings` */
export function countsInWords(findings: readonly Finding[]): string {
  const words = LEVELS.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const word = SEVERITIES[severity].word.toLowerCase();
    return count === 0 ? [] : [`${String(count)} ${word}${count === 1 ? '' : 's'}`];
  });
  return words.length === 0 ? 'no findings' : words.join(', ');
}

/** Wraps around; from nothing, the first or the last. */
export function nextIndex(current: number, count: number, step: 1 | -1): number {
  if (count === 0) return -1;
  if (current < 0) return step === 1 ? 0 : count - 1;
  return (current + step + count) % count;
}
