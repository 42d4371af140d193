/** Which connection comes next, and that there is an end. */
import { describe, expect, test } from 'vitest';
import { MAXIMUM_CONNECTIONS, nextAsk, wantsNoMore, type Answer, type Ask } from '../../core/inspection/probe-plan.ts';
import type { SmtpFailure } from '../../core/smtp/facts.ts';
import type { TlsFailure, TlsParameters } from '../../core/tls/facts.ts';
import type { KeyType } from '../../core/x509/facts.ts';

type KeyKind = Ask['keyTypes'][number];
const PARAMETERS: TlsParameters = {
  protocol: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256', group: null, signatureScheme: null, serverName: null, alpn: null, resumed: false, ocspStaple: false,
  clientCertificateRequested: false, helloRetryRequest: false, alerts: [], handshakeMs: 1, messages: [],
};
const shown = (ask: Ask, keyType: KeyType, protocol: string): Answer =>
  ({ ask, keyType, session: { established: true, failure: null, tlsFailure: null, parameters: { ...PARAMETERS, protocol } } });
const failedWith = (ask: Ask, tls: Partial<TlsFailure>): Answer => ({
  ask, keyType: null,
  session: {
    established: false, parameters: null, failure: { code: 'tls', phase: 'handshake', text: '', replyCode: null, elapsedMs: 1, octetsReceived: 0 },
    tlsFailure: { code: 'alert-from-server', text: '', alert: null, elapsedMs: 1, messages: [{ from: 'client', name: 'ClientHello', size: 500 }], mayBeOurs: false, ...tls },
  },
});
const alert = (code: number): Partial<TlsFailure> => ({ code: 'alert-from-server', alert: { from: 'server', level: 'fatal', code, name: '' } });

/** Plays a server that answers every offer, and tells the purposes of the connections that it got. */
function visits(server: (ask: Ask) => Answer, probe: 'quick' | 'full' = 'full'): string[] {
  const answers: Answer[] = [];
  for (let ask = nextAsk(answers, probe); ask !== null; ask = nextAsk(answers, probe)) {
    answers.push(server(ask));
    if (answers.length > 20) throw new Error('there is no end');
  }
  return answers.map(({ ask }) => ask.purpose);
}

/** A server with these keys and versions; it prefers the first of them that is offered. */
const server = (keys: readonly KeyKind[], versions: readonly string[] = ['TLSv1.3', 'TLSv1.2']) => (ask: Ask): Answer => {
  const version = versions.find((candidate) => candidate <= ask.maximumVersion);
  const keyType = keys.find((candidate) => ask.keyTypes.includes(candidate));
  if (version === undefined) return failedWith(ask, { ...alert(70), code: 'protocol-version' });
  return keyType === undefined ? failedWith(ask, alert(40)) : shown(ask, keyType, version);
};

describe('as few connections as it takes', () => {
  test.each<[string, readonly KeyKind[], readonly string[], readonly string[]]>([
    ['one key: the usual offer, the other keys, TLS 1.2', ['ECDSA'], ['TLSv1.3', 'TLSv1.2'], ['default', 'RSA or EdDSA', 'TLS 1.2']],
    ['two keys: each under each version', ['ECDSA', 'RSA'], ['TLSv1.3', 'TLSv1.2'], ['default', 'RSA or EdDSA', 'EdDSA', 'TLS 1.2', 'TLS 1.2']],
    ['all keys', ['RSA', 'ECDSA', 'EdDSA'], ['TLSv1.3', 'TLSv1.2'], ['default', 'ECDSA or EdDSA', 'EdDSA', 'TLS 1.2', 'TLS 1.2', 'TLS 1.2']],
    ['a server without TLS 1.3 has shown its TLS 1.2 by then', ['RSA'], ['TLSv1.2'], ['default', 'ECDSA or EdDSA']],
    ['a server without TLS 1.2 is asked for it once', ['ECDSA', 'RSA'], ['TLSv1.3'], ['default', 'RSA or EdDSA', 'EdDSA', 'TLS 1.2']],
    ['RFC 8996: nothing newer than TLS 1.1 is not probed further', ['RSA'], ['TLSv1.1'], ['default']],
  ])('%s', (_name, keys, versions, purposes) => {
    expect(visits(server(keys, versions))).toEqual(purposes);
  });

  test('quick: one, whatever the server has', () => {
    expect(visits(server(['ECDSA', 'RSA']), 'quick')).toEqual(['default']);
  });

  test('a server that shows the same key whatever is asked for is not asked for ever', () => {
    expect(visits((ask) => shown(ask, 'RSA', ask.maximumVersion))).toEqual(['default', 'ECDSA or EdDSA', 'TLS 1.2']);
  });

  test('never more than the limit', () => {
    expect(visits(server(['RSA', 'ECDSA', 'EdDSA'])).length).toBeLessThanOrEqual(MAXIMUM_CONNECTIONS);
  });
});

describe('the ladder after a failed handshake', () => {
  test('RFC 6066 §3: without a name where the name is refused, and no more than that', () => {
    const refusing = (ask: Ask): Answer => (ask.serverName ? failedWith(ask, alert(112)) : shown(ask, 'ECDSA', 'TLSv1.3'));
    expect(visits(refusing)).toEqual(['default', 'without SNI']);
    expect(visits(refusing, 'quick')).toEqual(['default', 'without SNI']);
  });

  test.each(['closed', 'reset', 'timeout'] as const)('a ClientHello that meets only %s is made smaller once, and stays so', (code) => {
    expect(visits((ask) => failedWith(ask, { code }))).toEqual(['default', 'smaller ClientHello']);
    expect(visits((ask) => (ask.groups === 'usual' ? failedWith(ask, { code }) : server(['RSA'])(ask)))).toEqual(['default', 'smaller ClientHello', 'ECDSA or EdDSA', 'TLS 1.2']);
  });

  test('both rungs, one after the other', () => {
    expect(visits((ask) => (ask.groups === 'usual' ? failedWith(ask, { code: 'reset' }) : ask.serverName ? failedWith(ask, alert(112)) : shown(ask, 'RSA', 'TLSv1.2'))))
      .toEqual(['default', 'smaller ClientHello', 'without SNI']);
  });

  test('an end after octets of the server, or another alert, is no matter of the offer', () => {
    expect(visits((ask) => failedWith(ask, { code: 'closed', messages: [{ from: 'server', name: 'ServerHello', size: 90 }] }))).toEqual(['default']);
    expect(visits((ask) => failedWith(ask, alert(40)))).toEqual(['default']);
  });
});

describe('back-off', () => {
  const failure = (code: SmtpFailure['code'], phase: SmtpFailure['phase']): SmtpFailure => ({ code, phase, text: '', replyCode: null, elapsedMs: 1, octetsReceived: 0 });
  test.each<[SmtpFailure['code'], SmtpFailure['phase'], boolean]>([
    ['try-later', 'banner', true], ['try-later', 'starttls', true], ['rejected', 'banner', true], ['connect-refused', 'connect', true], ['starttls-refused', 'starttls', true],
    ['aborted', 'handshake', true], ['tls', 'handshake', false], ['reply-timeout', 'handshake', false], ['closed', 'ehlo-protected', false],
  ])('RFC 5321 §4.2.1: after %s in the phase %s no more: %s', (code, phase, expected) => {
    expect(wantsNoMore(failure(code, phase))).toBe(expected);
  });
});
