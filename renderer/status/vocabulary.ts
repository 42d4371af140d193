/** One sign, one tone and one word for each state; no view invents its own. */
import type { Outcome } from '../../core/dane/facts.ts';
import type { SecurityStatus } from '../../core/dnssec/status.ts';
import type { Severity } from '../../core/findings/finding.ts';

export const SIGNS = ['check', 'cross', 'half', 'circle', 'warning', 'question', 'pending', 'hourglass', 'dash', 'info'] as const;
export type Sign = (typeof SIGNS)[number];
export const TONES = ['secure', 'neutral', 'bogus', 'warning', 'expired', 'pending'] as const;
export type Tone = (typeof TONES)[number];

export interface Status {
  readonly sign: Sign;
  readonly tone: Tone;
  readonly word: string;
}

const status = (sign: Sign, tone: Tone, word: string): Status => ({ sign, tone, word });

export const OUTCOMES: { readonly [Key in Outcome]: Status } = {
  authenticated: status('check', 'secure', 'authenticated'),
  'tls-required-unauthenticated': status('half', 'neutral', 'TLS, not authenticated'),
  opportunistic: status('circle', 'neutral', 'as without DANE'),
  refused: status('cross', 'bogus', 'refused'),
  'lookup-failed': status('warning', 'bogus', 'lookup failed'),
  'not-determined': status('question', 'warning', 'not determined'),
  pending: status('pending', 'pending', 'pending'),
};

/** What a sender that enforces DANE does with this host. */
export const OUTCOME_MEANS: { readonly [Key in Outcome]: string } = {
  authenticated: 'Senders that enforce DANE deliver over authenticated TLS.',
  'tls-required-unauthenticated': 'Senders that enforce DANE deliver over TLS, without authentication, and never in the clear.',
  opportunistic: 'Senders deliver as without DANE: over TLS where it is offered, unauthenticated.',
  refused: 'Senders that enforce DANE skip this host; mail waits if there is no other.',
  'lookup-failed': 'Senders that enforce DANE treat this host as unreachable.',
  'not-determined': 'Not determined from here.',
  pending: 'Not known yet.',
};

export const SECURITY: { readonly [Key in SecurityStatus | 'expired' | 'pending']: Status } = {
  secure: status('check', 'secure', 'secure'),
  insecure: status('circle', 'neutral', 'insecure'),
  bogus: status('cross', 'bogus', 'bogus'),
  indeterminate: status('question', 'warning', 'indeterminate'),
  expired: status('hourglass', 'expired', 'expired'),
  pending: status('pending', 'pending', 'pending'),
};

export const SEVERITIES: { readonly [Key in Severity]: Status } = {
  error: status('cross', 'bogus', 'Error'),
  warning: status('warning', 'warning', 'Warning'),
  info: status('info', 'neutral', 'Note'),
};

/** Worst first: which of several endpoints a view shows until one is selected. */
const GRAVITY: readonly Outcome[] = [
  'refused', 'lookup-failed', 'not-determined', 'tls-required-unauthenticated', 'opportunistic', 'pending', 'authenticated',
];

export const gravity = (outcome: Outcome): number => GRAVITY.indexOf(outcome);
