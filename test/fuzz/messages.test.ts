/** Half a million broken DNS messages: no exception, no hang, no more memory than the message is worth. */
import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from '../../core/base/bytes.ts';
import { parseMessage } from '../../core/dns/message.ts';
import type { Message } from '../../core/dns/record.ts';
import { groupRRsets } from '../../core/dns/rrset.ts';
import { mutated } from './mutate.ts';
import { recording } from './recording.ts';
import { dice, seedFor } from './seed.ts';
import type { Dice } from './seed.ts';
import { Stopwatch, heapUsed } from './stopwatch.ts';

const MESSAGES = 500_000;
const seed = seedFor('DNS messages');
const recorded = recording.messages.map(({ response }) => fromBase64(response));

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
