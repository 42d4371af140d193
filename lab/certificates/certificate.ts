/** Certificates of the lab (RFC 5280): made at start, for names below the lab's top-level domains only. */
import { createHash, generateKeyPair, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { concatBytes } from '../../core/base/bytes.ts';
import { bitString, der, NULL, objectIdentifier, octetString, positiveInteger, sequence, set, time, TRUE, utf8String } from './der.ts';

/** `rsa-768`: too short for senders at OpenSSL's security level 1 */
export type CertificateKeyType = 'ecdsa' | 'rsa' | 'rsa-768';

export interface Certificate {
  readonly der: Uint8Array;
  readonly pem: string;
  /** the SubjectPublicKeyInfo as it stands in the certificate */
  readonly spki: Uint8Array;
}

/** A certificate and the key that it certifies. */
export interface Credential {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
  /** encoded subject name */
  readonly subject: Uint8Array;
  /** content of the INTEGER */
  readonly serial: Uint8Array;
}

export interface CertificateOrder {
  readonly commonName: string;
  readonly keyType: CertificateKeyType;
  /** null: self-signed */
  readonly issuer: Credential | null;
  readonly validity: { readonly notBefore: Date; readonly notAfter: Date };
  /** a CA certificate with so many CAs allowed below it (null: any number), or a server's with its names */
  readonly role: { readonly kind: 'authority'; readonly pathLength: number | null } | { readonly kind: 'server'; readonly names: readonly string[] };
}

const OID = {
  commonName: '2.5.4.3', organization: '2.5.4.10', subjectKeyIdentifier: '2.5.29.14', keyUsage: '2.5.29.15', subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19', authorityKeyIdentifier: '2.5.29.35', extendedKeyUsage: '2.5.29.37', serverAuth: '1.3.6.1.5.5.7.3.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2', sha256WithRsa: '1.2.840.113549.1.1.11',
};

export async function issueCertificate(order: CertificateOrder): Promise<Credential> {
  const pair = await keyPair(order.keyType);
  const subject = distinguishedName(order.commonName);
  const issuer = order.issuer ?? { privateKey: pair.privateKey, subject };
  const spki = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }));
  const issuerSpki = order.issuer?.certificate.spki ?? spki;
  const algorithm = signatureAlgorithm(issuer.privateKey);
  const serial = serialNumber();
  const toBeSigned = sequence(
    der(0xa0, positiveInteger(Uint8Array.of(2))), positiveInteger(serial), algorithm, issuer.subject,
    sequence(time(order.validity.notBefore), time(order.validity.notAfter)), subject, spki,
    der(0xa3, sequence(...extensions(order, spki, issuerSpki))),
  );
  const bytes = sequence(toBeSigned, algorithm, bitString(new Uint8Array(sign('sha256', toBeSigned, issuer.privateKey))));
  return { certificate: { der: bytes, pem: pem(bytes), spki }, privateKey: pair.privateKey, subject, serial };
}

async function keyPair(type: CertificateKeyType): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  if (type === 'ecdsa') return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return await promisify(generateKeyPair)('rsa', { modulusLength: type === 'rsa' ? 2048 : 768 });
}

function signatureAlgorithm(key: KeyObject): Uint8Array {
  return key.asymmetricKeyType === 'rsa' ? sequence(objectIdentifier(OID.sha256WithRsa), NULL) : sequence(objectIdentifier(OID.ecdsaWithSha256));
}

function distinguishedName(commonName: string): Uint8Array {
  const attribute = (type: string, value: string): Uint8Array => set(sequence(objectIdentifier(type), utf8String(value)));
  return sequence(attribute(OID.organization, 'Practice Lab'), attribute(OID.commonName, commonName));
}

/** Positive and not longer than 20 octets (RFC 5280 §4.1.2.2). */
function serialNumber(): Uint8Array {
  return concatBytes(Uint8Array.of(0x40), new Uint8Array(randomBytes(15)));
}

const KEY_CERT_SIGN_AND_CRL_SIGN = bitString(Uint8Array.of(0x06), 1);
const DIGITAL_SIGNATURE = bitString(Uint8Array.of(0x80), 7);

function extensions({ role }: CertificateOrder, spki: Uint8Array, issuerSpki: Uint8Array): Uint8Array[] {
  const shared = [
    extension(OID.subjectKeyIdentifier, octetString(keyIdentifier(spki))),
    extension(OID.authorityKeyIdentifier, sequence(der(0x80, keyIdentifier(issuerSpki)))),
  ];
  if (role.kind === 'authority') {
    const pathLength = role.pathLength === null ? [] : [positiveInteger(Uint8Array.of(role.pathLength))];
    return [...shared, criticalExtension(OID.basicConstraints, sequence(TRUE, ...pathLength)), criticalExtension(OID.keyUsage, KEY_CERT_SIGN_AND_CRL_SIGN)];
  }
  const names = role.names.map((name) => der(0x82, new TextEncoder().encode(name)));
  return [
    ...shared, criticalExtension(OID.basicConstraints, sequence()), criticalExtension(OID.keyUsage, DIGITAL_SIGNATURE),
    extension(OID.extendedKeyUsage, sequence(objectIdentifier(OID.serverAuth))), extension(OID.subjectAltName, sequence(...names)),
  ];
}

const extension = (id: string, value: Uint8Array): Uint8Array => sequence(objectIdentifier(id), octetString(value));
const criticalExtension = (id: string, value: Uint8Array): Uint8Array => sequence(objectIdentifier(id), TRUE, octetString(value));

/** RFC 5280 §4.2.1.2 (1), over the whole SPKI: any unique number will do. */
const keyIdentifier = (spki: Uint8Array): Uint8Array => new Uint8Array(createHash('sha1').update(spki).digest());

function pem(bytes: Uint8Array): string {
  const lines = Buffer.from(bytes).toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
