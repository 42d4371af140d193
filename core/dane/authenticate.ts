/**
 * Every usable TLSA record held against every presented certificate, and what senders conclude: DANE-EE(3) first, then the
 * first DANE-TA(2) anchor on the one path that their library builds. Nothing is looked up, no local store exists.
 */
import type { Reason } from '../base/subject.ts';
import type { TlsaRecord } from '../destination/facts.ts';
import { dateProblem } from '../x509/path.ts';
import { anchorOf } from './anchor.ts';
import { compareRecord } from './compare.ts';
import type { RecordComparison } from './compare.ts';
import { ignoredByAgility } from './digest-agility.ts';
import type { EndpointVerdict } from './facts.ts';
import { dataMatches } from './match.ts';
import { readChain } from './presented-chain.ts';
import type { PresentedChain } from './presented-chain.ts';
import { USAGE } from './usable.ts';
import { anchorDates, weaknesses } from './weakness.ts';

export interface Question {
  readonly records: readonly TlsaRecord[];
  /** DER as presented, leaf first */
  readonly chain: readonly Uint8Array[];
  /** of which one must be in the certificate under DANE-TA(2); null where the question is about paths alone */
  readonly referenceIdentifiers: readonly string[] | null;
  /** ms since 1970 */
  readonly nowMs: number;
}

export interface Authentication {
  readonly comparisons: readonly RecordComparison[];
  readonly matched: EndpointVerdict['matched'];
  readonly reason: Reason;
  readonly names: EndpointVerdict['names'];
  readonly dates: EndpointVerdict['dates'];
  readonly notes: readonly Reason[];
}

/** Hundreds of records times hundreds of certificates fit into hostile answers. The verdict looks at all; what is told ends here. */
const MAXIMUM_COMPARISONS = 5000;

export function authenticate(question: Question): Authentication {
  const chain = readChain(question);
  const ignored = ignoredByAgility(question.records);
  const counting = question.records.filter((record) => record.usable && !ignored.has(record.index));
  const told = question.records.slice(0, Math.floor(MAXIMUM_COMPARISONS / (question.chain.length + 1)));
  const comparisons = told.flatMap((record) => compareRecord(record, ignored.get(record.index) ?? null, chain));
  const verdict = endEntityVerdict(counting, chain) ?? trustAnchorVerdict(counting, chain);
  return { comparisons, dates: datesOf(chain), ...verdict, reason: verdict.matched === null ? refusal(verdict.reason, comparisons, counting) : verdict.reason };
}

type Verdict = Pick<Authentication, 'matched' | 'names' | 'notes'> & { readonly reason: Reason };

/** RFC 7672 §3.1.1: a match of the leaf is all; names, dates and the rest of the chain are not looked at. */
function endEntityVerdict(counting: readonly TlsaRecord[], chain: PresentedChain): Verdict | null {
  const leaf = chain.leaf;
  if (leaf === null || chain.malformed !== null) return null;
  const record = counting.find((candidate) => candidate.usage === USAGE.daneEe && dataMatches(candidate, leaf));
  if (record === undefined) return null;
  const reason: Reason = { code: 'matched', text: `TLSA record ${parameters(record)} matches the leaf certificate.`, rfc: 'RFC 7672 §3.1.1', ede: null };
  return { matched: { record: record.index, depth: 0 }, names: null, notes: weaknesses([leaf], 'end-entity'), reason };
}

/** RFC 7672 §3.1.2: the first anchor on the path decides, for better or worse; what is above it is of no account. */
function trustAnchorVerdict(counting: readonly TlsaRecord[], chain: PresentedChain): Verdict {
  const records = counting.filter(({ usage }) => usage === USAGE.daneTa);
  const names = records.length > 0 ? chain.names : null;
  const anchor = chain.malformed === null ? anchorOf(records, chain) : null;
  if (anchor === null) return { matched: null, names, notes: [], reason: noMatch(counting, chain) };
  const matched = anchor.problem === null ? { record: anchor.record.index, depth: anchor.depth } : null;
  return { matched, names, notes: [...weaknesses(anchor.path, anchor.kind), ...anchorDates(anchor, chain.at)], reason: anchor.problem ?? anchored(anchor.record, anchor.depth) };
}

const anchored = (record: TlsaRecord, depth: number | null): Reason => ({
  code: 'matched', rfc: 'RFC 7672 §3.1.2', ede: null,
  text: `TLSA record ${parameters(record)} names ${depth === null ? 'a trust anchor that is not among the certificates presented' : `the certificate at depth ${depth}`}, and the path to it holds.`,
});

function noMatch(counting: readonly TlsaRecord[], chain: PresentedChain): Reason {
  if (chain.malformed !== null) return { code: 'certificate-malformed', text: chain.malformed, rfc: 'RFC 5280 §4.1', ede: null };
  return { code: 'no-match', text: `${counting.length === 1 ? 'The only TLSA record that counts does not match' : `None of the ${counting.length} TLSA records that count matches`} the chain presented.`, rfc: 'RFC 7672 §2.2', ede: null };
}

/** What an admin can act on is named before "nothing matches". */
function refusal(reason: Reason, comparisons: readonly RecordComparison[], counting: readonly TlsaRecord[]): Reason {
  if (reason.code !== 'no-match' || counting.some(({ usage }) => usage === USAGE.daneEe)) return reason;
  const codes = ['sent-but-not-an-issuer', 'path-invalid', 'anchor-signed-nothing', 'anchor-not-sent'];
  const telling = codes.map((code) => comparisons.find((comparison) => comparison.reason.code === code)).find((found) => found !== undefined);
  return telling?.reason ?? reason;
}

function datesOf({ leaf, at }: PresentedChain): EndpointVerdict['dates'] {
  const code = leaf === null ? 'bad-date' : dateProblem(leaf, at)?.code;
  if (code === undefined) return 'valid';
  return code === 'expired' || code === 'not-yet-valid' ? code : 'unknown';
}

const parameters = ({ usage, selector, matchingType }: TlsaRecord): string => `${usage} ${selector} ${matchingType}`;
