/** `#subject=endpoint:…` in the address: one place in a run, by the name that reports give it too. */
import type { SubjectId, SubjectKind } from '../../core/base/subject.ts';

const KINDS: { readonly [Kind in SubjectKind]: true } = {
  run: true, domain: true, zone: true, dnskey: true, ds: true, server: true, rrset: true, mx: true, tlsa: true, address: true, connection: true, endpoint: true, cert: true,
};
const PREFIX = '#subject=';
/** longer than any name with its parts */
const LONGEST = 1200;

export const isDeepLink = (hash: string): boolean => hash.startsWith(PREFIX);

export const deepLink = (subject: SubjectId): string => `${PREFIX}${encodeURIComponent(subject)}`;

/** @returns null where the address names no subject */
export function subjectOf(hash: string): SubjectId | null {
  if (!isDeepLink(hash) || hash.length > LONGEST) return null;
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
