/** Half a million broken DNS messages: no exception, no hang, no more memory than the message is worth. */
import { describe, expect, test } from 'vitest';
import { concatBytes, fromBase64, toBase64 } from '../../core/base/bytes.ts';
import { parseMessage } from '../../core/dns/message.ts';
import type { Message } from '../../core/dns/record.ts';
import { groupRRsets } from '../../core/dns/rrset.ts';
import { canonicalRdatas } from '../../core/dnssec/canonical.ts';
import { mutated } from './mutate.ts';
import { recording } from './recording.ts';
import { dice, seedFor } from './seed.ts';
import type { Dice } from './seed.ts';
import { Stopwatch, heapUsed } from './stopwatch.ts';

const MESSAGES = 500_000;
const seed = seedFor('DNS messages');
const recorded = recording.messages.map(({ response }) => fromBase64(response));

const LONGEST = 65_535;

/** MX-like records of the type MINFO whose names are the ends of a chain of pointers, as long as is allowed: the dearest message to read. */
function dearestNames(): Uint8Array {
  const [root, ...chain] = Array.from({ length: 126 }, (_, index) => index);
  const start = 12 + 11;
  // `a.` and the root, then `a.` and a pointer to the one before.
  const names = concatBytes(Uint8Array.of(1, 0x61, root ?? 0), ...chain.map((index) => Uint8Array.of(1, 0x61, ...pointer(start + (index === 1 ? 0 : 3 + (index - 2) * 4)))));
  const carrier = concatBytes(Uint8Array.of(0, 0, 10, 0, 1, 0, 0, 0, 60, names.length >> 8, names.length & 0xff), names);
  const last = pointer(start + names.length - 4);
  return filled(carrier, () => Uint8Array.of(...last, 0, 14, 0, 1, 0, 0, 0, 60, 0, 4, ...last, ...last));
}

/** One RRset of as many addresses as there is room for: the dearest message to put in order. */
const dearestRRset = (): Uint8Array =>
  filled(Uint8Array.of(0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 0, 0, 0, 0), (index) => Uint8Array.of(0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 1, 2, index >> 8, index & 0xff));

/** A response whose answer section is full. */
function filled(first: Uint8Array, record: (index: number) => Uint8Array): Uint8Array {
  const count = Math.floor((LONGEST - 12 - first.length) / record(0).length);
  const head = Uint8Array.of(0, 1, 0x84, 0, 0, 0, (count + 1) >> 8, (count + 1) & 0xff, 0, 0, 0, 0);
  return concatBytes(head, first, ...Array.from({ length: count }, (_, index) => record(index)));
}

const pointer = (offset: number): number[] => [0xc0 | (offset >> 8), offset & 0xff];

function nextMessage(random: Dice): Uint8Array {
  if (random.oneIn(50)) return Uint8Array.from({ length: random.below(600) }, () => random.below(256));
  return mutated(random.pick(recorded), random, { others: recorded });
}

/** Names grow when they are expanded: 255 octets for 2, three times in the 18 octets of a MINFO record at most. */
const MOST_GROWTH = 50;

function expandedOctets({ answer, authority, additional }: Message): number {
  return [...answer, ...authority, ...additional].reduce((sum, { owner, rdata }) => sum + owner.length + rdata.length, 0);
}

test(`${MESSAGES} mutated messages through the parser`, { timeout: 120_000 }, () => {
  const random = dice(seed);
  const stopwatch = new Stopwatch();
  const told = { parsed: 0, malformed: 0 };
  const before = heapUsed();
  for (let round = 0; round < MESSAGES; round += 1) {
    const message = nextMessage(random);
    const parsed = stopwatch.time(() => parseMessage(message), () => `message ${round}: ${toBase64(message)}`);
    told[parsed.ok ? 'parsed' : 'malformed'] += 1;
    if (!parsed.ok) continue;
    if (expandedOctets(parsed.value) > MOST_GROWTH * message.length) throw new Error(`grew without measure: ${toBase64(message)}`);
    if (round % 16 === 0) stopwatch.time(() => groupRRsets([...parsed.value.answer, ...parsed.value.authority]), () => `RRsets of message ${round}: ${toBase64(message)}`);
  }
  const grown = heapUsed() - before;
  process.stdout.write(`fuzz DNS messages: ${told.parsed} parsed, ${told.malformed} malformed, slowest ${stopwatch.slowest.toFixed(1)} ms, heap ${(grown / 1e6).toFixed(1)} MB more\n`);
  expect(stopwatch.hung).toEqual([]);
  expect(Math.min(told.parsed, told.malformed)).toBeGreaterThan(MESSAGES / 10);
  expect(grown).toBeLessThan(16e6);
});

describe('the dearest messages there are', () => {
  test.each([['names', dearestNames()], ['RRset', dearestRRset()]])('%s', (_, message) => {
    const stopwatch = new Stopwatch();
    const parsed = stopwatch.time(() => parseMessage(message), () => 'reading it');
    if (!parsed.ok) throw new Error(parsed.failure.text);
    expect(parsed.value.answer.length).toBeGreaterThan(3000);
    const rrsets = stopwatch.time(() => groupRRsets(parsed.value.answer), () => 'its RRsets');
    for (const { type, rdatas } of rrsets) stopwatch.time(() => canonicalRdatas(type, rdatas), () => `canonical order of ${rdatas.length}`);
    expect(stopwatch.hung).toEqual([]);
  });
});
