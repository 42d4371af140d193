import { describe, expect, test } from 'vitest';
import { type Cause, duration, reasonFor } from '../../core/dnssec/reason.ts';

const RRSET = { owner: 'mail.example', rrtype: 'MX' } as const;
const CAUSES: readonly (readonly [Cause, number | null, string | null])[] = [
  [{ code: 'signature-missing', ...RRSET, zone: 'example' }, 10, 'RFC 4035 §5.3'],
  [{ code: 'signature-invalid', ...RRSET, keyTag: 7 }, 6, 'RFC 4035 §5.3.3'],
  [{ code: 'signature-expired', ...RRSET, keyTag: 7, seconds: 90_000 }, 7, 'RFC 4035 §5.3.1'],
  [{ code: 'signature-not-yet-valid', ...RRSET, keyTag: 7, seconds: 60 }, 8, 'RFC 4035 §5.3.1'],
  [{ code: 'signature-signer', ...RRSET, signer: 'x', zone: 'example' }, 6, 'RFC 4035 §5.3.1'],
  [{ code: 'signature-labels', ...RRSET, labels: 9 }, 6, 'RFC 4035 §5.3.1'],
  [{ code: 'signature-malformed', ...RRSET }, 6, 'RFC 4034 §3.1'],
  [{ code: 'signature-key-missing', ...RRSET, keyTag: 7, algorithm: 13 }, 9, 'RFC 4035 §5.3.1'],
  [{ code: 'signature-key-not-usable', ...RRSET, keyTag: 7 }, 11, 'RFC 4034 §2.1.1'],
  [{ code: 'signature-algorithm-unsupported', ...RRSET, algorithm: 12 }, 1, 'RFC 6840 §5.12'],
  [{ code: 'dnskey-missing', zone: 'example' }, 9, 'RFC 4035 §5.2'],
  [{ code: 'dnskey-not-vouched', zone: 'example', keyTags: [1, 2] }, 9, 'RFC 4035 §5.2'],
  [{ code: 'dnskey-not-signed-by-vouched', zone: 'example', keyTags: [1] }, 6, 'RFC 4035 §5.2'],
  [{ code: 'alias-for-key-material', owner: 'example', rrtype: 'DS' }, 6, 'RFC 4034 §3'],
  [{ code: 'denial-missing', name: 'a.example', rrtype: 'TLSA' }, 12, 'RFC 4035 §5.4'],
  [{ code: 'denial-not-proved', name: 'a.example', rrtype: 'TLSA', gap: 'alias-exists' }, 6, 'RFC 6840 §4.3'],
  [{ code: 'dname-cname-mismatch', owner: 'a.example', dname: 'example' }, 6, 'RFC 6672 §5.3.1'],
  [{ code: 'work-limit-signatures', owner: 'a.example', limit: 8 }, 6, null],
  [{ code: 'insecure-delegation', zone: 'a.example', parent: 'example' }, null, 'RFC 4035 §5.2'],
  [{ code: 'algorithm-not-allowed', zone: 'example', algorithms: [7] }, 1, 'RFC 9905 §2'],
  [{ code: 'digest-unsupported', zone: 'example', digestTypes: [3] }, 2, 'RFC 4035 §5.2'],
  [{ code: 'nsec3-iterations', zone: 'example', iterations: 500, limit: 100 }, 27, 'RFC 9276 §3.2'],
  [{ code: 'no-trust-anchor', name: 'a.example' }, 5, 'RFC 4033 §5'],
  [{ code: 'lookup-failed', name: 'a.example', rrtype: 'MX', detail: 'no server answered' }, 22, 'RFC 4035 §4.3'],
];

describe('RFC 8914 §4: every cause has its code, sentence, section and extended error', () => {
  test.each(CAUSES)('%o', (cause, ede, rfc) => {
    const reason = reasonFor(cause);
    expect([reason.code, reason.ede, reason.rfc]).toEqual([cause.code, ede, rfc]);
    expect(reason.text).toMatch(/^\S.*\.$/);
    expect(reason.text).not.toMatch(/undefined|\[object/);
  });
  test('names what a person has to look at', () => {
    expect(reasonFor({ code: 'signature-expired', ...RRSET, keyTag: 7, seconds: 90_000 }).text).toBe('The signature of mail.example MX by key 7 expired 1 day ago.');
    expect(reasonFor({ code: 'algorithm-not-allowed', zone: 'example', algorithms: [5, 7] }).text).toContain('RSASHA1, RSASHA1-NSEC3-SHA1');
  });
});

test('durations are told in the largest unit that fits', () => {
  expect([0, 1, 59, 60, 7199, 7200, 86_400, 1_000_000].map(duration)).toEqual(['0 seconds', '1 second', '59 seconds', '1 minute', '1 hour', '2 hours', '1 day', '11 days']);
});
