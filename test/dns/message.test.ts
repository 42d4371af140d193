import { createHash } from 'node:crypto';
import packet from 'dns-packet';
import { describe, expect, test } from 'vitest';
import { concatBytes, fromHex, toHex } from '../../core/base/bytes.ts';
import { parseMessage } from '../../core/dns/message.ts';
import { nameText, parseName } from '../../core/dns/name.ts';
import { rdataText } from '../../core/dns/presentation.ts';
import { encodeQuery, randomCase } from '../../core/dns/query.ts';
import { readWireName } from '../../core/dns/wire-name.ts';

/** The typed part of the package is what the lab's tests use. */
const encode = (message: object): Uint8Array => packet.encode(message as never);

function value(bytes: Uint8Array) {
  const parsed = parseMessage(bytes);
  if (!parsed.ok) throw new Error(parsed.failure.text);
  return parsed.value;
}

const header = (...counts: readonly number[]): Uint8Array =>
  Uint8Array.of(0x12, 0x34, 0x84, 0x00, ...counts.flatMap((count) => [count >> 8, count & 0xff]));

describe('reading', () => {
  test('a message that another codec wrote, with its compressed names expanded (RFC 1035 §4.1.4)', () => {
    const bytes = encode({
      type: 'response', id: 4711, flags: 0x0420,
      questions: [{ name: 'example.org', type: 'MX' }],
      answers: [{ name: 'example.org', type: 'MX', ttl: 60, data: { preference: 10, exchange: 'mx1.example.org' } }],
      additionals: [{ name: '.', type: 'OPT', udpPayloadSize: 1232, extendedRcode: 1, ednsVersion: 0, flags: 0x8000, flag_do: true, options: [] }],
    });
    const message = value(bytes);
    expect(message).toMatchObject({ id: 4711, response: true, authoritative: true, authenticatedData: true, truncated: false, rcode: 16 });
    expect(message.edns).toEqual({ udpPayloadSize: 1232, version: 0, dnssecOk: true, options: [] });
    expect(message.answer.map(({ owner, type, rdata }) => `${nameText(owner)} ${rdataText(type, rdata)}`)).toEqual(['example.org 10 mx1.example.org.']);
    expect(message.additional).toEqual([]);
  });

  test('names in RDATA of unknown types stay as they are (RFC 3597 §4)', () => {
    const record = concatBytes(Uint8Array.of(0, 0xff, 0x00, 0, 1, 0, 0, 0, 60, 0, 2, 0xc0, 0x0c));
    const message = value(concatBytes(header(0, 1, 0, 0), record));
    expect(toHex(message.answer[0]?.rdata ?? new Uint8Array())).toBe('c00c');
  });

  test('RDATA too short for its type is kept, not dropped', () => {
    const record = Uint8Array.of(0, 0, 15, 0, 1, 0, 0, 0, 60, 0, 1, 7);
    expect(toHex(value(concatBytes(header(0, 1, 0, 0), record)).answer[0]?.rdata ?? new Uint8Array())).toBe('07');
  });

  test('a TTL with the highest bit set is zero (RFC 2181 §8)', () => {
    const record = Uint8Array.of(0, 0, 1, 0, 1, 0x80, 0, 0, 1, 0, 4, 192, 0, 2, 1);
    expect(value(concatBytes(header(0, 1, 0, 0), record)).answer[0]?.ttl).toBe(0);
  });
});

describe('hostile messages are failures, not exceptions', () => {
  test.each([
    ['less than a header', '0102'],
    ['a count that lies', '000084000000ffff00000000'],
    ['a pointer to itself', '000084000001000000000000c00c00010001'],
    ['a pointer forward', '000084000001000000000000c01000010001'],
    ['a label that runs past the end', '0000840000010000000000003f61'],
    ['a reserved label type', '000084000001000000000000800000010001'],
    ['RDATA that runs past the end', '00008400000000010000000000000100010000003cffff01'],
    ['two OPT records', '000084000000000000000002000029000000000000000000002900000000000000'],
    ['an OPT record below the root', '000084000000000000000001016100002904d000000000000000'],
  ])('%s', (_what, hex) => {
    expect(parseMessage(fromHex(hex)).ok).toBe(false);
  });

  test('a name of more than 255 octets, built with pointers', () => {
    const label = concatBytes(Uint8Array.of(63), new Uint8Array(63).fill(0x61));
    const bytes = concatBytes(label, label, label, label, Uint8Array.of(0), Uint8Array.of(0xc0, 0));
    expect(readWireName(bytes, 257)).toBeNull();
    expect(readWireName(concatBytes(label, Uint8Array.of(0)), 0)?.end).toBe(65);
  });

  test('20,000 mutations of an answer', () => {
    const good = encode({
      type: 'response', id: 1, questions: [{ name: 'a.example.org', type: 'A' }],
      answers: [
        { name: 'a.example.org', type: 'CNAME', ttl: 60, data: 'b.example.org' }, { name: 'b.example.org', type: 'A', ttl: 60, data: '192.0.2.1' },
        { name: 'example.org', type: 'SOA', ttl: 60, data: { mname: 'ns.example.org', rname: 'h.example.org', serial: 1, refresh: 2, retry: 3, expire: 4, minimum: 5 } },
      ],
    });
    for (let round = 0; round < 20_000; round += 1) {
      const dice = createHash('sha1').update(String(round)).digest();
      const bytes = Uint8Array.from(good);
      for (let change = 0; change <= (dice[0] as number) % 4; change += 1) bytes[dice.readUInt16BE(1 + change * 2) % bytes.length] = dice[10 + change] as number;
      const cut = bytes.subarray(0, bytes.length - ((dice[18] as number) % 8 === 0 ? (dice[19] as number) % bytes.length : 0));
      expect(typeof parseMessage(cut).ok).toBe('boolean');
    }
  });
});

describe('writing', () => {
  test('EDNS with 1232 octets and DO (RFC 6891 §6.1.2, RFC 3225); RD and CD only for a forwarder (RFC 6840 §5.9)', () => {
    const question = { name: parseName('example.org'), type: 15, class: 1 };
    const query = value(encodeQuery(question, { id: 7, recursive: true, edns: true }));
    expect(query).toMatchObject({ id: 7, response: false, recursionDesired: true, checkingDisabled: true, authenticatedData: false });
    expect(query.edns).toMatchObject({ udpPayloadSize: 1232, dnssecOk: true, version: 0 });
    expect(query.questions).toEqual([question]);
    const iterative = value(encodeQuery(question, { id: 7, recursive: false, edns: false }));
    expect(iterative).toMatchObject({ recursionDesired: false, checkingDisabled: false, edns: null });
  });

  test('random letter case touches letters only, never length octets', () => {
    const name = parseName('a-1_z.Example');
    expect(nameText(randomCase(name, { bytes: (length) => new Uint8Array(length) }))).toBe('A-1_Z.EXAMPLE');
    expect(nameText(randomCase(name, { bytes: (length) => new Uint8Array(length).fill(1) }))).toBe('a-1_z.example');
  });
});
