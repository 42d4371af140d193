/** A person is waited for, and the server is heard meanwhile: what it says, and that it leaves, is told as it happens. */
import type { Clock } from '../base/ports.ts';
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Fact, Stop } from './phase-outcome.ts';
import { MAXIMUM_REPLY } from './reply.ts';
import type { ReplyFailure } from './reply.ts';

/** ms after which a person is warned: from 5 minutes on a server may close (RFC 5321 §4.5.3.2.7) */
export const IDLE_WARNING = 240_000;

/** The channel, as far as it is listened to. */
export interface HeardChannel {
  /** the server left while a person was asked */
  isGone: boolean;
  /** until the server says something, or leaves */
  look(signal: AbortSignal): Promise<void>;
  tellUnasked(): AsyncGenerator<Fact, { readonly count: number; readonly end: ReplyFailure | null }>;
  idle(idleMs: number): Fact;
}

export interface Listening<Value> {
  readonly person: Promise<Value>;
  /** what the server waits for, in words */
  readonly waits: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The person's word, or why it comes too late. */
export async function* whileListening<Value>(channel: HeardChannel, { person, waits, clock, signal }: Listening<Value>): AsyncGenerator<Fact, Result<Value, Stop>> {
  const over = new AbortController();
  const started = clock.monotonic();
  const word = person.then((value) => ({ type: 'word', value }) as const);
  let idle: Promise<{ readonly type: 'idle' }> | null = clock.sleep(IDLE_WARNING, over.signal).then(() => ({ type: 'idle' }) as const);
  let octets = 0;
  try {
    for (;;) {
      const heard = channel.look(signal).then(() => ({ type: 'heard' }) as const);
      const first = await Promise.race(idle === null ? [word, heard] : [word, heard, idle]);
      if (first.type === 'word') return success(first.value);
      if (first.type === 'idle') {
        idle = null;
        yield channel.idle(clock.monotonic() - started);
        continue;
      }
      const { count, end } = yield* channel.tellUnasked();
      octets += count;
      if (end !== null) {
        channel.isGone = true;
        return failed(goneWhileWaiting(end, waits));
      }
      // Who talks on and on without being asked is not waited for.
      if (octets > MAXIMUM_REPLY) return failed({ code: 'limit', text: `more than ${String(MAXIMUM_REPLY)} octets came that nobody had asked for`, replyCode: null });
    }
  } finally {
    over.abort();
  }
}

/** A server that is left waiting may go (RFC 5321 §4.5.3.2.7): that says nothing about it. */
function goneWhileWaiting(end: ReplyFailure, waits: string): Stop {
  const how = end.kind === 'network' && end.failure.code === 'reset' ? 'reset the connection (RST)' : 'closed the connection';
  if (end.kind === 'network' && end.failure.code === 'aborted') return { code: 'aborted', text: 'stopped', replyCode: null };
  return { code: 'by-hand', text: `the server ${how} while it waited for ${waits}`, replyCode: null };
}
