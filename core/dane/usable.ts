/** Which TLSA records a sender may use at all (RFC 7671 §4, RFC 7672 §3.1): everything else comes after. */
import { fromHex } from '../base/bytes.ts';
import type { Hex, Reason } from '../base/subject.ts';
import type { TlsaRecord } from '../destination/facts.ts';
import type { Lookup } from '../dns/facts.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { keyObjectOf, parseSubjectPublicKeyInfo } from '../x509/public-key.ts';

export const USAGE = { pkixTa: 0, pkixEe: 1, daneTa: 2, daneEe: 3 } as const;
export const SELECTOR = { cert: 0, spki: 1 } as const;
export const MATCHING_TYPE = { full: 0, sha256: 1, sha512: 2 } as const;

const DIGEST_LENGTH: { readonly [matchingType: number]: number } = { [MATCHING_TYPE.sha256]: 32, [MATCHING_TYPE.sha512]: 64 };

export interface TlsaFields {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  readonly data: Hex;
}

/** The TLSA records of an answer, in its order, each once. */
export function readTlsa(lookup: Lookup): readonly TlsaRecord[] {
  return tlsaRecords(lookup.records.filter(({ type }) => type === 'TLSA').map(({ rdata }) => tlsaFields(rdata)));
}

/** RFC 6698 §2.1. RDATA shorter than its three fields becomes a record that no value fits. */
function tlsaFields(rdata: Hex): TlsaFields {
  const [usage = 255, selector = 255, matchingType = 255] = fromHex(rdata.slice(0, 6));
  return { usage, selector, matchingType, data: rdata.slice(6).toLowerCase() };
}

/** Says of each record whether it is usable and why not. A repeated record counts once; an RRset has none (RFC 2181 §5). */
export function tlsaRecords(fields: readonly TlsaFields[]): readonly TlsaRecord[] {
  const distinct = new Map(fields.map((record) => [`${record.usage} ${record.selector} ${record.matchingType} ${record.data}`, record]));
  return [...distinct.values()].map((record, index) => {
    const reason = unusable(record);
    const { usage, selector, matchingType, data } = record;
    return { index, usage, selector, matchingType, data, usable: reason === null, reason };
  });
}

export type UnusableCode = 'usage-not-usable' | 'not-usable';

/** Code, sentence and deciding section; null for a usable record. */
function unusable(record: TlsaFields): (Reason & { readonly code: UnusableCode }) | null {
  const { usage, selector, matchingType } = record;
  // RFC 7672 §3.1.3: SMTP clients may take PKIX-TA(0) and PKIX-EE(1) for unusable, and all do.
  if (usage === USAGE.pkixTa || usage === USAGE.pkixEe) {
    return reason('usage-not-usable', `SMTP senders do not use certificate usage ${usage === 0 ? 'PKIX-TA(0)' : 'PKIX-EE(1)'}.`, 'RFC 7672 §3.1.3');
  }
  if (usage > USAGE.daneEe) return reason('not-usable', `Certificate usage ${usage} is not assigned.`, 'RFC 6698 §2.1.1');
  if (selector > SELECTOR.spki) return reason('not-usable', `Selector ${selector} is not assigned.`, 'RFC 6698 §2.1.2');
  if (matchingType > MATCHING_TYPE.sha512) return reason('not-usable', `Matching type ${matchingType} is not assigned.`, 'RFC 6698 §2.1.3');
  return unusableData(record);
}

function unusableData({ selector, matchingType, data }: TlsaFields): (Reason & { readonly code: UnusableCode }) | null {
  const octets = data.length / 2;
  const expected = DIGEST_LENGTH[matchingType];
  if (expected !== undefined) {
    return octets === expected ? null : reason('not-usable', `A digest of ${octets} octets, where matching type ${matchingType} has ${expected}.`, 'RFC 6698 §2.1.3');
  }
  const problem = selector === SELECTOR.cert ? certificateProblem(fromHex(data)) : keyProblem(fromHex(data));
  return problem === null ? null : reason('not-usable', `The full data is no ${selector === SELECTOR.cert ? 'certificate' : 'public key'}: ${problem}.`, 'RFC 6698 §2.1.4');
}

function certificateProblem(data: Uint8Array): string | null {
  const certificate = parseCertificate(data);
  if (!certificate.ok) return certificate.failure;
  return keyObjectOf(certificate.value.publicKey) === null ? 'its public key cannot be read' : null;
}

function keyProblem(data: Uint8Array): string | null {
  const key = parseSubjectPublicKeyInfo(data);
  if (!key.ok) return key.failure;
  return keyObjectOf(key.value) === null ? 'it cannot be read' : null;
}

const reason = (code: UnusableCode, text: string, rfc: string): Reason & { readonly code: UnusableCode } => ({ code, text, rfc, ede: null });
