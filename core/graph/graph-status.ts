/** Each result of a check as status and line of an edge, each security status as status of a node. */
import { comparisonEnding, recordEnding, type ComparisonEnding } from '../dane/comparison-words.ts';
import type { Comparison, Outcome } from '../dane/facts.ts';
import type { TlsaRecord } from '../destination/facts.ts';
import type { DenialCheck, DigestCheck, SignatureCheck } from '../dnssec/facts.ts';
import type { SecurityStatus } from '../dnssec/status.ts';
import type { GraphEdge, GraphStatus } from './graph-facts.ts';

export interface EdgeLook {
  readonly status: GraphStatus;
  readonly line: GraphEdge['line'];
}

const status = (code: GraphStatus['code'], sign: string, word: string): GraphStatus => ({ code, sign, word });
const look = (line: GraphEdge['line'], code: GraphStatus['code'], sign: string, word: string): EdgeLook => ({ line, status: status(code, sign, word) });

export const NODE_STATUS: { readonly [Status in SecurityStatus | 'expired' | 'pending']: GraphStatus } = {
  secure: status('secure', '✔', 'secure'), insecure: status('insecure', '○', 'insecure'), bogus: status('bogus', '✖', 'bogus'),
  indeterminate: status('indeterminate', '?', 'indeterminate'), expired: status('expired', '⌛', 'bogus, expired'), pending: status('pending', '⋯', 'pending'),
};
export const NOT_FOUND: GraphStatus = status('absent', '–', 'not found');
export const NOT_PRESENTED: GraphStatus = status('absent', '–', 'not presented');
export const PLAIN: GraphStatus = status('plain', '', '');
export const PLAIN_LINE: EdgeLook = { line: 'solid', status: PLAIN };
export const DOTTED_LINE: EdgeLook = { line: 'dotted', status: PLAIN };
export const ABSENT_LINE: EdgeLook = look('dashed', 'absent', '–', 'missing');

export const SIGNATURE_LOOK: { readonly [Result in SignatureCheck['result']]: EdgeLook } = {
  valid: look('solid', 'secure', '', 'is valid'), expired: look('solid', 'expired', '⌛', 'has expired'), 'not-yet-valid': look('solid', 'expired', '⌛', 'is not yet valid'),
  'bad-signature': look('solid', 'bogus', '✖', 'does not verify'), 'not-allowed': look('dashed', 'bogus', '✖', 'is not allowed'),
  'signer-not-zone': look('dashed', 'bogus', '✖', 'names a signer that is not the zone'), 'bad-labels': look('dashed', 'bogus', '✖', 'counts labels wrongly'),
  'key-not-usable': look('dashed', 'bogus', '✖', 'is by a key that may not sign'), malformed: look('dashed', 'bogus', '✖', 'is malformed'),
  'no-such-dnskey': look('dashed', 'absent', '–', 'is by a key that was not found'), 'unknown-algorithm': look('solid', 'indeterminate', '?', 'has an unknown algorithm'),
  'work-limit': look('solid', 'indeterminate', '?', 'was not checked: the limit of work was reached'),
};

export const DIGEST_LOOK: { readonly [Result in DigestCheck['result']]: EdgeLook } = {
  match: look('solid', 'secure', '', 'matches'), mismatch: look('solid', 'bogus', '✖', 'differs from'), 'no-such-dnskey': look('dashed', 'absent', '–', 'finds no'),
  'unknown-digest': look('solid', 'indeterminate', '?', 'has an unknown digest type for'), 'unknown-algorithm': look('solid', 'indeterminate', '?', 'has an unknown algorithm for'),
  'not-allowed': look('dashed', 'bogus', '✖', 'has a digest type that is not allowed for'), 'key-not-usable': look('dashed', 'bogus', '✖', 'leads to an unusable'),
  'work-limit': look('solid', 'indeterminate', '?', 'was not held against'),
};

export const DENIAL_LOOK: { readonly [Result in DenialCheck['result']]: EdgeLook } = {
  proved: look('solid', 'secure', '', 'proved'), 'proved-opt-out': look('solid', 'insecure', '○', 'proved with opt-out'),
  'not-proved': look('dashed', 'bogus', '✖', 'not proved'), 'insecure-parameters': look('solid', 'indeterminate', '?', 'parameters not accepted'),
};

export const DELEGATION_LOOK: { readonly [Status in SecurityStatus]: EdgeLook } = {
  secure: look('solid', 'secure', '', 'secure'), insecure: look('solid', 'insecure', '○', 'insecure'),
  bogus: look('dashed', 'bogus', '✖', 'bogus'), indeterminate: look('dashed', 'indeterminate', '?', 'indeterminate'),
};

export const OUTCOME_STATUS: { readonly [Code in Outcome]: GraphStatus } = {
  authenticated: status('secure', '✔', 'authenticated'), 'tls-required-unauthenticated': status('plain', '◐', 'TLS, not authenticated'),
  opportunistic: status('plain', '○', 'as without DANE'), refused: status('bogus', '✖', 'refused'), 'lookup-failed': status('bogus', '⚠', 'lookup failed'),
  'not-determined': status('indeterminate', '?', 'not determined'), pending: NODE_STATUS.pending,
};

const unfit = (word: string, outcome: Outcome): EdgeLook => (outcome === 'refused' ? look('crossed', 'bogus', '✖', word) : look('solid', 'absent', '–', word));

/**
 * A record that differs is at fault only where its endpoint is refused: three of four records need not match, and in a
 * rollover must not (RFC 7671 §8.1).
 */
export function comparisonLook(comparison: Comparison, outcome: Outcome): EdgeLook {
  const { kind, words } = comparisonEnding(comparison);
  switch (kind) {
    case 'matches': return look('double', 'secure', '✔', words);
    case 'differs': case 'fits-but': return unfit(words, outcome);
    case 'not-compared': return look('dotted', 'absent', '–', words);
  }
}

/** The same of a record and all that it was compared with. */
export const recordLook = (record: Pick<TlsaRecord, 'usable'>, comparisons: readonly Comparison[], isRefused: boolean): GraphStatus =>
  (record.usable ? endingStatus(recordEnding(comparisons), isRefused) : status('absent', '–', 'unusable'));

function endingStatus({ kind, words }: ComparisonEnding, isRefused: boolean): GraphStatus {
  if (kind === 'matches') return status('secure', '✔', words);
  return isRefused && kind !== 'not-compared' ? status('bogus', '✖', words) : status('absent', '–', words);
}
