import { describe, expect, test } from 'vitest';
import { toBase64 } from '../../core/base/bytes.ts';
import { EMPTY_RUN } from '../../core/inspection/fold.ts';
import type { DnsExchange, Run } from '../../core/inspection/run.ts';
import { digLines } from '../../renderer/views/answers/dig.ts';
import { filteredQuestions, questions } from '../../renderer/views/answers/model.ts';

const name = (text: string): number[] => [...text.split('.').flatMap((label) => [label.length, ...new TextEncoder().encode(label)]), 0];
const question = [...name('example.org'), 0, 1, 0, 1];
const header = (flags: number, answers: number): number[] => [0x12, 0x34, flags >> 8, flags & 0xff, 0, 1, 0, answers, 0, 0, 0, 0];

/** example.org A with one address a last octet */
const reply = (last: readonly number[], { ttl = 60, flags = 0x8400 } = {}): Uint8Array =>
  Uint8Array.from([...header(flags, last.length), ...question, ...last.flatMap((octet) => [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, ttl, 0, 4, 192, 0, 2, octet])]);

function exchange(number: number, server: string, bytes: Uint8Array | null, rest: Partial<DnsExchange> = {}): DnsExchange {
  const answer = bytes === null ? null : { seq: number * 2 + 1, rttMs: 4, rcode: 'NOERROR', authoritative: true, truncated: false, authenticatedData: false, size: bytes.length, response: toBase64(bytes) };
  return { exchange: number, seq: number * 2, at: number, server: { name: server, address: '192.0.2.53', port: 53 }, zone: 'example.org', transport: 'udp', name: 'example.org', rrtype: 'A', query: '', answer, failure: null, ...rest };
}

const asked = (...exchanges: readonly DnsExchange[]): Run => ({ ...EMPTY_RUN, exchanges });

describe('answers', () => {
  test('one question to several servers is one group; the order of records and their TTLs are no difference', () => {
    const [group, ...others] = questions(asked(exchange(0, 'ns1', reply([1, 2])), exchange(1, 'ns2', reply([2, 1], { ttl: 30 }))));
    expect(others).toEqual([]);
    expect(group).toMatchObject({ title: 'example.org A', zone: 'example.org' });
    expect(group?.rows.map((row) => row.differs)).toEqual([[], []]);
  });

  test('another record is marked, and so is a server that does not answer for the zone', () => {
    const lame = exchange(2, 'ns3', reply([1]));
    const rows = questions(asked(exchange(0, 'ns1', reply([1])), exchange(1, 'ns2', reply([9])), lame.answer === null ? lame : { ...lame, answer: { ...lame.answer, authoritative: false } }))[0]?.rows;
    expect(rows?.map((row) => row.differs)).toEqual([[], ['records'], ['aa']]);
  });

  test('servers of the parent are not held against those of the zone, a truncated answer not against a whole one', () => {
    const short = exchange(0, 'ns1', reply([], { flags: 0x8600 }));
    const all = questions(asked({ ...short, answer: short.answer === null ? null : { ...short.answer, truncated: true } }, exchange(1, 'ns1', reply([1]), { transport: 'tcp' }), exchange(2, 'a.parent', reply([]), { zone: 'org' })));
    expect(all.map((one) => one.rows.map((row) => row.differs))).toEqual([[[], []], [[]]]);
  });

  test('a server that failed says how', () => {
    const rows = questions(asked(exchange(0, 'ns1', null, { failure: { code: 'timeout', text: 'no answer in 5000 ms' } })))[0]?.rows;
    expect(rows?.[0]).toMatchObject({ failed: true, result: 'no answer in 5000 ms' });
  });

  test('the filter finds names, servers and differences', () => {
    const all = questions(asked(exchange(0, 'ns1', reply([1])), exchange(1, 'ns2', reply([9])), exchange(2, 'ns1', reply([1]), { rrtype: 'MX' })));
    expect(filteredQuestions(all, 'differs').flatMap((one) => one.rows.map((row) => row.server))).toEqual(['ns2 (192.0.2.53)']);
    expect(filteredQuestions(all, ' mx').map((one) => one.title)).toEqual(['example.org MX']);
  });
});

describe('a message as dig prints it', () => {
  test('header, flags, sections', () => {
    expect(digLines(reply([1]))).toEqual([
      ';; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4660',
      ';; flags: qr aa; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0',
      '', ';; QUESTION SECTION:', ';example.org. IN A',
      '', ';; ANSWER SECTION:', 'example.org. 60 IN A 192.0.2.1',
    ]);
  });

  test('octets that are no message are said to be none', () => {
    expect(digLines(Uint8Array.from([1, 2, 3]))).toEqual([';; malformed: 3 octets are less than a header']);
  });
});
