/** What a comparison comes to, in words: the TLSA view, the matrix, the trust graph, its tree and every report say the same. */
import type { Comparison, ComparisonCode } from './facts.ts';

export interface ComparisonEnding {
  readonly kind: 'matches' | 'fits-but' | 'differs' | 'not-compared';
  /** such as `fits, but expired` */
  readonly words: string;
}

type Compared = Pick<Comparison, 'matched'> & { readonly reason: { readonly code: ComparisonCode } };

/** The record names the certificate; what else is asked of an anchor does not hold (RFC 7672 §3.1.2). Another record of the CA would not mend it. */
const FITS_BUT: { readonly [Code in ComparisonCode]?: string } = {
  expired: 'fits, but expired', 'not-yet-valid': 'fits, but not valid yet', 'name-mismatch': 'fits, but names differ', 'path-invalid': 'fits, but the path does not hold', 'sent-but-not-an-issuer': 'fits, but issued nothing here',
};

const DIFFERS: ReadonlySet<ComparisonCode> = new Set(['digest-differs', 'data-differs']);
const SIGNED_NOTHING = 'signed nothing here';

export function comparisonEnding({ matched, reason: { code } }: Compared): ComparisonEnding {
  if (matched) return { kind: 'matches', words: 'matches' };
  const fits = FITS_BUT[code];
  if (fits !== undefined) return { kind: 'fits-but', words: fits };
  // RFC 7671 §5.2: of a key or certificate that is in DNS alone, and is the anchor of another chain.
  if (code === 'anchor-signed-nothing') return { kind: 'differs', words: SIGNED_NOTHING };
  return DIFFERS.has(code) ? { kind: 'differs', words: 'does not match' } : { kind: 'not-compared', words: 'not compared' };
}

/** Not looked at, whatever the chain is; an anchor that was not sent was looked for. */
const LEFT_OUT: ReadonlySet<ComparisonCode> = new Set(['not-usable', 'usage-not-usable', 'ignored-by-agility']);

/**
 * What all comparisons of one record come to. Where there were none, as no certificate was seen, the record is not compared, usable or not: it is matched with what
 * the server gives in TLS (RFC 6698 §2.1.1).
 */
export function recordEnding(comparisons: readonly Compared[]): ComparisonEnding {
  const endings = comparisons.map(comparisonEnding);
  const telling = endings.find(({ kind }) => kind === 'matches') ?? endings.find(({ kind }) => kind === 'fits-but');
  if (telling !== undefined) return telling;
  if (comparisons.some(({ reason }) => reason.code === 'anchor-signed-nothing')) return { kind: 'differs', words: SIGNED_NOTHING };
  return comparisons.every(({ reason }) => LEFT_OUT.has(reason.code)) ? { kind: 'not-compared', words: 'not compared' } : { kind: 'differs', words: 'matches nothing' };
}
