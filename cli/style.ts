/** Colour repeats what a sign and a word say; it never says anything alone. */
import type { Outcome } from '../core/dane/facts.ts';
import type { SecurityStatus } from '../core/dnssec/status.ts';
import type { Severity } from '../core/findings/finding.ts';

export type Tone = 'good' | 'plain' | 'bad' | 'doubtful' | 'quiet' | 'strong';

const CODES: { readonly [T in Tone]: string } = { good: '36', plain: '', bad: '31', doubtful: '33', quiet: '2', strong: '1' };

export type Paint = (tone: Tone, text: string) => string;

/** Text given to the result must be plain: escape what came from outside before. */
export const paint = (colour: boolean): Paint => (tone, text) =>
  colour && CODES[tone] !== '' ? `\u001b[${CODES[tone]}m${text}\u001b[0m` : text;

/** The signs that readers of DNSViz know. */
export const STATUS_SIGNS: { readonly [Status in SecurityStatus]: readonly [sign: string, tone: Tone] } = {
  secure: ['[.]', 'good'], insecure: ['[-]', 'plain'], bogus: ['[!]', 'bad'], indeterminate: ['[?]', 'doubtful'],
};

export const OUTCOME_SIGNS: { readonly [Code in Outcome]: readonly [sign: string, tone: Tone] } = {
  authenticated: ['[.]', 'good'],
  'tls-required-unauthenticated': ['[-]', 'plain'],
  opportunistic: ['[-]', 'plain'],
  refused: ['[!]', 'bad'],
  'lookup-failed': ['[!]', 'bad'],
  'not-determined': ['[?]', 'doubtful'],
  pending: ['[?]', 'quiet'],
};

export const SEVERITY_SIGNS: { readonly [Level in Severity]: readonly [sign: string, tone: Tone] } = {
  error: ['[!]', 'bad'], warning: ['[?]', 'doubtful'], info: ['[-]', 'plain'],
};
