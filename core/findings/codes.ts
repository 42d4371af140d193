/** The closed list of findings. A code is also the name of the practice lab's scene that provokes it. */
import type { Severity } from './finding.ts';

export const SEVERITIES = {
  'tlsa-mismatch': 'error', 'certificate-expired': 'error', 'name-mismatch': 'error', 'anchor-not-sent': 'error',
  'starttls-not-offered': 'error', 'starttls-refused': 'error', 'handshake-failed': 'error', 'tls-too-old': 'error', 'sni-rejected': 'error',
  'client-certificate-required': 'error', 'chain-too-large': 'error', 'response-injection': 'error', 'command-injection': 'error', 'plaintext-instead-of-tls': 'error', 'not-smtp': 'error',
  'signature-expired': 'error', 'ds-mismatch': 'error', 'dnssec-bogus': 'error', 'dnssec-work-limit': 'error', 'tlsa-lookup-failed': 'error', 'lookup-failed': 'error', 'domain-does-not-exist': 'error',
  'tlsa-missing': 'warning', 'domain-unsigned': 'warning', 'mx-host-unsigned': 'warning', 'tlsa-usage-unusable': 'warning',
  'tlsa-malformed': 'warning', 'tlsa-ancestor-denied': 'warning', 'mx-is-alias': 'warning', 'greeting-rejected': 'warning',
  'resolver-unusable': 'warning', 'servers-differ': 'warning', 'greeting-try-later': 'warning', 'connection-failed': 'warning', 'no-mail-host': 'warning',
  'certificate-expires-soon': 'warning', 'key-weak': 'warning', 'ocsp-revoked': 'warning', 'anchor-expired-unchecked': 'warning', 'nsec3-iterations': 'warning', 'query-minimisation-fails': 'warning',
  'tls12-not-offered': 'warning', 'client-hello-dropped': 'warning', 'starttls-inside-tls': 'warning', 'reply-malformed': 'warning', 'clock-off': 'warning',
  'null-mx': 'info', 'certificate-expired-unchecked': 'info', 'ocsp-staple-unusable': 'info',
} as const satisfies { readonly [code: string]: Severity };

export type FindingCode = keyof typeof SEVERITIES;

export const FINDING_CODES = Object.keys(SEVERITIES) as readonly FindingCode[];
