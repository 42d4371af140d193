import { describe, expect, test } from 'vitest';
import type { Connection, NetworkFailure } from '../../core/base/ports.ts';
import type { Result } from '../../core/base/result.ts';
import { MAXIMUM_LINE, MAXIMUM_LINES, MAXIMUM_REPLY, ReplyReader } from '../../core/smtp/reply.ts';
import type { ReceivedLine, Reply, ReplyFailure } from '../../core/smtp/reply.ts';

const never = new AbortController().signal;

/** A connection on which these pieces arrive, then the end. */
function arriving(pieces: readonly Uint8Array[]): Connection {
  const rest = [...pieces];
  return {
    localAddress: null,
    read: () => Promise.resolve({ ok: true, value: rest.shift() ?? null } satisfies Result<Uint8Array | null, NetworkFailure>),
    write: () => Promise.resolve({ ok: true, value: undefined }),
    close: () => { /* nothing to free */ },
  };
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

const cut = (bytes: Uint8Array, size: (index: number) => number): Uint8Array[] => {
  const pieces: Uint8Array[] = [];
  for (let offset = 0, index = 0; offset < bytes.length; index += 1) {
    const end = offset + Math.max(1, size(index));
    pieces.push(bytes.subarray(offset, end));
    offset = end;
  }
  return pieces;
};

interface Read {
  readonly lines: readonly ReceivedLine[];
  readonly result: Result<Reply, ReplyFailure>;
  readonly left: Uint8Array;
}

async function replyOf(pieces: readonly Uint8Array[]): Promise<Read> {
  const reader = new ReplyReader(arriving(pieces));
  const stage = reader.reply(never);
  const lines: ReceivedLine[] = [];
  for (;;) {
    const step = await stage.next();
    if (step.done) return { lines, result: step.value, left: reader.pending };
    lines.push(step.value);
  }
}

test('a reply of several lines, and what follows it stays', async () => {
  const { result, left } = await replyOf([latin1('250-mx.example.org\r\n250-SIZE 1\r\n250 DSN\r\n220 next\r\n')]);
  expect(result).toEqual({ ok: true, value: { code: 250, texts: ['mx.example.org', 'SIZE 1', 'DSN'], codesDiffer: false } });
  expect(left).toEqual(latin1('220 next\r\n'));
});

test.each(['2500 x', '25 x', '150 x', '650 x', 'x250 x', '250\tx', '', ' 250 x'])('%j is no line of a reply (RFC 5321 §4.2)', async (line) => {
  expect((await replyOf([latin1(`${line}\r\n`)])).result).toMatchObject({ ok: false, failure: { kind: 'malformed', first: true } });
});

test('an unfinished line is shown before the end is told', async () => {
  const { lines, result } = await replyOf([latin1('250 wai')]);
  expect(lines).toMatchObject([{ text: '250 wai', ending: 'none', reply: null }]);
  expect(result).toEqual({ ok: false, failure: { kind: 'cut-off' } });
});

test('an end without a reply is not an end within one', async () => {
  expect((await replyOf([])).result).toEqual({ ok: false, failure: { kind: 'end' } });
  expect((await replyOf([latin1('250-mx.example.org\r\n')])).result).toEqual({ ok: false, failure: { kind: 'cut-off' } });
});

describe('limits', () => {
  test.each([
    ['octets of a line', `250 ${'x'.repeat(MAXIMUM_LINE)}\r\n`],
    ['lines', '250-x\r\n'.repeat(MAXIMUM_LINES + 1)],
    ['octets of a reply', `250-${'x'.repeat(2000)}\r\n`.repeat(Math.ceil(MAXIMUM_REPLY / 2000) + 1)],
  ])('%s', async (_, flood) => {
    expect((await replyOf([latin1(flood)])).result).toMatchObject({ ok: false, failure: { kind: 'limit' } });
  });

  test('the last line that is allowed', async () => {
    expect((await replyOf([latin1(`${'250-x\r\n'.repeat(MAXIMUM_LINES - 1)}250 x\r\n`)])).result.ok).toBe(true);
    expect((await replyOf([latin1(`250 ${'x'.repeat(MAXIMUM_LINE - 6)}\r\n`)])).result.ok).toBe(true);
  });
});

test('however the network cuts it: the same lines and the same result, of 300 random streams', async () => {
  let state = 2463534242;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  const parts = ['250-', '250 ', '220 ', '5', '\r\n', '\n', '\r', '-', ' ', 'x'.repeat(600), 'SIZE', '\x00', '\xff', 'y'.repeat(5000)];
  for (let number = 0; number < 300; number += 1) {
    const stream = latin1(Array.from({ length: below(24) }, () => parts[below(parts.length)] ?? '').join(''));
    const whole = await replyOf([stream]);
    const pieces = await replyOf(cut(stream, () => below(below(3) === 0 ? 2 : 700)));
    expect({ lines: pieces.lines, result: pieces.result }).toEqual({ lines: whole.lines, result: whole.result });
  }
});
