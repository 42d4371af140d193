/** OCSP responses of the lab's authority (RFC 6960 §4.2.1), for a server to staple. */
import { createHash, sign } from 'node:crypto';
import { parseSubjectPublicKeyInfo } from '../../core/x509/public-key.ts';
import type { Credential } from './certificate.ts';
import { bitString, der, generalizedTime, NULL, objectIdentifier, octetString, positiveInteger, sequence } from './der.ts';

/** `stale`: a newer one was due a week ago; `revoked`: since yesterday */
export type StapleKind = 'revoked' | 'stale';

const DAY = 86_400_000;
const OID = { sha1: '1.3.14.3.2.26', basicResponse: '1.3.6.1.5.5.7.48.1.1', ecdsaWithSha256: '1.2.840.10045.4.3.2' };

/** Signed by the issuer itself. @param now ms since 1970 */
export function ocspResponse(kind: StapleKind, subject: Credential, issuer: Credential, now: number): Uint8Array {
  const at = (days: number): Uint8Array => generalizedTime(new Date(now + days * DAY));
  const status = kind === 'revoked' ? der(0xa1, at(-1)) : der(0x80);
  const [thisUpdate, nextUpdate] = kind === 'revoked' ? [at(-1), at(6)] : [at(-14), at(-7)];
  const single = sequence(certificateIdentifier(subject, issuer), status, thisUpdate, der(0xa0, nextUpdate));
  const data = sequence(der(0xa1, issuer.subject), thisUpdate, sequence(single));
  const signature = new Uint8Array(sign('sha256', data, issuer.privateKey));
  const basic = sequence(data, sequence(objectIdentifier(OID.ecdsaWithSha256)), bitString(signature));
  return sequence(der(0x0a, Uint8Array.of(0)), der(0xa0, sequence(objectIdentifier(OID.basicResponse), octetString(basic))));
}

function certificateIdentifier(subject: Credential, issuer: Credential): Uint8Array {
  const key = parseSubjectPublicKeyInfo(issuer.certificate.spki);
  if (!key.ok) throw new Error(`the authority’s key: ${key.failure}`);
  const digest = (bytes: Uint8Array): Uint8Array => octetString(new Uint8Array(createHash('sha1').update(bytes).digest()));
  return sequence(sequence(objectIdentifier(OID.sha1), NULL), digest(issuer.subject), digest(key.value.key), positiveInteger(subject.serial));
}
