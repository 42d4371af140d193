/**
 * Whether a server obeys inside TLS what came before it: a command in the segment of STARTTLS (CVE-2011-0411). Then whoever is on
 * the way can put commands into the session of a sender that authenticated the server. No sender does this, so it is asked for.
 */
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { CommandChannel } from './command-channel.ts';
import type { Fact, Stop } from './phase-outcome.ts';
import type { SmtpFailure } from './facts.ts';

/** A command that changes nothing, whoever obeys it (RFC 5321 §4.1.1.9). */
export const INJECTED = 'NOOP';

export async function* tellInjection(channel: CommandChannel, patience: number): AsyncGenerator<Fact, SmtpFailure | null> {
  const done = yield* channel.phase('quit', patience, (signal) => whoAnsweredQuit(channel, signal));
  return done.ok ? null : done.failure;
}

/** RFC 5321 §4.1.1.10: QUIT is answered with 221. A server that kept the command answers that one first. */
async function* whoAnsweredQuit(channel: CommandChannel, signal: AbortSignal): AsyncGenerator<Fact, Result<void, Stop>> {
  const first = yield* channel.ask('QUIT', 2, signal);
  if (!first.ok) return failed(first.failure);
  if (first.value.code === CLOSING) {
    yield* channel.notice('command-discarded', `the server threw away the ${INJECTED} that came with STARTTLS, as it must`);
    return success(undefined);
  }
  const second = yield* channel.await(2, signal);
  if (!second.ok) return failed(second.failure);
  // RFC 3207 §4.2: the server must discard what it learnt from the client before TLS.
  if (second.value.code === CLOSING) yield* channel.notice('command-injection', `the server obeyed inside TLS the ${INJECTED} that came in clear with STARTTLS`);
  return success(undefined);
}

const CLOSING = 221;
