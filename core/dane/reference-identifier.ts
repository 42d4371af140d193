/** Whether a certificate is for one of the names that a sender expects (RFC 7672 §3.2.2, §3.2.3). */
import type { Certificate } from '../x509/certificate.ts';
import { COMMON_NAME, attributesOf } from '../x509/name.ts';

export interface NameCheck {
  readonly tried: readonly string[];
  /** the names in the certificate that count */
  readonly presented: readonly string[];
  /** the reference identifier that was found; null where none was */
  readonly matched: string | null;
}

/** Any one reference identifier suffices. They are A-labels; a trailing root dot is dropped. */
export function checkNames(certificate: Certificate, referenceIdentifiers: readonly string[]): NameCheck {
  const presented = presentedIdentifiers(certificate);
  const tried = referenceIdentifiers.map((name) => name.replace(/\.$/, ''));
  const matched = tried.find((reference) => presented.some((name) => identifierMatches(name, reference))) ?? null;
  return { tried, presented, matched };
}

/** RFC 7672 §3.2.3: CN counts only where the certificate has no dNSName. */
export function presentedIdentifiers(certificate: Certificate): string[] {
  const names = (certificate.extensions.subjectAltName ?? []).flatMap((name) => (name.kind === 'dns' ? [name.text] : []));
  return names.length > 0 ? names : attributesOf(certificate.subject, COMMON_NAME).flatMap(({ text }) => (text === null ? [] : [text]));
}

/**
 * One presented name against one reference identifier, without regard to the case of ASCII letters. A reference identifier
 * with a leading dot stands for every name below it, as senders' operators write it; none comes from DNS.
 */
export function identifierMatches(presented: string, reference: string): boolean {
  // A NUL would let a library that ends there see another name.
  if (reference === '' || reference === '.' || presented.includes('\0') || reference.includes('\0')) return false;
  if (reference.startsWith('.')) return presented.length >= reference.length && lower(presented).endsWith(lower(reference));
  return isWildcard(presented) ? wildcardMatches(lower(presented), lower(reference)) : lower(presented) === lower(reference);
}

const lower = (text: string): string => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());

const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
/** RFC 7672 §3.2.3: the wildcard is the whole of the first label; senders want two labels after it. */
const WILDCARD = new RegExp(`^\\*(?:\\.${LABEL}){2,}$`, 'i');

const isWildcard = (presented: string): boolean => WILDCARD.test(presented);

/** It stands for exactly one label; senders' library takes a `*` that was asked for as one. */
function wildcardMatches(presented: string, reference: string): boolean {
  const suffix = presented.slice(1);
  return reference.endsWith(suffix) && /^(?:\*|[a-z0-9-]+)$/.test(reference.slice(0, -suffix.length));
}
