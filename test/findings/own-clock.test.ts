/** Which signatures the right time would make valid is said beside the lookups that rest on them, and beside no others. */
import { expect, test } from 'vitest';
import type { Lookup } from '../../core/dns/facts.ts';
import type { SignatureCheck } from '../../core/dnssec/facts.ts';
import { signatureClockWords } from '../../core/findings/own-clock.ts';
import { EMPTY_RUN } from '../../core/inspection/fold.ts';
import type { DnsExchange, Run, ZoneState } from '../../core/inspection/run.ts';

const NOW = 1_800_000_000;
const AHEAD = 40 * 86_400;
const WORDS = ` This computer’s clock is off by ${String(AHEAD)} s: by that of the name servers the signature is valid now.`;

/** A computer 40 days ahead of three servers, and one signature that expired between the two times. */
function runWith(expiredIn: string): Run {
  const exchanges = ['.', 'example', 'd.example'].map((zone, index) => ({
    seq: index, server: { name: null, address: `192.0.2.${String(index)}`, port: 53 }, zone, name: 'd.example', rrtype: 'MX',
    answer: { seq: index, rttMs: 0, serverTime: { stamped: NOW - AHEAD, received: NOW * 1000 } },
  }) as unknown as DnsExchange);
  const signature = { zone: expiredIn, result: 'expired', inception: NOW - AHEAD - 86_400, expiration: NOW - AHEAD + 86_400 } as unknown as SignatureCheck;
  return { ...EMPTY_RUN, context: { startedAt: new Date(NOW * 1000).toISOString() } as unknown as Run['context'], exchanges, zones: [{ signatures: [signature] } as unknown as ZoneState] };
}

const lookup = (name: string, canonicalName = name, zones: readonly string[] = []): Lookup => ({ name, canonicalName, zones }) as unknown as Lookup;

test.each([
  ['the root', '.', lookup('mx.d.example')],
  ['a zone above the name', 'D.example', lookup('mx.d.example')],
  ['a zone above the name at the end of the aliases', 'host.test', lookup('mx.d.example', 'MX.host.test')],
  ['a zone that the answer rests on', 'between.test', lookup('mx.d.example', 'mx.host.test', ['.', 'test', 'Between.test'])],
])('an expired signature in %s is told', (_words, zone, failed) => {
  expect(signatureClockWords(runWith(zone), [failed])).toBe(WORDS);
});

test('an expired signature elsewhere is not: it explains nothing', () => {
  expect(signatureClockWords(runWith('other.test'), [lookup('mx.d.example', 'mx.host.test', ['.', 'test', 'host.test'])])).toBe('');
});
