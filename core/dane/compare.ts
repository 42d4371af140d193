/** One TLSA record against each presented certificate, with the reason for every one that it does not match. */
import { equalBytes } from '../base/bytes.ts';
import type { Reason } from '../base/subject.ts';
import type { TlsaRecord } from '../destination/facts.ts';
import type { Certificate } from '../x509/certificate.ts';
import { findPath } from '../x509/find-path.ts';
import { bareKey, certificateAnchor, keyAnchor } from './anchor.ts';
import type { Anchor } from './anchor.ts';
import type { ComparisonCode } from './facts.ts';
import { dataMatches } from './match.ts';
import type { PresentedChain } from './presented-chain.ts';
import { MATCHING_TYPE, SELECTOR, USAGE } from './usable.ts';

export interface RecordComparison {
  readonly record: number;
  /** null: with no presented certificate, but with what DNS holds */
  readonly depth: number | null;
  readonly matched: boolean;
  readonly reason: ComparisonReason;
}

type ComparisonReason = Reason & { readonly code: ComparisonCode };

/** One for each depth; for DANE-TA(2) that fits nothing presented, one more for the anchor itself. `ignoredFor`: index of a stronger record. */
export function compareRecord(record: TlsaRecord, ignoredFor: number | null, chain: PresentedChain): RecordComparison[] {
  const asides = asideReason(record, ignoredFor);
  const byDepth = chain.certificates.map((certificate, depth) => comparison(record, depth, asides ?? reasonAt(record, depth, certificate, chain), chain.malformed));
  const elsewhere = asides === null && record.usage === USAGE.daneTa ? notPresented(record, chain) : null;
  return elsewhere === null ? byDepth : [...byDepth, comparison(record, null, elsewhere, chain.malformed)];
}

/** No record matches in a chain that senders refuse as a whole. */
function comparison(record: TlsaRecord, depth: number | null, why: ComparisonReason, malformed: string | null): RecordComparison {
  const given = why.code === 'matched' && malformed !== null ? reason('certificate-malformed', malformed, 'RFC 5280 §4.1') : why;
  return { record: record.index, depth, matched: given.code === 'matched', reason: given };
}

const reason = (code: ComparisonCode, text: string, rfc: string): ComparisonReason => ({ code, text, rfc, ede: null });

/** Why a record takes no part at all. */
function asideReason(record: TlsaRecord, ignoredFor: number | null): ComparisonReason | null {
  if (!record.usable) {
    const code = record.usage === USAGE.pkixTa || record.usage === USAGE.pkixEe ? 'usage-not-usable' : 'not-usable';
    return reason(code, record.reason?.text ?? 'The record is not usable.', record.reason?.rfc ?? 'RFC 7671 §4');
  }
  if (ignoredFor === null) return null;
  return reason('ignored-by-agility', `Ignored, as record ${ignoredFor + 1} has a stronger digest for the same usage and selector.`, 'RFC 7671 §9');
}

function reasonAt(record: TlsaRecord, depth: number, certificate: Certificate | null, chain: PresentedChain): ComparisonReason {
  if (certificate === null) return reason('certificate-malformed', 'The bytes presented here are no certificate.', 'RFC 5280 §4.1');
  // RFC 7671 §5.1, §5.2: DANE-EE(3) names the leaf, DANE-TA(2) an issuer above it.
  if (record.usage === USAGE.daneEe && depth > 0) return reason('not-this-depth', 'DANE-EE(3) is compared with the leaf alone.', 'RFC 7671 §5.1');
  if (record.usage === USAGE.daneTa && depth === 0) return reason('not-this-depth', 'DANE-TA(2) is compared with issuers, not with the leaf.', 'RFC 7671 §5.2');
  if (!dataMatches(record, certificate)) return differs(record);
  // RFC 7672 §3.1.1: names, dates and the rest of the chain do not count.
  if (record.usage === USAGE.daneEe) return reason('matched', 'It is the leaf that the record names; names and dates do not count.', 'RFC 7672 §3.1.1');
  return anchorAt(record, certificate, chain);
}

/** RFC 6698 §2.1.2: the selector says which part of the certificate is compared; §2.1.3: the matching type, as what. */
function differs({ selector, matchingType }: TlsaRecord): ComparisonReason {
  const part = selector === SELECTOR.spki ? 'the public key (SubjectPublicKeyInfo) of the certificate' : 'the whole certificate';
  return matchingType === MATCHING_TYPE.full
    ? reason('data-differs', `The data of the record is not ${part}.`, 'RFC 6698 §2.1.2, §2.1.3')
    : reason('digest-differs', `The digest in the record is not that of ${part}.`, 'RFC 6698 §2.1.2, §2.1.3');
}

function anchorAt(record: TlsaRecord, certificate: Certificate, chain: PresentedChain): ComparisonReason {
  const position = positionInPath(certificate, chain);
  const found = position > 0
    ? anchorReason(certificateAnchor(record, position, chain))
    : reason('sent-but-not-an-issuer', 'The record names this certificate, but it has issued nothing on the path from the leaf.', 'RFC 7671 §5.2.2');
  if (found.code === 'matched' || found.code === 'name-mismatch' || chain.search === null) return found;
  return findPath(certificate, chain.search) === null ? found : { ...found, text: `${found.text} Another path to it holds, but senders take the first issuer that fits and do not turn back.` };
}

const positionInPath = (certificate: Certificate, { path }: PresentedChain): number =>
  path.findIndex((member, position) => position > 0 && equalBytes(member.der, certificate.der));

const anchorReason = ({ problem }: Anchor): ComparisonReason =>
  problem ?? reason('matched', 'It is the trust anchor that the record names, and the path from the leaf holds.', 'RFC 7672 §3.1.2');

/** What becomes of a DANE-TA(2) record that names none of the certificates above the leaf; null where it names one. */
function notPresented(record: TlsaRecord, chain: PresentedChain): ComparisonReason | null {
  if (chain.leaf === null || chain.certificates.some((certificate, depth) => depth > 0 && certificate !== null && dataMatches(record, certificate))) return null;
  if (record.matchingType !== MATCHING_TYPE.full) {
    return reason('anchor-not-sent', 'No certificate above the leaf is the trust anchor that the record names; the server must send it.', 'RFC 7671 §5.2.2');
  }
  const position = chain.path.findIndex((member, index) => index > 0 && dataMatches(record, member));
  const anchor = position > 0 ? certificateAnchor(record, position, chain) : keyAnchor(record, chain);
  if (anchor !== null) return anchorReason(anchor);
  // RFC 7671 §5.2: the anchor must issue what is presented. That it does not is another matter than a path to it that is broken.
  return bareKey(record) === null
    ? reason('anchor-signed-nothing', 'The certificate in the record has issued nothing at the top of the presented chain.', 'RFC 7671 §5.2')
    : reason('anchor-signed-nothing', 'The key in the record has signed nothing at the top of the presented chain.', 'RFC 7671 §5.2.3');
}
