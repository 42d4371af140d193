/** The certificate extensions that a path depends on (RFC 5280 §4.2), and whether each could be read. */
import { DerReader, DerSyntaxError, TAG, bitsOf, booleanOf, childrenOf, contextTag, decoded, integerContent, objectIdentifierText, smallInteger, wholeElement } from './der.ts';
import type { Element } from './der.ts';
import { readGeneralName } from './general-name.ts';
import type { GeneralName } from './general-name.ts';
import { checkRelativeName } from './name.ts';

export const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14', keyUsage: '2.5.29.15', subjectAltName: '2.5.29.17', issuerAltName: '2.5.29.18', basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30', crlDistributionPoints: '2.5.29.31', certificatePolicies: '2.5.29.32', policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35', policyConstraints: '2.5.29.36', extendedKeyUsage: '2.5.29.37', inhibitAnyPolicy: '2.5.29.54',
  netscapeCertificateType: '2.16.840.1.113730.1.1', proxyCertificateInformation: '1.3.6.1.5.5.7.1.14',
  certificateTimestamps: '1.3.6.1.4.1.11129.2.4.2', ocspNoCheck: '1.3.6.1.5.5.7.48.1.5', addressBlocks: '1.3.6.1.5.5.7.1.7', autonomousSystems: '1.3.6.1.5.5.7.1.8',
} as const;

/** What OpenSSL processes; any other extension marked critical makes a path fail (RFC 5280 §4.2). */
const PROCESSED = new Set<string>([
  EXTENSION.keyUsage, EXTENSION.subjectAltName, EXTENSION.basicConstraints, EXTENSION.nameConstraints, EXTENSION.crlDistributionPoints,
  EXTENSION.certificatePolicies, EXTENSION.policyMappings, EXTENSION.policyConstraints, EXTENSION.extendedKeyUsage, EXTENSION.inhibitAnyPolicy,
  EXTENSION.netscapeCertificateType, EXTENSION.proxyCertificateInformation, EXTENSION.ocspNoCheck, EXTENSION.addressBlocks,
  EXTENSION.autonomousSystems,
]);

export interface Extension {
  readonly type: string;
  readonly critical: boolean;
  /** content of the OCTET STRING */
  readonly value: Uint8Array;
}

export interface Extensions {
  readonly all: readonly Extension[];
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null } | null;
  /** bits 0 to 8 of RFC 5280 §4.2.1.3 as `1 << bit`; null where absent */
  readonly keyUsage: number | null;
  /** object identifiers; null where absent */
  readonly extendedKeyUsage: readonly string[] | null;
  readonly subjectAltName: readonly GeneralName[] | null;
  readonly subjectKeyIdentifier: Uint8Array | null;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | null;
  readonly nameConstraints: NameConstraints | null;
  /** bits of the Netscape certificate type as `1 << bit`; null where absent */
  readonly netscapeType: number | null;
  readonly proxy: boolean;
  /** types of critical extensions that nobody processes */
  readonly unknownCritical: readonly string[];
  /** what could not be read or occurs twice: such a certificate neither issues nor is issued, for OpenSSL */
  readonly malformed: string | null;
}

export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Uint8Array | null;
  readonly issuer: readonly GeneralName[];
  readonly serial: Uint8Array | null;
}

export interface NameConstraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
}

export interface Subtree {
  readonly base: GeneralName;
  /** RFC 5280 §4.2.1.10: minimum is 0 and maximum absent */
  readonly boundsValid: boolean;
}

export const KEY_USAGE = { digitalSignature: 1, keyEncipherment: 1 << 2, keyAgreement: 1 << 4, keyCertSign: 1 << 5, cRLSign: 1 << 6 } as const;
export const NETSCAPE_TYPE = { sslServer: 1 << 1, sslAuthority: 1 << 5, anyAuthority: (1 << 5) | (1 << 6) | (1 << 7) } as const;

/** Reads the `Extensions` SEQUENCE; throws DerSyntaxError only where its frame is broken. */
export function readExtensionList(sequence: Element): Extension[] {
  return childrenOf(sequence).map((element) => {
    if (element.tag !== TAG.sequence) throw new DerSyntaxError('an extension that is not a SEQUENCE');
    const reader = new DerReader(element.content);
    const type = objectIdentifierText(reader.next(TAG.objectIdentifier).content);
    const critical = reader.optional(TAG.boolean);
    const value = reader.next(TAG.octetString).content;
    reader.end();
    return { type, critical: critical !== null && booleanOf(critical), value };
  });
}

export function readExtensions(all: readonly Extension[]): Extensions {
  const problems: string[] = [];
  const one = <Value>(type: string, read: (value: Element) => Value): Value | null => {
    const found = all.filter((extension) => extension.type === type);
    if (found.length > 1) problems.push(`extension ${type} occurs ${found.length} times (RFC 5280 §4.2)`);
    if (found.length !== 1) return null;
    // Octets behind the value are let pass, as OpenSSL does.
    const value = decoded(() => read(new DerReader((found[0] as Extension).value).next()));
    if (value.ok) return value.value;
    problems.push(`extension ${type}: ${value.failure}`);
    return null;
  };
  const proxy = one(EXTENSION.proxyCertificateInformation, readProxyInformation) !== null;
  one(EXTENSION.crlDistributionPoints, readDistributionPoints);
  const basicConstraints = one(EXTENSION.basicConstraints, readBasicConstraints);
  // RFC 3820 §3: a proxy certificate is no authority and has no alternative names.
  if (proxy && (basicConstraints?.ca === true || all.some(({ type }) => type === EXTENSION.subjectAltName || type === EXTENSION.issuerAltName))) {
    problems.push('a proxy certificate that is an authority or has alternative names (RFC 3820 §3)');
  }
  return {
    all,
    basicConstraints,
    keyUsage: one(EXTENSION.keyUsage, readKeyUsage),
    extendedKeyUsage: one(EXTENSION.extendedKeyUsage, readExtendedKeyUsage),
    subjectAltName: one(EXTENSION.subjectAltName, (value) => sequenceOf(value).map(readGeneralName)),
    subjectKeyIdentifier: one(EXTENSION.subjectKeyIdentifier, readOctets),
    authorityKeyIdentifier: one(EXTENSION.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    nameConstraints: one(EXTENSION.nameConstraints, readNameConstraints),
    netscapeType: one(EXTENSION.netscapeCertificateType, readNamedBits),
    proxy,
    unknownCritical: all.filter(({ type, critical }) => critical && !PROCESSED.has(type)).map(({ type }) => type),
    malformed: problems[0] ?? null,
  };
}

function sequenceOf(element: Element): Element[] {
  if (element.tag !== TAG.sequence) throw new DerSyntaxError('not a SEQUENCE');
  return childrenOf(element);
}

function readOctets(element: Element): Uint8Array {
  if (element.tag !== TAG.octetString) throw new DerSyntaxError('not an OCTET STRING');
  return element.content;
}

/** RFC 3820 §3.8. Nothing of it is used, but that it can be read decides what the certificate is. */
function readProxyInformation(element: Element): true {
  if (element.tag !== TAG.sequence) throw new DerSyntaxError('not a SEQUENCE');
  const reader = new DerReader(element.content);
  const length = reader.optional(TAG.integer);
  if (length !== null) integerContent(length);
  const policy = new DerReader(reader.next(TAG.sequence).content);
  reader.end();
  objectIdentifierText(policy.next(TAG.objectIdentifier).content);
  policy.optional(TAG.octetString);
  policy.end();
  return true;
}

/** RFC 5280 §4.2.1.13; no CRL is ever fetched, but a malformed list spoils the certificate. */
function readDistributionPoints(element: Element): true {
  for (const point of sequenceOf(element)) {
    if (point.tag !== TAG.sequence) throw new DerSyntaxError('a distribution point that is not a SEQUENCE');
    const reader = new DerReader(point.content);
    const choice = reader.optional(contextTag(0, true));
    reader.optional(contextTag(1, false));
    const issuer = reader.optional(contextTag(2, true));
    reader.end();
    if (choice === null && (issuer === null || issuer.content.length === 0)) throw new DerSyntaxError('a distribution point without name and issuer');
    if (choice !== null) readDistributionPointName(wholeElement(choice.content));
    if (issuer !== null) childrenOf(issuer).forEach(readGeneralName);
  }
  return true;
}

function readDistributionPointName(element: Element): void {
  if (element.tag === contextTag(0, true)) childrenOf(element).forEach(readGeneralName);
  else if (element.tag === contextTag(1, true)) checkRelativeName(element);
  else throw new DerSyntaxError('a distribution point with a name of no kind');
}

function readBasicConstraints(element: Element): { readonly ca: boolean; readonly pathLength: number | null } {
  if (element.tag !== TAG.sequence) throw new DerSyntaxError('not a SEQUENCE');
  const reader = new DerReader(element.content);
  const ca = reader.optional(TAG.boolean);
  const length = reader.optional(TAG.integer);
  reader.end();
  if (length !== null && ((integerContent(length)[0] as number) & 0x80) !== 0) throw new DerSyntaxError('a negative path length');
  return { ca: ca !== null && booleanOf(ca), pathLength: length === null ? null : smallInteger(length) ?? Number.MAX_SAFE_INTEGER };
}

function readKeyUsage(element: Element): number {
  const bits = readNamedBits(element);
  // RFC 5280 §4.2.1.3: at least one bit must be set.
  if (bits === 0) throw new DerSyntaxError('no bit is set');
  return bits;
}

function readNamedBits(element: Element): number {
  if (element.tag !== TAG.bitString) throw new DerSyntaxError('not a BIT STRING');
  let bits = 0;
  bitsOf(element).subarray(0, 2).forEach((octet, index) => {
    for (let bit = 0; bit < 8; bit += 1) if ((octet & (0x80 >> bit)) !== 0) bits |= 1 << (index * 8 + bit);
  });
  return bits;
}

function readExtendedKeyUsage(element: Element): string[] {
  return sequenceOf(element).map((usage) => {
    if (usage.tag !== TAG.objectIdentifier) throw new DerSyntaxError('a key purpose that is not an OBJECT IDENTIFIER');
    return objectIdentifierText(usage.content);
  });
}

function readAuthorityKeyIdentifier(element: Element): AuthorityKeyIdentifier {
  if (element.tag !== TAG.sequence) throw new DerSyntaxError('not a SEQUENCE');
  const reader = new DerReader(element.content);
  const keyIdentifier = reader.optional(contextTag(0, false));
  const issuer = reader.optional(contextTag(1, true));
  const serial = reader.optional(contextTag(2, false));
  reader.end();
  return { keyIdentifier: keyIdentifier?.content ?? null, issuer: issuer === null ? [] : childrenOf(issuer).map(readGeneralName), serial: serial === null ? null : integerContent(serial) };
}

function readNameConstraints(element: Element): NameConstraints {
  if (element.tag !== TAG.sequence) throw new DerSyntaxError('not a SEQUENCE');
  const reader = new DerReader(element.content);
  const permitted = reader.optional(contextTag(0, true));
  const excluded = reader.optional(contextTag(1, true));
  reader.end();
  return { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded) };
}

function readSubtrees(list: Element | null): Subtree[] {
  return list === null ? [] : childrenOf(list).map((element) => {
    if (element.tag !== TAG.sequence) throw new DerSyntaxError('a subtree that is not a SEQUENCE');
    const reader = new DerReader(element.content);
    const base = readGeneralName(reader.next());
    const minimum = reader.optional(contextTag(0, false));
    const maximum = reader.optional(contextTag(1, false));
    reader.end();
    if (maximum !== null) integerContent(maximum);
    return { base, boundsValid: maximum === null && (minimum === null || smallInteger(minimum) === 0) };
  });
}

