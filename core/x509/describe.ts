/** A presented certificate, decoded for people. Bytes that are no certificate are described as that. */
import { createHash } from 'node:crypto';
import { toBase64, toHex } from '../base/bytes.ts';
import { parseCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { TAG, decoded, wholeElement } from './der.ts';
import { EXTENSION } from './extension.ts';
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
    timestamps: embeddedTimestamps(certificate),
    selfIssued: isSelfIssued(certificate),
    spkiSha256: sha256(certificate.publicKey.raw),
    spkiSha512: sha512(certificate.publicKey.raw),
  };
}

const MAXIMUM_TIMESTAMPS = 64;

/** RFC 6962 §3.3: an OCTET STRING in the extension, in it a list of entries, each with its length in two octets. */
function embeddedTimestamps({ extensions }: Certificate): number {
  const value = extensions.all.find(({ type }) => type === EXTENSION.certificateTimestamps)?.value;
  const list = value === undefined ? null : decoded(() => wholeElement(value, TAG.octetString).content);
  if (list?.ok !== true) return 0;
  let count = 0;
  for (let at = 2; at + 2 <= list.value.length && count < MAXIMUM_TIMESTAMPS; count += 1) at += 2 + (list.value[at] as number) * 256 + (list.value[at + 1] as number);
  return count;
}

const dateText = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString());

const EMPTY = {
  subject: '', issuer: '', commonName: null, dnsNames: [], otherNames: [], serial: '', notBefore: '', notAfter: '', keyType: 'other',
  keyDescription: '', signatureAlgorithm: '', isCa: false, selfIssued: false, spkiSha256: '', spkiSha512: '',
} as const;
