/** Issues certificates for tests, with any field as wanted. */
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { NULL, bitString, boolean, element, explicit, implicit, integer, latin1, objectIdentifier, octetString, sequence, setOf, time } from './der-writer.ts';

export interface TestKey {
  readonly kind: KeyKind;
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
}

export type KeyKind = 'P-256' | 'P-384' | 'Ed25519' | 'RSA-2048' | 'RSA-1024' | 'RSA-PSS';

export function newKey(kind: KeyKind = 'P-256'): TestKey {
  const { privateKey } = keyPair(kind);
  return { kind, privateKey, spki: Uint8Array.from(createPublicKey(privateKey).export({ type: 'spki', format: 'der' })) };
}

function keyPair(kind: KeyKind): { privateKey: KeyObject } {
  switch (kind) {
    case 'P-256': return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'P-384': return generateKeyPairSync('ec', { namedCurve: 'P-384' });
    case 'Ed25519': return generateKeyPairSync('ed25519');
    case 'RSA-2048': return generateKeyPairSync('rsa', { modulusLength: 2048 });
    case 'RSA-1024': return generateKeyPairSync('rsa', { modulusLength: 1024 });
    // The types want text where Node wants a number.
    case 'RSA-PSS': return generateKeyPairSync('rsa-pss', { modulusLength: 2048, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 32 as unknown as string });
  }
}

/** `CN=a,O=b` in the order of the certificate; `!` before a value makes it a PrintableString, `~` an IA5String, else UTF8String. */
export function name(text: string): Uint8Array {
  return sequence(...(text === '' ? [] : text.split(',')).map((part) => {
    const equals = part.indexOf('=');
    return setOf(attribute(part.slice(0, equals), part.slice(equals + 1)));
  }));
}

const ATTRIBUTES: { readonly [name: string]: string } = { CN: '2.5.4.3', O: '2.5.4.10', OU: '2.5.4.11', C: '2.5.4.6', emailAddress: '1.2.840.113549.1.9.1' };

export function attribute(type: string, value: string): Uint8Array {
  const tag = value.startsWith('!') ? 0x13 : value.startsWith('~') ? 0x16 : 0x0c;
  return sequence(objectIdentifier(ATTRIBUTES[type] ?? type), element(tag, new TextEncoder().encode(tag === 0x0c ? value : value.slice(1))));
}

export interface Fields {
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly key: TestKey;
  /** signs; may be any key */
  readonly issuerKey: TestKey;
  readonly extensions?: readonly Uint8Array[];
  readonly serial?: number;
  /** ms since 1970 */
  readonly notBefore?: number;
  readonly notAfter?: number;
  /** 0-based, as in the certificate; default 2 */
  readonly version?: number;
  readonly sha1?: boolean;
  readonly breakSignature?: boolean;
  /** replaces the key's own SubjectPublicKeyInfo */
  readonly spki?: Uint8Array;
  /** replaces the algorithm outside the signed part */
  readonly outerAlgorithm?: Uint8Array;
  /** replaces the algorithm in both places */
  readonly algorithm?: Uint8Array;
  /** replaces the INTEGER */
  readonly serialElement?: Uint8Array;
  /** replaces the SEQUENCE of two times */
  readonly validity?: Uint8Array;
  /** elements between key and extensions */
  readonly uniqueIdentifiers?: readonly Uint8Array[];
  /** what is signed, once more in the hands of the test */
  readonly alter?: (signedPart: Uint8Array) => Uint8Array;
}

export const NOW = Date.UTC(2026, 5, 15, 12);
const DAY = 86_400_000;

export function issue(fields: Fields): Uint8Array {
  const algorithm = fields.algorithm ?? signatureAlgorithm(fields.issuerKey, fields.sha1 ?? false);
  const version = fields.version ?? 2;
  const whole = sequence(
    version === 0 ? new Uint8Array() : explicit(0, integer(version)),
    fields.serialElement ?? integer(fields.serial ?? 1), algorithm, fields.issuer,
    fields.validity ?? sequence(time(fields.notBefore ?? NOW - 10 * DAY), time(fields.notAfter ?? NOW + 90 * DAY)),
    fields.subject, fields.spki ?? fields.key.spki, ...(fields.uniqueIdentifiers ?? []),
    fields.extensions === undefined || fields.extensions.length === 0 ? new Uint8Array() : explicit(3, sequence(...fields.extensions)),
  );
  const tbs = fields.alter?.(whole) ?? whole;
  const signature = Uint8Array.from(sign(digestOf(fields.issuerKey, fields.sha1 ?? false), tbs, signingKey(fields.issuerKey)));
  if (fields.breakSignature === true) signature[signature.length - 1] = (signature.at(-1) as number) ^ 1;
  return sequence(tbs, fields.outerAlgorithm ?? algorithm, bitString(signature));
}

const signingKey = ({ kind, privateKey }: TestKey) => (kind === 'RSA-PSS' ? { key: privateKey, saltLength: 32 } : privateKey);

const digestOf = ({ kind }: TestKey, sha1: boolean): string | null => (kind === 'Ed25519' ? null : sha1 && kind !== 'RSA-PSS' ? 'sha1' : 'sha256');

export function signatureAlgorithm({ kind, spki }: TestKey, sha1 = false): Uint8Array {
  switch (kind) {
    case 'P-256': case 'P-384': return sequence(objectIdentifier(sha1 ? '1.2.840.10045.4.1' : '1.2.840.10045.4.3.2'));
    case 'Ed25519': return sequence(objectIdentifier('1.3.101.112'));
    case 'RSA-2048': case 'RSA-1024': return sequence(objectIdentifier(sha1 ? '1.2.840.113549.1.1.5' : '1.2.840.113549.1.1.11'), NULL);
    // The key's own AlgorithmIdentifier holds the same parameters.
    case 'RSA-PSS': return spki.slice(4, 6 + (spki[5] as number));
  }
}

export const extension = (type: string, value: Uint8Array, critical = false): Uint8Array =>
  sequence(objectIdentifier(type), critical ? boolean(true) : new Uint8Array(), octetString(value));

export const basicConstraints = (ca: boolean, pathLength: number | null = null, critical = true): Uint8Array =>
  extension('2.5.29.19', sequence(ca ? boolean(true) : new Uint8Array(), pathLength === null ? new Uint8Array() : integer(pathLength)), critical);

/** Bits as RFC 5280 §4.2.1.3 numbers them. */
export function keyUsage(...bits: readonly number[]): Uint8Array {
  const octets = [0, 0];
  for (const bit of bits) octets[bit >> 3] = (octets[bit >> 3] as number) | 0x80 >> (bit & 7);
  return extension('2.5.29.15', bitString(Uint8Array.from(octets[1] === 0 ? octets.slice(0, 1) : octets)), true);
}

export const extendedKeyUsage = (...purposes: readonly string[]): Uint8Array => extension('2.5.29.37', sequence(...purposes.map(objectIdentifier)));
export const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
export const ANY_PURPOSE = '2.5.29.37.0';

export const subjectKeyIdentifier = (identifier: Uint8Array): Uint8Array => extension('2.5.29.14', octetString(identifier));
export const authorityKeyIdentifier = (...parts: readonly Uint8Array[]): Uint8Array => extension('2.5.29.35', sequence(...parts));
export const keyIdentifierPart = (identifier: Uint8Array): Uint8Array => implicit(0, identifier);
export const issuerPart = (issuer: Uint8Array): Uint8Array => explicit(1, directoryName(issuer));
export const serialPart = (serial: number): Uint8Array => implicit(2, integer(serial).slice(2));

export const dnsName = (text: string): Uint8Array => implicit(2, latin1(text));
export const mailName = (text: string): Uint8Array => implicit(1, latin1(text));
export const uriName = (text: string): Uint8Array => implicit(6, latin1(text));
export const ipName = (...octets: readonly number[]): Uint8Array => implicit(7, Uint8Array.from(octets));
export const directoryName = (value: Uint8Array): Uint8Array => explicit(4, value);
export const otherName = (type: string, value: Uint8Array): Uint8Array => explicit(0, objectIdentifier(type), explicit(0, value));

export const subjectAltName = (...names: readonly Uint8Array[]): Uint8Array => extension('2.5.29.17', sequence(...names));

export const nameConstraints = (permitted: readonly Uint8Array[], excluded: readonly Uint8Array[] = []): Uint8Array =>
  extension('2.5.29.30', sequence(subtrees(0, permitted), subtrees(1, excluded)), true);

const subtrees = (number: number, bases: readonly Uint8Array[]): Uint8Array =>
  bases.length === 0 ? new Uint8Array() : explicit(number, ...bases.map((base) => sequence(base)));
