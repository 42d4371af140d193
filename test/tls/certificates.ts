/** Certificate chains for servers under test, made with fresh keys: as small as TLS libraries accept (RFC 5280 §4.1). */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { assertNever } from '../../core/base/assert-never.ts';
import { concatBytes } from '../../core/base/bytes.ts';

export type KeyKind = 'rsa' | 'rsa-pss' | 'p256' | 'p384' | 'p521' | 'ed25519' | 'ed448';

export interface Issued {
  readonly der: Uint8Array;
  readonly pem: string;
  readonly keyPem: string;
  readonly name: string;
  readonly key: KeyObject;
  readonly spki: Uint8Array;
}

function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...parts);
  const { length } = content;
  const octets = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : length < 0x1_00_00 ? [0x82, length >> 8, length & 0xff] : [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return concatBytes(Uint8Array.of(tag, ...octets), content);
}

const bytes = (hexDigits: string): Uint8Array => Uint8Array.from(hexDigits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const sequence = (...parts: readonly Uint8Array[]): Uint8Array => der(0x30, ...parts);
const nameOf = (commonName: string): Uint8Array => sequence(der(0x31, sequence(bytes('0603550403'), der(0x0c, ascii(commonName)))));
const extension = (oid: string, critical: boolean, value: Uint8Array): Uint8Array => sequence(bytes(oid), ...(critical ? [bytes('0101ff')] : []), der(0x04, value));
const utcTime = (days: number): Uint8Array => der(0x17, ascii(`${new Date(Date.now() + days * 86_400_000).toISOString().replaceAll(/\.\d+|\D/g, '').slice(2, 14)}Z`));

const CURVES = { p256: 'P-256', p384: 'P-384', p521: 'P-521' } as const;

function keyPair(kind: KeyKind): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  switch (kind) {
    case 'rsa': return generateKeyPairSync('rsa', { modulusLength: 2048 });
    case 'rsa-pss': return generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
    case 'ed25519': return generateKeyPairSync('ed25519');
    case 'ed448': return generateKeyPairSync('ed448');
    case 'p256':
    case 'p384':
    case 'p521': return generateKeyPairSync('ec', { namedCurve: CURVES[kind] });
    default: return assertNever(kind);
  }
}

const SIGNATURE_ALGORITHMS: { readonly [type: string]: string } = {
  rsa: '300d06092a864886f70d01010b0500', ec: '300a06082a8648ce3d040302', ed25519: '300506032b6570', ed448: '300506032b6571',
};

const signatureAlgorithm = (key: KeyObject): Uint8Array => bytes(SIGNATURE_ALGORITHMS[key.asymmetricKeyType ?? ''] ?? '');

const signed = (content: Uint8Array, key: KeyObject): Uint8Array =>
  new Uint8Array(sign(key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'ec' ? 'sha256' : null, content, key));

function freshKey(kind: KeyKind): Pick<Issued, 'key' | 'spki'> {
  const { privateKey, publicKey } = keyPair(kind);
  return { key: privateKey, spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })) };
}

export interface Order {
  /** null: self-signed */
  readonly issuer: Issued | null;
  readonly ca?: boolean;
  /** key of another certificate, for cross-certificates */
  readonly keyOf?: Issued;
  /** octets of an extension that nobody knows */
  readonly padding?: number;
}

export function issue(commonName: string, kind: KeyKind, { issuer, ca = issuer === null, keyOf, padding }: Order): Issued {
  const { key, spki } = keyOf ?? freshKey(kind);
  const signer = issuer ?? { key, name: commonName };
  const extensions = [
    extension('0603551d13', true, sequence(...(ca ? [bytes('0101ff')] : []))),
    ...(ca ? [] : [extension('0603551d11', false, sequence(der(0x82, ascii(commonName))))]),
    ...(padding === undefined ? [] : [extension('06082b0601040181fd59', false, new Uint8Array(padding).fill(5))]),
  ];
  const content = sequence(
    bytes('a003020102'), der(0x02, concatBytes(Uint8Array.of(0x40), new Uint8Array(randomBytes(12)))), signatureAlgorithm(signer.key), nameOf(signer.name),
    sequence(utcTime(-1), utcTime(30)), nameOf(commonName), spki, der(0xa3, sequence(...extensions)),
  );
  const certificate = sequence(content, signatureAlgorithm(signer.key), der(0x03, Uint8Array.of(0), signed(content, signer.key)));
  const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate).toString('base64').replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
  return { der: certificate, pem, keyPem: String(key.export({ type: 'pkcs8', format: 'pem' })), name: commonName, key, spki };
}

export interface Chain {
  readonly leaf: Issued;
  /** the issuer of the leaf first */
  readonly intermediates: readonly Issued[];
  readonly root: Issued;
}

export function chainOf(leafKind: KeyKind, depth: number, options: { readonly name?: string; readonly caKind?: KeyKind; readonly padding?: number } = {}): Chain {
  const { name = 'mx.example.org', caKind = 'p256', padding } = options;
  const root = issue('Test Root', caKind, { issuer: null });
  const intermediates: Issued[] = [];
  for (let number = 1; number <= depth; number += 1) intermediates.unshift(issue(`Test Issuing CA ${String(number)}`, caKind, { issuer: intermediates[0] ?? root, ca: true }));
  const leaf = issue(name, leafKind, { issuer: intermediates[0] ?? root, ...(padding === undefined ? {} : { padding }) });
  return { leaf, intermediates, root };
}

export const pemOf = (...certificates: readonly Issued[]): string => certificates.map(({ pem }) => pem).join('');
