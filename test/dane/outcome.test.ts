import { describe, expect, test } from 'vitest';
import { endpointOutcome } from '../../core/dane/outcome.ts';
import type { SessionEnd } from '../../core/dane/outcome.ts';
import type { TlsaDisposition } from '../../core/destination/facts.ts';
import type { SmtpFailure, SmtpPhase } from '../../core/smtp/facts.ts';
import type { TlsFailure } from '../../core/tls/facts.ts';

const ESTABLISHED: SessionEnd = { failure: null, tlsFailure: null, established: true };

const smtp = (code: SmtpFailure['code'], phase: SmtpPhase, replyCode: number | null = null): SessionEnd =>
  ({ failure: { code, phase, text: 'so it was', replyCode, elapsedMs: 1, octetsReceived: 0 }, tlsFailure: null, established: false });

const tls = (code: TlsFailure['code'], mayBeOurs = false): SessionEnd => ({
  ...smtp('tls', 'handshake'), tlsFailure: { code, text: 'so it was', alert: null, elapsedMs: 1, messages: [], mayBeOurs },
});

const of = (disposition: TlsaDisposition, session: SessionEnd, matched: object | null = null) =>
  endpointOutcome(disposition, session, { matched, reason: { code: 'no-match', text: 'none', rfc: 'RFC 7672 §2.2', ede: null } });

const SESSIONS: readonly SessionEnd[] = [ESTABLISHED, smtp('connect-timeout', 'connect'), smtp('starttls-not-offered', 'starttls'), tls('alert-from-server')];

describe('what the TLSA lookup decides by itself', () => {
  test('RFC 7672 §2.1.2: after a failed lookup the host is unreachable, whatever the session shows', () => {
    for (const session of SESSIONS) expect(of('lookup-failed', session, {})).toMatchObject({ outcome: 'lookup-failed', reason: { rfc: 'RFC 7672 §2.1.2' } });
  });

  test.each(['absent', 'insecure', 'not-applicable'] as const)('RFC 7672 §2.2: %s goes on as without DANE', (disposition) => {
    for (const session of SESSIONS) expect(of(disposition, session, {}).outcome).toBe('opportunistic');
  });
});

describe('usable records', () => {
  test('RFC 7672 §2.2: a match authenticates, no match refuses', () => {
    expect(of('usable', ESTABLISHED, { record: 0, depth: 0 }).outcome).toBe('authenticated');
    expect(of('usable', ESTABLISHED)).toMatchObject({ outcome: 'refused', reason: { code: 'no-match', rfc: 'RFC 7672 §2.2' } });
  });

  test('a chain that was presented but not proven authenticates nobody', () => {
    expect(of('usable', tls('closed'), { record: 0, depth: 0 }).outcome).toBe('refused');
  });

  test('a failure after the handshake changes nothing', () => {
    expect(of('usable', { ...smtp('closed', 'quit'), established: true }, {}).outcome).toBe('authenticated');
    expect(of('usable', { ...smtp('rejected', 'ehlo-protected', 554), established: true }, {}).outcome).toBe('authenticated');
  });

  test('what was presented could not be seen: not determined, never refused', () => {
    expect(endpointOutcome('usable', ESTABLISHED, null).outcome).toBe('not-determined');
  });

  test('RFC 7672 §2.2: no STARTTLS refuses', () => {
    expect(of('usable', smtp('starttls-not-offered', 'ehlo'))).toMatchObject({ outcome: 'refused', reason: { code: 'starttls-not-offered', rfc: 'RFC 7672 §2.2' } });
  });

  test.each([['starttls-refused', 454], ['starttls-refused', 501], ['rejected', 554], ['try-later', 454]] as const)('RFC 3207 §4: STARTTLS answered with %s %i refuses', (code, reply) => {
    expect(of('usable', smtp(code, 'starttls', reply))).toMatchObject({ outcome: 'refused', reason: { rfc: 'RFC 3207 §4' } });
  });

  test.each(['closed', 'reset'] as const)('a connection %s in answer to STARTTLS refuses', (code) => {
    expect(of('usable', smtp(code, 'starttls')).outcome).toBe('refused');
  });

  test('RFC 5321 §3.8: 421 puts off, even in answer to STARTTLS', () => {
    expect(of('usable', smtp('try-later', 'starttls', 421)).outcome).toBe('not-determined');
  });

  test.each(['connect-refused', 'connect-timeout', 'connect-unreachable', 'no-route'] as const)('%s says nothing about the server: the port may be blocked from here', (code) => {
    expect(of('usable', smtp(code, 'connect')).outcome).toBe('not-determined');
  });

  test.each([['rejected', 'banner', 554], ['try-later', 'banner', 450], ['try-later', 'banner', 421], ['rejected', 'ehlo', 550], ['closed', 'banner', null], ['reset', 'ehlo', null]] as const)(
    'RFC 5321 §4.2: %s in %s (%s) may be about us', (code, phase, reply) => {
      expect(of('usable', smtp(code, phase, reply)).outcome).toBe('not-determined');
    });

  test.each([['reply-timeout', 'banner'], ['reply-timeout', 'starttls'], ['limit', 'ehlo'], ['aborted', 'ehlo']] as const)('%s in %s is a limit of ours', (code, phase) => {
    expect(of('usable', smtp(code, phase)).outcome).toBe('not-determined');
  });

  test.each([['not-smtp', 'banner'], ['reply-malformed', 'ehlo'], ['response-injection', 'starttls']] as const)('%s: no sender gets to TLS', (code, phase) => {
    expect(of('usable', smtp(code, phase)).outcome).toBe('refused');
  });

  test.each(['alert-from-server', 'alert-from-client', 'closed', 'reset', 'not-tls', 'protocol-version', 'chain-too-large', 'other'] as const)('RFC 7672 §2.2: a handshake that ends with %s refuses', (code) => {
    expect(of('usable', tls(code))).toMatchObject({ outcome: 'refused', reason: { code: 'tls-failed' } });
    // What another library might have managed says nothing about the server.
    expect(of('usable', tls(code, true)).outcome).toBe('not-determined');
  });

  test.each(['timeout', 'local-limit', 'aborted'] as const)('a handshake that ends with %s is not determined', (code) => {
    expect(of('usable', tls(code)).outcome).toBe('not-determined');
  });

  test('nothing yet is pending', () => {
    expect(of('usable', { failure: null, tlsFailure: null, established: false }).outcome).toBe('pending');
  });
});

describe('RFC 7672 §2.2: a secure RRset with no usable record requires TLS, unauthenticated', () => {
  test('TLS is enough, a match is not asked for', () => {
    expect(of('unusable', ESTABLISHED)).toMatchObject({ outcome: 'tls-required-unauthenticated', reason: { rfc: 'RFC 7672 §2.2' } });
  });

  test('no TLS refuses; what could not be seen is not determined', () => {
    expect(of('unusable', smtp('starttls-not-offered', 'ehlo')).outcome).toBe('refused');
    expect(of('unusable', tls('alert-from-server')).outcome).toBe('refused');
    expect(of('unusable', smtp('connect-timeout', 'connect')).outcome).toBe('not-determined');
  });
});
