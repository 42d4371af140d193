/** Twenty thousand broken reply streams: no exception, every octet shown or left, all within the limits. */
import { expect, test } from 'vitest';
import { concatBytes, equalBytes, toBase64 } from '../../core/base/bytes.ts';
import type { Connection } from '../../core/base/ports.ts';
import { success } from '../../core/base/result.ts';
import { capabilitiesOf } from '../../core/smtp/capability.ts';
import { noticesOf } from '../../core/smtp/notice.ts';
import { MAXIMUM_LINE, MAXIMUM_LINES, ReplyReader } from '../../core/smtp/reply.ts';
import { mutated } from './mutate.ts';
import { recording } from './recording.ts';
import { dice, seedFor } from './seed.ts';
import type { Dice } from './seed.ts';

const STREAMS = 20_000;
const seed = seedFor('SMTP replies');
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const FLOODS = ['250-x\r\n'.repeat(300), `220 ${'y'.repeat(70_000)}\r\n`, '250-'.repeat(30_000), '\r\n'.repeat(500), '\0'.repeat(9000), '2'.repeat(5000)].map(latin1);
const lines = [...recording.serverLines.map(latin1), ...FLOODS];

function stream(random: Dice): Uint8Array {
  const whole = concatBytes(...Array.from({ length: 1 + random.below(12) }, () => random.oneIn(40) ? random.pick(FLOODS) : random.pick(lines.slice(0, -FLOODS.length))));
  return random.oneIn(10) ? whole : mutated(whole, random, { others: lines });
}

/** Hands the octets out in pieces of any size, then the end. */
function connectionOf(octets: Uint8Array, random: Dice): Connection {
  let at = 0;
  return {
    localAddress: null, close: () => {}, write: async () => success(undefined),
    read: async () => {
      if (at >= octets.length) return success(null);
      const piece = octets.slice(at, at + 1 + random.below(random.oneIn(3) ? 20 : 4096));
      at += piece.length;
      return success(piece);
    },
  };
}

test(`${STREAMS} mutated streams through the reply reader`, { timeout: 120_000 }, async () => {
  const random = dice(seed);
  const told = { replies: 0, network: 0, end: 0, 'cut-off': 0, limit: 0, malformed: 0 };
  const { signal } = new AbortController();
  let slowest = 0;
  for (let round = 0; round < STREAMS; round += 1) {
    const octets = stream(random);
    const reader = new ReplyReader(connectionOf(octets, random));
    const seen: Uint8Array[] = [];
    const started = performance.now();
    for (let ended = false; !ended; ) {
      const reply = reader.reply(signal);
      let count = 0;
      let step = await reply.next();
      for (; step.done !== true; step = await reply.next()) {
        count += 1;
        seen.push(step.value.bytes);
        noticesOf(step.value);
        if (step.value.bytes.length > MAXIMUM_LINE) throw new Error(`a line of ${step.value.bytes.length} octets in stream ${round}`);
      }
      if (count > MAXIMUM_LINES) throw new Error(`a reply of ${count} lines in stream ${round}`);
      if (step.value.ok) capabilitiesOf(step.value.value);
      told[step.value.ok ? 'replies' : step.value.failure.kind] += 1;
      ended = !step.value.ok;
    }
    slowest = Math.max(slowest, performance.now() - started);
    const shown = concatBytes(...seen, reader.pending);
    if (!equalBytes(shown, octets.subarray(0, shown.length)) || shown.length > octets.length) throw new Error(`octets were changed in stream ${round}: ${toBase64(octets.subarray(0, 300))}`);
  }
  process.stdout.write(`fuzz SMTP replies: ${JSON.stringify(told)}, slowest stream ${slowest.toFixed(0)} ms\n`);
  expect(Math.min(told.replies, told.end, told['cut-off'], told.limit, told.malformed)).toBeGreaterThan(100);
});
