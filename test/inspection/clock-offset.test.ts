/** The estimate of our clock's offset: servers are hostile input, so few of them, or of one zone, must not move it. */
import { describe, expect, test } from 'vitest';
import { clockOffset } from '../../core/inspection/clock-offset.ts';
import { EMPTY_RUN } from '../../core/inspection/fold.ts';
import type { DnsExchange, Run } from '../../core/inspection/run.ts';

const NOW = 1_800_000_000_000;

interface Said {
  readonly server: string;
  readonly zone: string | null;
  /** seconds that the server's clock is ahead of ours; null: no time */
  readonly ahead: number | null;
  readonly rttMs?: number;
}

const exchange = ({ server, zone, ahead, rttMs = 0 }: Said, index: number, now = NOW): DnsExchange => ({
  exchange: index, seq: 2 * index, at: 0, server: { name: null, address: server, port: 53 }, zone, transport: 'udp', name: 'd.example', rrtype: 'MX', query: '', failure: null,
  answer: {
    seq: 2 * index + 1, rttMs, rcode: 'NOERROR', authoritative: true, truncated: false, authenticatedData: false, size: 0, response: '',
    ...(ahead === null ? {} : { serverTime: { stamped: (now / 1000 + ahead) >>> 0, received: now + 500 } }),
  },
});

const runOf = (said: readonly Said[], now?: number): Run => ({ ...EMPTY_RUN, exchanges: said.map((one, index) => exchange(one, index, now)) });
const offsetOf = (said: readonly Said[]): ReturnType<typeof clockOffset> => clockOffset(runOf(said));
const servers = (zone: string, count: number, ahead: number): Said[] => Array.from({ length: count }, (_, index) => ({ server: `${zone} ${String(index)}`, zone, ahead }));

test('three servers of two zones that agree', () => {
  expect(offsetOf([...servers('.', 1, 412), ...servers('example', 2, 413)])).toMatchObject({ state: 'measured', seconds: -413, servers: 3, zones: 2, heard: 3 });
});

test('the root alone, or a top-level domain alone, is a witness above the domain', () => {
  for (const above of ['.', 'example']) expect(offsetOf([...servers(above, 1, 412), ...servers('d.example', 2, 412)])).toMatchObject({ state: 'measured', seconds: -412 });
});

test('our time is that of half a round trip before', () => {
  expect(offsetOf([...servers('.', 1, 0), ...servers('example', 2, 0)].map((one) => ({ ...one, rttMs: 8000 })))).toMatchObject({ seconds: -4 });
});

test.each([
  ['nobody', [{ server: 'a', zone: '.', ahead: null }], 'no name server told the time in a cookie (RFC 9018)'],
  ['two servers', [...servers('.', 1, 0), ...servers('example', 1, 0)], 'only 2 name servers of 2 zones told the time in a cookie (RFC 9018)'],
  ['one zone', servers('example', 9, 0), 'only 9 name servers of 1 zone told the time in a cookie (RFC 9018)'],
  ['half of the servers lie together', [...servers('.', 1, 0), ...servers('example', 2, 0), ...servers('evil.example', 3, 412)], 'the 6 name servers that told their time do not agree on it'],
  ['nobody above the domain', [...servers('d.example', 2, 412), ...servers('sub.d.example', 1, 412)], 'no server of the root or of a top-level domain is among those that agree'],
  ['who is above the domain says another time', [...servers('.', 1, 0), ...servers('d.example', 2, 412), ...servers('sub.d.example', 1, 412)], 'no server of the root or of a top-level domain is among those that agree'],
  ['no three agree', [...servers('.', 1, 0), ...servers('example', 1, 60), ...servers('d.example', 1, 120)], 'the 3 name servers that told their time do not agree on it'],
] as const)('%s: not known, and why', (_words, said, reason) => {
  expect(offsetOf(said)).toEqual({ state: 'not-measured', reason });
});

describe('a lie', () => {
  test.each([86_400, -86_400, 2 ** 31 - 1, 6])('of one server by %i s moves nothing', (lie) => {
    expect(offsetOf([...servers('.', 1, 0), ...servers('example', 2, 0), ...servers('evil.example', 1, lie)])).toMatchObject({ seconds: 0, servers: 3, zones: 2, heard: 4 });
  });

  test('within what counts as agreement the middle stays', () => {
    expect(offsetOf([...servers('.', 1, 0), ...servers('example', 2, 0), ...servers('evil.example', 1, 5)])).toMatchObject({ seconds: 0, servers: 4 });
  });

  test('of a zone with very many servers is not believed against two others', () => {
    expect(offsetOf([...servers('.', 1, 0), ...servers('example', 2, 0), ...servers('evil.example', 150, 412)])).toMatchObject({ state: 'not-measured' });
  });

  test('a server that tells two times has told the first', () => {
    expect(offsetOf([...servers('.', 1, 0), ...servers('example', 2, 0), { server: '. 0', zone: '.', ahead: 412 }])).toMatchObject({ seconds: 0, heard: 3 });
  });
});

test('a forwarder is no witness, whatever it says', () => {
  const context = { resolver: { mode: 'forwarding', servers: [], why: null } } as unknown as Run['context'];
  const said = Array.from({ length: 5 }, (_, index): Said => ({ server: String(index), zone: null, ahead: 412 }));
  expect(clockOffset({ ...runOf(said), context })).toEqual({ state: 'not-measured', reason: 'names are asked through a resolver, and a single server is no witness' });
});

test('RFC 9018 §4.3, RFC 1982: the timestamp may have gone round', () => {
  const after2106 = 2 ** 32 * 1000;
  const said = [...servers('.', 1, -412), ...servers('example', 2, -412)];
  expect(clockOffset(runOf(said, after2106))).toMatchObject({ seconds: 412 });
  expect(clockOffset(runOf(said, after2106 + 1_000_000))).toMatchObject({ seconds: 412 });
});
