/** A presented certificate, decoded for people. Bytes that are no certificate are described as that. */
import { createHash } from 'node:crypto';
import { toBase64, toHex } from '../base/bytes.ts';
import { parseCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import type { CertificateFact } from './facts.ts';
import { generalNameText } from './general-name.ts';
import { COMMON_NAME, attributesOf, nameText } from './name.ts';
import { keyDescription, keyTypeOf } from './public-key.ts';
import { signatureAlgorithmText } from './signature.ts';
import { isAuthority, isSelfIssued } from './issuer.ts';

/** Lower-case hex digest of the bytes. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const sha512 = (bytes: Uint8Array): string => createHash('sha512').update(bytes).digest('hex');

/** Never fails: what cannot be decoded is in `malformed`, and the digests of the bytes hold all the same. */
export function describeCertificate(der: Uint8Array): CertificateFact {
  const identity = { sha256: sha256(der), der: toBase64(der), certSha512: sha512(der) };
  const parsed = parseCertificate(der);
  if (!parsed.ok) return { ...EMPTY, ...identity, malformed: parsed.failure };
  return { ...identity, ...names(parsed.value), ...keyAndDates(parsed.value), malformed: null };
}

function names(certificate: Certificate) {
  const alternative = certificate.extensions.subjectAltName ?? [];
  return {
    subject: nameText(certificate.subject),
    issuer: nameText(certificate.issuer),
    commonName: attributesOf(certificate.subject, COMMON_NAME).at(-1)?.text ?? null,
    dnsNames: alternative.flatMap((name) => (name.kind === 'dns' ? [name.text] : [])),
    otherNames: alternative.filter(({ kind }) => kind !== 'dns').map(generalNameText),
  };
}

function keyAndDates(certificate: Certificate) {
  return {
    serial: toHex(certificate.serial),
    notBefore: dateText(certificate.notBefore),
    notAfter: dateText(certificate.notAfter),
    keyType: keyTypeOf(certificate.publicKey),
    keyDescription: keyDescription(certificate.publicKey),
    signatureAlgorithm: signatureAlgorithmText(certificate.signatureAlgorithm.algorithm),
    isCa: isAuthority(certificate),
    selfIssued: isSelfIssued(certificate),
    spkiSha256: sha256(certificate.publicKey.raw),
    spkiSha512: sha512(certificate.publicKey.raw),
  };
}

const dateText = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString());

const EMPTY = {
  subject: '', issuer: '', commonName: null, dnsNames: [], otherNames: [], serial: '', notBefore: '', notAfter: '', keyType: 'other',
  keyDescription: '', signatureAlgorithm: '', isCa: false, selfIssued: false, spkiSha256: '', spkiSha512: '',
} as const;
