/** Answers: question × name server, parts of a message, extended errors; the calm sign of a rollover. */
import { describe, expect, test } from 'vitest';
import { fold } from '../../core/inspection/fold.ts';
import type { ComparedServer } from '../../core/dns/facts.ts';
import type { Run } from '../../core/inspection/run.ts';
import { digLines } from '../../renderer/views/answers/dig.ts';
import { messageParts } from '../../renderer/views/answers/message-sections.ts';
import { serverMatrices } from '../../renderer/views/answers/server-matrix.ts';
import { notices } from '../../renderer/views/overview/states.ts';
import { twoHosts } from './fixtures/events.ts';

const run = fold(twoHosts);
const server = (name: string, over: Partial<ComparedServer> = {}): ComparedServer => ({ server: { name, address: `192.0.2.${name.slice(2)}`, port: 53 }, failure: null, rcode: 'NOERROR', records: ['TLSA 3 1 1 aa'], signatures: [], serial: 7, group: 0, ...over });
const compared = (servers: readonly ComparedServer[]): Run => ({ ...run, comparisons: [{ name: '_25._tcp.mx', rrtype: 'TLSA', zone: 'example.org', servers, seq: 3 }] });

describe('question × name server', () => {
  test('a server that differs from most is marked, with its serial; one that fails is told', () => {
    const [matrix] = serverMatrices(compared([server('ns1', { group: 1, records: ['TLSA 3 1 1 bb'], serial: 6 }), server('ns2'), server('ns3'), server('ns4', { failure: { code: 'timeout', text: 'no answer in 5 s' }, rcode: null, group: null, records: [], serial: null })]));
    expect(matrix?.servers).toEqual(['ns1 (192.0.2.1)', 'ns2 (192.0.2.2)', 'ns3 (192.0.2.3)', 'ns4 (192.0.2.4)']);
    expect(matrix?.rows[0]?.cells.map((cell) => cell?.status.word)).toEqual(['differs', 'same', 'same', 'timeout']);
    expect(matrix?.rows[0]?.cells[0]?.help).toBe('TLSA 3 1 1 bb · serial 6');
    expect(matrix?.rows[0]?.differs).toBe(true);
  });

  test('nothing where not every server was asked', () => expect(serverMatrices(run)).toEqual([]));
});

/** Header with one question and one additional record, then `tail`. */
const message = (tail: readonly number[]): Uint8Array => Uint8Array.of(0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0x61, 0, 0, 1, 0, 1, ...tail);
/** OPT with an extended error 6 and the text `x` (RFC 8914 §2) */
const OPT = [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 7, 0, 15, 0, 3, 0, 6, 0x78];

describe('a message', () => {
  test('has parts that cover all of its octets (RFC 1035 §4.1)', () => {
    const parts = messageParts(message(OPT));
    expect(parts).toEqual([{ title: 'Header', from: 0, to: 12 }, { title: 'Question', from: 12, to: 19 }, { title: 'Additional', from: 19, to: 37 }]);
  });

  test('that ends too early, or goes on, says so', () => {
    expect(messageParts(message(OPT.slice(0, 14))).at(-1)).toEqual({ title: 'Additional: not readable to its end', from: 19, to: 33 });
    expect(messageParts(message([...OPT, 9])).at(-1)).toEqual({ title: 'Behind the message', from: 37, to: 38 });
    expect(messageParts(Uint8Array.of(1, 2))).toEqual([{ title: 'Too short for a header', from: 0, to: 2 }]);
  });

  test('tells an extended error in words (RFC 8914 §4)', () => expect(digLines(message(OPT))).toContain('; EDE: 6 (DNSSEC Bogus): (x)'));
});

test('a record that matches nothing beside one that does is a rollover, told calmly (RFC 7671 §8.1)', () => {
  const ends = (keep: string): Run => ({ ...run, endpoints: run.endpoints.filter(({ verdict }) => verdict.keyType === keep) });
  expect(notices(ends('ECDSA')).find(({ id }) => id === 'rollover-mx1.example.org')).toMatchObject({ status: { tone: 'secure', word: 'safe' }, title: 'mx1.example.org: rollover under way, safe.' });
  expect(notices(ends('RSA')).some(({ id }) => id === 'rollover-mx1.example.org')).toBe(false);
});
