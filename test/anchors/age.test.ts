import { describe, expect, test } from 'vitest';
import { anchorWarnings, promiseEnd } from '../../core/anchors/age.ts';
import { ANCHORS_AS_OF, ROOT_KEYS, rootKeyOf } from '../../core/anchors/root-keys.ts';
import { ROOT, parseName } from '../../core/dns/name.ts';
import { ROOT_TRUST_ANCHORS, trustAnchor } from '../../core/dnssec/trust-anchor.ts';
import type { TrustAnchor } from '../../core/dnssec/trust-anchor.ts';

const [ksk2017, ksk2024] = ROOT_TRUST_ANCHORS as readonly [TrustAnchor, TrustAnchor];
const lab = trustAnchor(ROOT, 'DS', Uint8Array.of(1, 2, 13, 2, ...new Uint8Array(32)), 'lab') as TrustAnchor;
const ofZone = trustAnchor(parseName('example.'), 'DS', Uint8Array.of(1, 2, 13, 2, ...new Uint8Array(32)), 'example.key') as TrustAnchor;
const RELEASE = Date.parse(ANCHORS_AS_OF);

describe('trust anchors that no longer do', () => {
  test.each<[string, readonly TrustAnchor[], string, number | null, readonly string[]]>([
    ['both keys, today', [ksk2017, ksk2024], '2026-11-24', RELEASE, []],
    ['both keys, after the old one was revoked', [ksk2017, ksk2024], '2027-02-01', RELEASE, []],
    ['both keys, the last day of the promise', [ksk2017, ksk2024], '2027-11-23', RELEASE, []],
    ['both keys, a year after the release', [ksk2017, ksk2024], '2027-11-24', RELEASE, ['promise-ended']],
    ['both keys, refreshed since', [ksk2017, ksk2024], '2027-11-24', Date.parse('2027-06-01'), []],
    ['both keys, from a file without a promise', [ksk2017, ksk2024], '2037-01-01', null, []],
    ['KSK-2017 alone, long before the roll', [ksk2017], '2026-09-01', null, []],
    ['KSK-2017 alone, 30 days before the roll', [ksk2017], '2026-09-12', null, ['ends-soon']],
    ['KSK-2017 alone, after the roll', [ksk2017], '2026-10-11', null, ['not-signing']],
    ['KSK-2017 alone, the day before its revocation', [ksk2017], '2027-01-10', null, ['not-signing']],
    ['KSK-2017 alone, revoked', [ksk2017], '2027-01-11', null, ['no-usable-anchor']],
    ['KSK-2024 alone, before it signed', [ksk2024], '2026-10-01', null, ['not-signing']],
    ['none', [], '2026-11-24', RELEASE, ['no-usable-anchor']],
    ['a root of our own', [lab], '2037-01-01', null, []],
    ['KSK-2017 and a key nobody knows', [ksk2017, lab], '2037-01-01', null, []],
    ['KSK-2017 and the anchor of another zone', [ksk2017, ofZone], '2027-02-01', null, ['no-usable-anchor']],
  ])('%s', (_, anchors, today, asOf, codes) => {
    expect(anchorWarnings({ anchors, asOf, now: Date.parse(today) }).map(({ code }) => code)).toEqual(codes);
  });

  test('are told with key, date and the way out', () => {
    expect(anchorWarnings({ anchors: [ksk2017], asOf: null, now: Date.parse('2027-03-01') })[0]?.text)
      .toBe('KSK-2017 (20326): revoked since 2027-01-11, so no usable trust anchor of the root is left; danescope trust-anchor refresh gets the present ones');
  });

  test('a promise of 29 February ends a year later all the same', () => {
    expect(new Date(promiseEnd(Date.parse('2028-02-29'))).toISOString()).toBe('2029-03-01T00:00:00.000Z');
  });
});

describe('the keys of the root', () => {
  test('are known by digest: a key tag alone is not enough', () => {
    expect([ksk2017, ksk2024].map((anchor) => rootKeyOf(anchor)?.label)).toEqual(['KSK-2017', 'KSK-2024']);
    expect(rootKeyOf({ ...ksk2017, rdata: Uint8Array.of(...ksk2017.rdata.subarray(0, 35), 0) })).toBeNull();
  });

  test('at any time exactly one of them signs', () => {
    for (const today of ['2017-01-01', '2018-10-11', '2026-10-10', '2026-10-11', '2027-01-11']) {
      expect(ROOT_KEYS.filter(({ signsFrom, signsUntil }) => signsFrom <= today && (signsUntil === null || today < signsUntil))).toHaveLength(1);
    }
  });
});
