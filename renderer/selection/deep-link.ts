/** `#subject=endpoint:…` in the address: one place in a run, by the name that reports give it too. */
import type { SubjectId, SubjectKind } from '../../core/base/subject.ts';
import { LONGEST_ANCHOR, SUBJECT_ANCHOR, subjectAnchor } from '../../core/base/subject-anchor.ts';

const KINDS: { readonly [Kind in SubjectKind]: true } = {
  run: true, domain: true, zone: true, dnskey: true, ds: true, server: true, rrset: true, mx: true, tlsa: true, address: true, connection: true, endpoint: true, cert: true,
};
const PREFIX = `#${SUBJECT_ANCHOR}`;

export const isDeepLink = (hash: string): boolean => hash.startsWith(PREFIX);

/** The same text as the place of the subject in a report; only the page where the subject is too long to have one. */
export const deepLink = (subject: SubjectId): string => `#${subjectAnchor(subject) ?? ''}`;

/** @returns null where the address names no subject */
export function subjectOf(hash: string): SubjectId | null {
  if (!isDeepLink(hash) || hash.length > PREFIX.length + LONGEST_ANCHOR) return null;
  const text = decoded(hash.slice(PREFIX.length));
  const kind = text?.slice(0, text.indexOf(':')) ?? '';
  return text !== null && Object.hasOwn(KINDS, kind) ? (text as SubjectId) : null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
