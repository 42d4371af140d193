/** Name constraints (RFC 5280 §4.2.1.10) in OpenSSL's reading, with a bound on the comparisons. */
import { toUnicode } from 'tr46';
import type { Certificate } from './certificate.ts';
import type { NameConstraints, Subtree } from './extension.ts';
import { SMTP_UTF8_MAILBOX } from './general-name.ts';
import type { GeneralName } from './general-name.ts';
import { COMMON_NAME, EMAIL_ADDRESS, attributesOf } from './name.ts';
import { TAG } from './der.ts';

/** More would let a small message cost a large amount of work. */
const MAXIMUM_COMPARISONS = 2 ** 20;

/** What is wrong, in words; null where the names are within the constraints. `leaf`: CN counts where there is no dNSName. */
export function nameConstraintProblem(certificate: Certificate, constraints: NameConstraints, leaf: boolean): string | null {
  const alternative = certificate.extensions.subjectAltName ?? [];
  const count = certificate.subject.rdns.flat().length + alternative.length;
  if (count * (constraints.permitted.length + constraints.excluded.length) > MAXIMUM_COMPARISONS) return 'too many names and constraints to compare';
  const ofKind = byKind(constraints);
  for (const name of constrainedNames(certificate, alternative, leaf)) {
    const problem = typeof name === 'string' ? name : outside(name, ofKind);
    if (problem !== null) return problem;
  }
  return null;
}

/** The constraints on one kind of name. Sorted once a kind: a certificate may have a thousand names of it. */
function byKind({ permitted, excluded }: NameConstraints): (kind: GeneralName['kind']) => NameConstraints {
  const known = new Map<GeneralName['kind'], NameConstraints>();
  return (kind) => {
    const those = known.get(kind) ?? { permitted: permitted.filter(({ base }) => base.kind === kind), excluded: excluded.filter(({ base }) => base.kind === kind) };
    known.set(kind, those);
    return those;
  };
}

/** The names to which constraints apply; a string is why one cannot be compared. */
function* constrainedNames(certificate: Certificate, alternative: readonly GeneralName[], leaf: boolean): Generator<GeneralName | string> {
  if (certificate.subject.rdns.length > 0) {
    yield { kind: 'directory', name: certificate.subject };
    for (const { tag, text } of attributesOf(certificate.subject, EMAIL_ADDRESS)) {
      yield tag === TAG.ia5String && text !== null ? { kind: 'mail', text } : 'an e-mail address in the subject that is not an IA5String';
    }
  }
  yield* alternative;
  if (!leaf || alternative.some(({ kind }) => kind === 'dns')) return;
  for (const { text } of attributesOf(certificate.subject, COMMON_NAME)) yield* commonNameAsHost(text);
}

/** A CN counts where it looks like a host name of two labels or more. */
function* commonNameAsHost(value: string | null): Generator<GeneralName | string> {
  const text = value?.replace(/\0+$/, '') ?? '';
  if (text.includes('\0')) yield 'a CN with NUL in it';
  else if (isHostName(text)) yield { kind: 'dns', text };
}

const isHostName = (text: string): boolean =>
  text.includes('.') && text.split('.').every((label) => /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/i.test(label));

/** RFC 5280 §6.1.4 (g): a permitted subtree of the kind of name, where there is any, must hold it, and no excluded one may. */
function outside(name: GeneralName, ofKind: (kind: GeneralName['kind']) => NameConstraints): string | null {
  const kind = effectiveKind(name);
  const { permitted, excluded } = ofKind(kind);
  if ([permitted, excluded].some((subtrees) => subtrees.some(({ boundsValid }) => !boundsValid))) return 'a subtree with a minimum or maximum';
  const inPermitted = anyWithin(name, permitted);
  if (typeof inPermitted === 'string') return inPermitted;
  if (permitted.length > 0 && !inPermitted) return `a ${kind} name outside the permitted subtrees`;
  const inExcluded = anyWithin(name, excluded);
  if (typeof inExcluded === 'string') return inExcluded;
  return inExcluded ? `a ${kind} name in an excluded subtree` : null;
}

/** Constraints of mail addresses apply to internationalised ones too (RFC 9598 §6). */
const effectiveKind = (name: GeneralName): GeneralName['kind'] =>
  name.kind === 'other-name' && name.type === SMTP_UTF8_MAILBOX ? 'mail' : name.kind;

function anyWithin(name: GeneralName, subtrees: readonly Subtree[]): boolean | string {
  for (const { base } of subtrees) {
    const result = within(name, base);
    if (result !== false) return result;
  }
  return false;
}

/** Whether the name is in the subtree; a string where that cannot be told, which makes the path fail. */
function within(name: GeneralName, base: GeneralName): boolean | string {
  if (name.kind === 'directory' && base.kind === 'directory') {
    return base.name.canonical.every((octet, index) => octet === name.name.canonical[index]);
  }
  if (name.kind === 'dns' && base.kind === 'dns') return dnsWithin(lowerText(name), lowerText(base));
  if (name.kind === 'mail' && base.kind === 'mail') return mailWithin(name.text, base.text);
  if (name.kind === 'other-name' && base.kind === 'mail') return smtpUtf8Within(name, base.text);
  if (name.kind === 'uri' && base.kind === 'uri') return uriWithin(name.text, base.text);
  if (name.kind === 'ip' && base.kind === 'ip') return addressWithin(name.bytes, base.bytes);
  return `constraints of ${base.kind} names cannot be checked`;
}

/** Only ASCII letters are compared without regard to case; what is no ASCII must be equal. Most text has no capital, and to look first is cheap. */
const lower = (text: string): string => (/[A-Z]/.test(text) ? text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text);

const sameText = (one: string, other: string): boolean => one.length === other.length && lower(one) === lower(other);

const lowered = new WeakMap<object, string>();

/** Once a name: a name is compared with many others. */
function lowerText(name: { readonly text: string }): string {
  const known = lowered.get(name) ?? lower(name.text);
  lowered.set(name, known);
  return known;
}

/** Both in lower case. */
function dnsWithin(name: string, base: string): boolean {
  if (base === '') return true;
  if (!name.endsWith(base)) return false;
  return name.length === base.length || base.startsWith('.') || name.at(-base.length - 1) === '.';
}

/** A base is an address, a host, or with a leading dot the hosts of a domain. */
function mailWithin(address: string, base: string): boolean | string {
  const at = address.lastIndexOf('@');
  if (at < 0) return 'a mail address without @';
  const baseAt = base.lastIndexOf('@');
  if (baseAt < 0 && base.startsWith('.')) return address.length > base.length && lower(address).endsWith(lower(base));
  if (baseAt > 0) {
    const [local, baseLocal] = [address.slice(0, at), base.slice(0, baseAt)];
    if (local.length !== baseLocal.length) return false;
    if (local.includes('\0') || baseLocal.includes('\0')) return 'a mail address with NUL in it';
    if (local !== baseLocal) return false;
  }
  return sameText(address.slice(at + 1), base.slice(baseAt + 1));
}

/** RFC 9598 §6: the host of the base in U-labels, as the address has it; a mailbox counts as one, with the case of its local part. */
function smtpUtf8Within(name: GeneralName & { readonly kind: 'other-name' }, base: string): boolean | string {
  if (name.value.tag !== TAG.utf8String) return 'an SmtpUTF8Mailbox that is not a UTF8String';
  const address = new TextDecoder().decode(name.value.content);
  const at = address.lastIndexOf('@');
  if (at < 0) return 'a mail address without @';
  if (base.includes('\0')) return 'a mail address with NUL in it';
  const baseAt = base.indexOf('@');
  const { domain, error } = toUnicode(base.slice(baseAt + 1), LENIENT);
  if (error) return 'a constraint on mail with a host that is no name';
  if (baseAt > 0 && base.slice(0, baseAt) !== address.slice(0, at)) return false;
  const [host, subtree] = [lower(address.slice(at + 1)), lower(domain)];
  return baseAt < 0 && subtree.startsWith('.') ? host.length > subtree.length && host.endsWith(subtree) : host === subtree;
}

/** What is no host name is for others to find; here labels are only decoded. */
const LENIENT = { checkBidi: false, checkHyphens: false, checkJoiners: false, useSTD3ASCIIRules: false, transitionalProcessing: false };

function uriWithin(uri: string, base: string): boolean | string {
  const colon = uri.indexOf(':');
  if (colon < 0 || uri.slice(colon + 1, colon + 3) !== '//') return 'a URI without a host';
  const rest = uri.slice(colon + 3);
  const port = rest.indexOf(':');
  const end = port >= 0 ? port : rest.indexOf('/');
  const host = end >= 0 ? rest.slice(0, end) : rest;
  if (host === '') return 'a URI without a host';
  if (base.startsWith('.')) return host.length > base.length && lower(host).endsWith(lower(base));
  return sameText(host, base);
}

function addressWithin(address: Uint8Array, base: Uint8Array): boolean | string {
  if (![4, 16].includes(address.length) || ![8, 32].includes(base.length)) return `an IP name of ${String(address.length)} and ${String(base.length)} octets`;
  if (address.length * 2 !== base.length) return false;
  const mask = base.subarray(address.length);
  return address.every((octet, index) => (octet & (mask[index] as number)) === ((base[index] as number) & (mask[index] as number)));
}
