/** What each kind of sender does, by section. */
import { describe, expect, test } from 'vitest';
import { concludeEndpoint, conclusion, contactOf, SENDER_KINDS, together, type Contact, type SenderAction, type SenderSituation } from '../../core/dane/senders.ts';
import { tlsrptResult, type TlsrptResult } from '../../core/dane/tlsrpt.ts';
import type { Outcome } from '../../core/dane/facts.ts';
import type { TlsaDisposition } from '../../core/destination/facts.ts';
import type { SecurityStatus } from '../../core/dnssec/status.ts';
import type { SmtpFailure } from '../../core/smtp/facts.ts';

type Row = readonly [section: string, mx: SecurityStatus, disposition: TlsaDisposition, outcome: Outcome, code: string, contact: Contact,
  expected: readonly [opportunistic: string, mandatory: string, without: string]];

const ROWS: readonly Row[] = [
  ['RFC 7672 §2.2: a usable record that matches', 'secure', 'usable', 'authenticated', 'matched', 'tls', ['delivers-authenticated', 'delivers-authenticated', 'delivers-encrypted']],
  ['RFC 7672 §2.2: usable records and no match', 'secure', 'usable', 'refused', 'no-match', 'tls', ['tries-next-host validation-failure', 'tries-next-host validation-failure', 'delivers-encrypted']],
  ['RFC 7672 §2.2: usable records and no STARTTLS', 'secure', 'usable', 'refused', 'starttls-not-offered', 'no-tls', ['tries-next-host starttls-not-supported', 'tries-next-host starttls-not-supported', 'delivers-perhaps-in-clear']],
  ['RFC 3207 §4: STARTTLS answered with 454', 'secure', 'usable', 'refused', 'starttls-refused', 'no-tls', ['tries-next-host starttls-not-supported', 'tries-next-host starttls-not-supported', 'delivers-perhaps-in-clear']],
  ['RFC 7672 §3.2.2: another name', 'secure', 'usable', 'refused', 'name-mismatch', 'tls', ['tries-next-host certificate-host-mismatch', 'tries-next-host certificate-host-mismatch', 'delivers-encrypted']],
  ['RFC 7672 §3.1.2: expired below an anchor', 'secure', 'usable', 'refused', 'expired', 'tls', ['tries-next-host certificate-expired', 'tries-next-host certificate-expired', 'delivers-encrypted']],
  ['RFC 5321 §4.2: not SMTP', 'secure', 'usable', 'refused', 'not-smtp', 'no-service', ['tries-next-host', 'tries-next-host', 'tries-next-host']],
  ['RFC 7672 §2.2: only unusable records, TLS made', 'secure', 'unusable', 'tls-required-unauthenticated', 'no-usable-records', 'tls', ['delivers-encrypted tlsa-invalid', 'tries-next-host tlsa-invalid', 'delivers-encrypted']],
  ['RFC 7672 §2.2: only unusable records, TLS fails', 'secure', 'unusable', 'refused', 'tls-failed', 'no-tls', ['tries-next-host validation-failure', 'tries-next-host tlsa-invalid', 'delivers-perhaps-in-clear']],
  ['RFC 7672 §2.1.2: the TLSA lookup fails', 'secure', 'lookup-failed', 'lookup-failed', 'tlsa-lookup-failed', 'tls', ['tries-next-host dnssec-invalid', 'tries-next-host dnssec-invalid', 'delivers-encrypted']],
  ['RFC 7672 §6: no records and DANE required', 'secure', 'absent', 'opportunistic', 'no-tlsa', 'tls', ['delivers-encrypted', 'tries-next-host dane-required', 'delivers-encrypted']],
  ['RFC 7672 §2.2: no records and no TLS', 'secure', 'absent', 'opportunistic', 'no-tlsa', 'no-tls', ['delivers-perhaps-in-clear', 'tries-next-host dane-required', 'delivers-perhaps-in-clear']],
  ['RFC 7672 §2.2: insecure records', 'secure', 'insecure', 'opportunistic', 'tlsa-insecure', 'tls', ['delivers-encrypted', 'tries-next-host dane-required', 'delivers-encrypted']],
  ['RFC 7672 §2.2.1: insecure MX records, host authenticated', 'insecure', 'usable', 'authenticated', 'matched', 'tls', ['delivers-encrypted', 'tries-next-host dane-required', 'delivers-encrypted']],
  ['RFC 7672 §2.2.1: insecure MX records, no match', 'insecure', 'usable', 'refused', 'no-match', 'tls', ['tries-next-host validation-failure', 'tries-next-host dane-required', 'delivers-encrypted']],
  ['not reached from here', 'secure', 'usable', 'not-determined', 'not-reached', 'unknown', ['not-determined', 'not-determined', 'not-determined']],
  ['not reached from here, no records', 'secure', 'absent', 'opportunistic', 'no-tlsa', 'unknown', ['not-determined', 'tries-next-host dane-required', 'not-determined']],
  ['RFC 8314 §3.3: TLS first, and it fails', 'secure', 'absent', 'opportunistic', 'no-tlsa', 'tls-or-nothing', ['tries-next-host', 'tries-next-host dane-required', 'tries-next-host']],
];

describe('at an endpoint', () => {
  test.each(ROWS)('%s', (_section, mxStatus, disposition, outcome, code, contact, expected) => {
    const situation: SenderSituation = { mxStatus, disposition, outcome, contact, reason: { code, text: 'Because.', rfc: null, ede: null } };
    const concluded = concludeEndpoint(situation);
    expect(SENDER_KINDS.map((kind) => [concluded[kind].action, concluded[kind].tlsrpt ?? ''].join(' ').trim())).toEqual(expected);
    for (const kind of SENDER_KINDS) {
      expect(concluded[kind].text).toMatch(/^[A-Z].*\.$/);
      expect(concluded[kind].rfc).toMatch(/^RFC \d+ §[\d.]+$/);
    }
  });
});

describe('RFC 8460 §4.3.1: the result type', () => {
  test.each<readonly [string, TlsrptResult | null]>([
    ['anchor-not-sent', 'certificate-not-trusted'], ['path-invalid', 'certificate-not-trusted'], ['not-yet-valid', 'certificate-not-trusted'],
    ['certificate-malformed', 'certificate-not-trusted'], ['no-match', 'validation-failure'], ['tls-failed', 'validation-failure'], ['not-smtp', null], ['anything else', 'validation-failure'],
    ['constructor', 'validation-failure'],
  ])('%s: %s', (code, result) => { expect(tlsrptResult(code)).toBe(result); });
});

describe('what a sender without DANE meets', () => {
  const failure = (code: SmtpFailure['code'], phase: SmtpFailure['phase'], replyCode: number | null = null): SmtpFailure => ({ code, phase, replyCode, text: '', elapsedMs: 0, octetsReceived: 0 });

  test.each<readonly [string, SmtpFailure | null, Contact]>([
    ['a connection that was not made', failure('connect-timeout', 'connect'), 'unknown'],
    ['a greeting of 554', failure('rejected', 'banner', 554), 'unknown'],
    ['421 to STARTTLS (RFC 5321 §3.8)', failure('try-later', 'starttls', 421), 'unknown'],
    ['an end in the handshake', failure('closed', 'handshake'), 'no-tls'],
    ['no STARTTLS', failure('starttls-not-offered', 'starttls'), 'no-tls'],
    ['an SSH server', failure('not-smtp', 'banner'), 'no-service'],
    ['nothing yet', null, 'unknown'],
  ])('%s', (_name, met, expected) => { expect(contactOf('not-made', met, false, true)).toBe(expected); });

  test('a failure that may be ours says nothing', () => { expect(contactOf('not-made', failure('tls', 'handshake'), true, true)).toBe('unknown'); });
  test('TLS 1.0 alone is no TLS (RFC 8996 §4)', () => { expect(contactOf('unlikeSenders', null, false, true)).toBe('no-tls'); });
  test('nothing goes in clear where TLS comes first (RFC 8314 §3.3)', () => { expect(contactOf('not-made', failure('tls', 'handshake'), false, false)).toBe('tls-or-nothing'); });
});

describe('several together', () => {
  const parts = (...actions: SenderAction[]) => actions.map((action) => conclusion(action, 'Because.', 'RFC 7672 §2.2', action === 'tries-next-host' ? 'validation-failure' : null));

  test.each<readonly [readonly SenderAction[], SenderAction, SenderAction]>([
    [['delivers-authenticated', 'delivers-authenticated'], 'delivers-authenticated', 'delivers-authenticated'],
    [['delivers-authenticated', 'delivers-perhaps-in-clear'], 'delivers-perhaps-in-clear', 'delivers-perhaps-in-clear'],
    [['tries-next-host', 'delivers-encrypted'], 'delivers-encrypted', 'delivers-encrypted'],
    [['tries-next-host', 'tries-next-host'], 'tries-next-host', 'defers'],
    [['tries-next-host', 'not-determined'], 'not-determined', 'not-determined'],
    [['delivers-authenticated', 'not-determined'], 'delivers-authenticated', 'delivers-authenticated'],
    [[], 'not-determined', 'not-determined'],
  ])('%j: host %s, domain %s', (actions, host, domain) => {
    expect(together(parts(...actions), 'host').action).toBe(host);
    expect(together(parts(...actions), 'domain').action).toBe(domain);
  });

  test('what is passed over is told and reported', () => {
    const told = together(parts('delivers-authenticated', 'tries-next-host'), 'domain');
    expect(told).toMatchObject({ text: 'Because. 1 of 2 hosts is passed over.', tlsrpt: 'validation-failure' });
  });
});
