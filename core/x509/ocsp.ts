/** A stapled OCSP response (RFC 6960): what it says of the leaf, and whether its signature is that of the issuer. No DANE sender asks for it. */
import { createHash } from 'node:crypto';
import { equalBytes } from '../base/bytes.ts';
import type { Certificate } from './certificate.ts';
import { readBasicResponse, readOcspResponse } from './ocsp-response.ts';
import type { BasicResponse, SingleResponse } from './ocsp-response.ts';
import { issuerMismatch } from './issuer.ts';
import { dateProblem } from './path.ts';
import type { SubjectPublicKeyInfo } from './public-key.ts';
import type { StapleJudgement, StapleStatus } from './facts.ts';
import { dataSignatureHolds, signatureHolds } from './signature.ts';

/** `chain` as presented, leaf first; `nowMs` since 1970. */
export function judgeStaple(staple: Uint8Array, chain: readonly Certificate[], nowMs: number): StapleJudgement {
  const [leaf, ...others] = chain;
  const response = readOcspResponse(staple);
  if (!response.ok) return says('malformed', `It is no OCSP response: ${response.failure}.`, 'RFC 6960 §4.2.1');
  // RFC 6960 §4.2.2: only `successful` comes with a response.
  if (response.value.status === TRY_LATER) return says('try-later', 'The responder asked to try later, and the server stapled that.', 'RFC 6960 §2.3');
  if (response.value.basic === null) return says('responder-error', `The responder answered with error ${response.value.status}.`, 'RFC 6960 §2.3');
  const basic = readBasicResponse(response.value.basic);
  if (!basic.ok) return says('malformed', `It is no basic OCSP response: ${basic.failure}.`, 'RFC 6960 §4.2.1');
  if (leaf === undefined) return says('wrong-certificate', 'No certificate was presented with it.', 'RFC 6960 §3.2');
  const issuer = others.find((candidate) => issuerMismatch(candidate, leaf) === null && signatureHolds(leaf, candidate.publicKey));
  return judgeBasic(basic.value, leaf, issuer ?? null, nowMs);
}

const TRY_LATER = 3;

/** RFC 6960 §3.2: the conditions under which a response is accepted, in their order. */
function judgeBasic(basic: BasicResponse, leaf: Certificate, issuer: Certificate | null, nowMs: number): StapleJudgement {
  const single = basic.responses.find((candidate) => isAbout(candidate, leaf, issuer));
  if (single === undefined) return says('wrong-certificate', 'It is about another certificate than the leaf.', 'RFC 6960 §3.2');
  if (issuer === null) return says('issuer-not-presented', 'The issuer of the leaf was not presented, so its signature cannot be verified.', 'RFC 6960 §3.2', single);
  if (!signedFor(basic, issuer, nowMs)) return says('bad-signature', 'It is signed neither by the issuer of the leaf nor by a responder that the issuer authorised.', 'RFC 6960 §3.2', single);
  if (single.thisUpdate === null || single.thisUpdate > nowMs) return says('not-yet-valid', 'Its time is in the future.', 'RFC 6960 §4.2.2.1', single);
  if (single.nextUpdate !== null && single.nextUpdate < nowMs) return says('stale', `A newer one was due at ${new Date(single.nextUpdate).toISOString()}.`, 'RFC 6960 §4.2.2.1', single);
  return says(single.status, STATUS_TEXT[single.status], 'RFC 6960 §2.2', single);
}

const STATUS_TEXT = {
  good: 'The issuer says that the leaf is not revoked.',
  revoked: 'The issuer says that the leaf is revoked. Senders that do DANE do not ask: remove the TLSA record to revoke (RFC 7672 §4).',
  unknown: 'The issuer says that it does not know the leaf.',
} as const;

/** RFC 6960 §4.1.1: serial number, and digests of the issuer's name and, where it was presented, key. */
function isAbout({ identifier }: SingleResponse, leaf: Certificate, issuer: Certificate | null): boolean {
  if (!equalBytes(identifier.serial, leaf.serial) || identifier.hash === null) return false;
  const digest = (bytes: Uint8Array): Uint8Array => createHash(identifier.hash as string).update(bytes).digest();
  return equalBytes(identifier.issuerNameHash, digest(leaf.issuer.raw)) && (issuer === null || equalBytes(identifier.issuerKeyHash, digest(issuer.publicKey.key)));
}

/** RFC 6960 §4.2.2.2: the issuer itself, or a certificate that it issued for signing OCSP responses. */
function signedFor(basic: BasicResponse, issuer: Certificate, nowMs: number): boolean {
  const holds = (key: SubjectPublicKeyInfo): boolean => dataSignatureHolds(basic.signed, basic, key);
  if (holds(issuer.publicKey)) return true;
  return basic.certificates.slice(0, MAXIMUM_RESPONDERS).some((responder) => isAuthorised(responder, issuer, nowMs) && holds(responder.publicKey));
}

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
const MAXIMUM_RESPONDERS = 5;

function isAuthorised(responder: Certificate, issuer: Certificate, nowMs: number): boolean {
  const purposes = responder.extensions.extendedKeyUsage ?? [];
  return purposes.includes(OCSP_SIGNING) && issuerMismatch(issuer, responder) === null && dateProblem(responder, nowMs) === null && signatureHolds(responder, issuer.publicKey);
}

function says(status: StapleStatus, text: string, rfc: string, single: SingleResponse | null = null): StapleJudgement {
  return { status, text, rfc, thisUpdate: dateText(single?.thisUpdate), nextUpdate: dateText(single?.nextUpdate), revokedAt: dateText(single?.revokedAt) };
}

const dateText = (ms: number | null | undefined): string | null => (ms === null || ms === undefined ? null : new Date(ms).toISOString());
