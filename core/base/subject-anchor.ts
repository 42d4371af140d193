/**
 * The place of a subject in a document: the `id` of an element, and what an address names after its `#`. `report.html#subject=cert%3A…`
 * and the window's `#subject=cert%3A…` are the same text.
 */
import type { SubjectId } from './subject.ts';

export const SUBJECT_ANCHOR = 'subject=';

/** longer than any name with its parts; a longer subject has no place */
export const LONGEST_ANCHOR = 1200;

/**
 * Percent-encoded as an address has it. A browser looks for the text after `#` as it stands before it decodes it (HTML §7.4.6.4), so the id
 * may be the same text; different subjects have different ones. @returns null for a subject that is too long
 */
export function subjectAnchor(subject: SubjectId): string | null {
  if (subject.length > LONGEST_ANCHOR) return null;
  // Half of a surrogate pair has no octets; `%u` is in nothing else that is encoded.
  const encoded = subject.split(/(\p{Surrogate})/u).map((part) => (/^\p{Surrogate}$/u.test(part) ? `%u${part.charCodeAt(0).toString(16)}` : encodeURIComponent(part))).join('');
  return encoded.length > LONGEST_ANCHOR ? null : `${SUBJECT_ANCHOR}${encoded}`;
}
