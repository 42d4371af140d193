/** Findings as the list, the keys F8 and Shift+F8, and the clipboard use them. */
import type { Finding } from '../../../core/findings/finding.ts';
import { SEVERITIES } from '../../status/vocabulary.ts';

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

/** `2 errors, 1 note`; `no findings` */
export function countsInWords(findings: readonly Finding[]): string {
  const words = (['error', 'warning', 'info'] as const).flatMap((severity) => {
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

export const firstEvent = (finding: Finding): number | null => finding.evidence.find((one) => one.seq !== null)?.seq ?? null;
