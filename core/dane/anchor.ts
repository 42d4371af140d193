/** DANE-TA(2): which certificate or key anchors the path, and whether the path holds (RFC 7671 §5.2, RFC 7672 §3.1.2). */
import { equalBytes, fromHex } from '../base/bytes.ts';
import type { Reason } from '../base/subject.ts';
import type { TlsaRecord } from '../destination/facts.ts';
import type { Certificate } from '../x509/certificate.ts';
import { pathProblem } from '../x509/path.ts';
import type { Anchor as PathAnchor, PathProblem } from '../x509/path.ts';
import { parseSubjectPublicKeyInfo } from '../x509/public-key.ts';
import type { SubjectPublicKeyInfo } from '../x509/public-key.ts';
import { signatureHolds } from '../x509/signature.ts';
import type { ComparisonCode, EndpointVerdict } from './facts.ts';
import { dataMatches } from './match.ts';
import type { PresentedChain } from './presented-chain.ts';
import { MATCHING_TYPE, SELECTOR, USAGE } from './usable.ts';

export interface Anchor {
  readonly record: TlsaRecord;
  /** where it was presented; for a bare key, of the certificate that it signed; null for a certificate from DNS alone */
  readonly depth: number | null;
  readonly kind: 'certificate' | 'key';
  /** from the leaf to the anchor */
  readonly path: readonly Certificate[];
  /** null where the path holds and a name matches */
  readonly problem: AnchorProblem | null;
}

export type AnchorProblem = Reason & { readonly code: ComparisonCode };

/** The anchor at which a sender's library stops; null where it finds none. */
export function anchorOf(records: readonly TlsaRecord[], chain: PresentedChain): Anchor | null {
  // RFC 7671 §5.2: a trust anchor issues, so the leaf, depth 0, is none.
  for (const [position, certificate] of chain.path.entries()) {
    const record = position === 0 ? undefined : records.find((candidate) => dataMatches(candidate, certificate));
    if (record !== undefined) return certificateAnchor(record, position, chain);
  }
  for (const record of records) {
    const anchor = keyAnchor(record, chain);
    if (anchor !== null) return anchor;
  }
  return null;
}

/** The anchor is at `position` of the path. */
export function certificateAnchor(record: TlsaRecord, position: number, chain: PresentedChain): Anchor {
  const path = chain.path.slice(0, position + 1);
  return { record, depth: depthOf(path.at(-1) as Certificate, chain), kind: 'certificate', path, problem: problemAt(position, chain) };
}

/** RFC 7671 §5.2.3: a key published in full may have signed the top of the path; even a leaf that signed itself. */
export function keyAnchor(record: TlsaRecord, chain: PresentedChain): Anchor | null {
  const top = chain.path.at(-1);
  const key = bareKey(record);
  if (top === undefined || key === null || !signatureHolds(top, key)) return null;
  return { record, depth: depthOf(top, chain), kind: 'key', path: chain.path, problem: problemOf(chain.path, { kind: 'key', key }, chain) };
}

export function bareKey({ usable, usage, selector, matchingType, data }: TlsaRecord): SubjectPublicKeyInfo | null {
  if (!usable || usage !== USAGE.daneTa || selector !== SELECTOR.spki || matchingType !== MATCHING_TYPE.full) return null;
  const key = parseSubjectPublicKeyInfo(fromHex(data));
  return key.ok ? key.value : null;
}

const problems = new WeakMap<PresentedChain, Map<number, AnchorProblem | null>>();

/** A path is checked once, however many records name its anchor. */
function problemAt(position: number, chain: PresentedChain): AnchorProblem | null {
  const known = problems.get(chain) ?? new Map<number, AnchorProblem | null>();
  problems.set(chain, known);
  const problem = known.get(position);
  if (problem !== undefined) return problem;
  const found = problemOf(chain.path.slice(0, position + 1), { kind: 'certificate' }, chain);
  known.set(position, found);
  return found;
}

function depthOf(certificate: Certificate, { der }: PresentedChain): number | null {
  const depth = der.findIndex((presented) => equalBytes(presented, certificate.der));
  return depth < 0 ? null : depth;
}

function problemOf(path: readonly Certificate[], anchor: PathAnchor, chain: PresentedChain): AnchorProblem | null {
  const problem = pathProblem(path, anchor, chain.at);
  return problem === null ? nameProblem(chain.names) : pathReason(problem, path[problem.position] as Certificate, chain);
}

function pathReason(problem: PathProblem, certificate: Certificate, chain: PresentedChain): AnchorProblem {
  const depth = depthOf(certificate, chain);
  const which = depth === null ? 'The certificate from DNS' : `The certificate at depth ${depth}`;
  const code = problem.code === 'expired' || problem.code === 'not-yet-valid' ? problem.code : 'path-invalid';
  return { code, text: `${which}: ${problem.text}.`, rfc: problem.rfc, ede: null };
}

/** RFC 7672 §3.2.2: under DANE-TA(2) one of the reference identifiers must be in the leaf. */
function nameProblem(names: EndpointVerdict['names']): AnchorProblem | null {
  if (names === null || names.matched !== null) return null;
  const presented = names.presented.length === 0 ? 'no name' : names.presented.join(', ');
  return { code: 'name-mismatch', text: `The certificate has ${presented}; expected is one of ${names.tried.join(', ')}.`, rfc: 'RFC 7672 §3.2.2', ede: null };
}
