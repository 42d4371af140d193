/** Step mode: before a command is sent a person sends it, edits it, leaves it out, or stops the run. */
import type { PausableDeadline } from '../base/pausable-deadline.ts';
import type { Clock } from '../base/ports.ts';
import type { StepDecision } from './facts.ts';
import { whileListening, type HeardChannel } from './listening.ts';
import type { Fact, Stop, ToldFact } from './phase-outcome.ts';
import type { Pilot } from './session.ts';
import { verbOf } from './typed-line.ts';

/** The channel, as far as a person is asked over it. */
export interface SteppedChannel extends HeardChannel {
  isHeld: boolean;
  isEdited: boolean;
  fact(told: ToldFact): Fact;
}

export interface Step {
  readonly pilot: Pilot;
  readonly command: string;
  readonly connection: number;
  readonly deadline: PausableDeadline | null;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** `instead`: the reply is that to the command; `between`: the command comes after it all the same. */
export type Stepped =
  | { readonly type: 'send' }
  | { readonly type: 'instead' | 'between'; readonly text: string; readonly octets: Uint8Array }
  | { readonly type: 'stop'; readonly stop: Stop };

export async function* stepped(channel: SteppedChannel, { pilot, command, connection, deadline, signal, clock }: Step): AsyncGenerator<Fact, Stepped> {
  const pause = pilot.nextPause();
  const decided = (decision: StepDecision, sent: string | null): Fact => channel.fact({ type: 'smtp.decided', connection, pause, command, decision, sent });
  channel.isHeld = true;
  deadline?.pause();
  // From here on a word is taken: whoever reads the fact may answer at once.
  const person = pilot.word({ pause, command }, signal);
  try {
    yield channel.fact({ type: 'smtp.paused', connection, pause, command });
    const word = yield* whileListening(channel, { person, waits: command, clock, signal });
    if (!word.ok) return { type: 'stop', stop: word.failure };
    const { value } = word;
    if (value === null) return { type: 'stop', stop: { code: 'aborted', text: 'stopped', replyCode: null } };
    if (value.type === 'stop') {
      yield decided('stopped', null);
      return { type: 'stop', stop: { code: 'aborted', text: `stopped by hand before ${command}`, replyCode: null } };
    }
    channel.isHeld = false;
    if (value.type === 'send') {
      yield decided('sent', command);
      return { type: 'send' };
    }
    channel.isEdited = true;
    if (value.type === 'skip') {
      yield decided('skipped', null);
      return { type: 'stop', stop: { code: 'by-hand', text: `${command} was left out by hand`, replyCode: null } };
    }
    yield decided('edited', value.text);
    return { type: verbOf(value.text) === verbOf(command) ? 'instead' : 'between', text: value.text, octets: value.octets };
  } finally {
    pilot.forget(pause);
    deadline?.resume();
  }
}
