/** RFC 6960 §3.2: which staples are told, and as what. None changes an outcome (RFC 7672 §4). */
import { expect, test } from 'vitest';
import { connectionSubject } from '../../core/base/subject.ts';
import { assess } from '../../core/findings/assess.ts';
import { fold } from '../../core/inspection/fold.ts';
import type { StapleStatus } from '../../core/x509/facts.ts';

const HOST = 'mx.example.org';

function told(...statuses: readonly StapleStatus[]): readonly (readonly [string, string, number])[] {
  const facts = statuses.flatMap((status, index) => {
    const at = { at: index, subject: connectionSubject(HOST, '192.0.2.1', index + 1) };
    return [
      { ...at, type: 'smtp.connection', connection: { number: index + 1, host: HOST, address: '192.0.2.1', port: 25, purpose: 'default' } },
      { ...at, type: 'tls.presented', connection: index + 1, presented: { certificates: ['00'], proven: true, source: 'wire', note: null, ocsp: { status, text: 'Words.', rfc: 'RFC 6960 §3.2', thisUpdate: null, nextUpdate: null, revokedAt: null } } },
    ] as const;
  });
  return assess(fold(facts.map((fact, seq) => ({ ...fact, seq })))).map(({ code, severity, evidence }) => [code, severity, evidence.length]);
}

test.each<[StapleStatus, readonly (readonly [string, string])[]]>([
  ['good', []], ['revoked', [['ocsp-revoked', 'warning']]], ['unknown', [['ocsp-staple-unusable', 'info']]], ['try-later', [['ocsp-staple-unusable', 'info']]],
  ['responder-error', [['ocsp-staple-unusable', 'info']]], ['stale', [['ocsp-staple-unusable', 'info']]], ['not-yet-valid', [['ocsp-staple-unusable', 'info']]],
  ['wrong-certificate', [['ocsp-staple-unusable', 'info']]], ['bad-signature', [['ocsp-staple-unusable', 'info']]], ['malformed', [['ocsp-staple-unusable', 'info']]],
  ['issuer-not-presented', []],
])('%s', (status, findings) => {
  expect(told(status).map(([code, severity]) => [code, severity])).toEqual(findings);
});

test('once a host and certificate, with its evidence once an address, and the certificate', () => {
  expect(told('revoked', 'revoked', 'good')).toEqual([['ocsp-revoked', 'warning', 2]]);
});
