/** Signs and words of the text report. Colour is the business of whoever has a terminal: it repeats what the text says. */
import type { Outcome } from '../dane/facts.ts';
import type { SecurityStatus } from '../dnssec/status.ts';
import type { Severity } from '../findings/finding.ts';
import type { NodeStatus } from '../graph/chain-tree.ts';

export type Tone = 'good' | 'bad' | 'doubtful' | 'plain' | 'quiet' | 'strong';

/** Gets text that is safe to show and gives it back, perhaps coloured. */
export type Style = (tone: Tone, text: string) => string;

export const noStyle: Style = (_tone, text) => text;

export const OUTCOME_WORDS: { readonly [Code in Outcome]: readonly [sign: string, tone: Tone, words: string] } = {
  authenticated: ['✔', 'good', 'Delivered over authenticated TLS'],
  'tls-required-unauthenticated': ['◐', 'plain', 'TLS required, server not authenticated'],
  opportunistic: ['○', 'plain', 'As without DANE'],
  refused: ['✖', 'bad', 'Senders that do DANE skip this host'],
  'lookup-failed': ['⚠', 'bad', 'Senders that do DANE treat this host as unreachable'],
  'not-determined': ['?', 'doubtful', 'Not determined from here'],
  pending: ['⋯', 'quiet', 'Not finished'],
};

export const SEVERITY_SIGNS: { readonly [Level in Severity]: readonly [sign: string, tone: Tone] } = {
  error: ['✖', 'bad'], warning: ['!', 'doubtful'], info: ['i', 'plain'],
};

export const STATUS_SIGNS: { readonly [Status in SecurityStatus | NodeStatus]: readonly [sign: string, tone: Tone] } = {
  secure: ['✔', 'good'], insecure: ['○', 'plain'], bogus: ['✖', 'bad'], indeterminate: ['?', 'doubtful'],
  match: ['✔', 'good'], mismatch: ['✖', 'bad'], unusable: ['–', 'quiet'], unused: ['·', 'quiet'],
};
