/** The channel in a person's hands: one line out, its reply in, until the person or the server ends it. */
import { PausableDeadline } from '../base/pausable-deadline.ts';
import type { Clock } from '../base/ports.ts';
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { capabilitiesOf } from './capability.ts';
import type { CommandChannel } from './command-channel.ts';
import type { Asked, Fact, Stop } from './phase-outcome.ts';
import type { ConsoleDesk, TypedLine } from './console-desk.ts';
import type { ConsoleEnd } from './facts.ts';
import { whileListening } from './listening.ts';
import type { Reply } from './reply.ts';
import type { ConverseOptions } from './session.ts';
import { LEAVING } from './turn.ts';
import { verbOf } from './typed-line.ts';

/** ms for a reply (RFC 5321 §4.5.3.2); the person may close the console before */
const REPLY = 300_000;
/** ms for the reply to the end of a message (RFC 5321 §4.5.3.2.6) */
const REPLY_TO_MESSAGE = 600_000;

/** @returns whether the connection is over, so that no QUIT follows */
export async function* personsTurn(channel: CommandChannel, desk: ConsoleDesk, options: ConverseOptions): AsyncGenerator<Fact, boolean> {
  const connection = options.connection.number;
  yield channel.fact({ type: 'smtp.console', connection, state: 'open' });
  const { by, text, isOver } = yield* lines(channel, desk, options);
  yield channel.fact({ type: 'smtp.console', connection, state: 'closed', by, text });
  return isOver;
}

interface End {
  readonly by: ConsoleEnd;
  readonly text: string;
  readonly isOver: boolean;
}

async function* lines(channel: CommandChannel, desk: ConsoleDesk, { ports: { clock }, signal }: ConverseOptions): AsyncGenerator<Fact, End> {
  for (;;) {
    channel.isSecret = desk.mode === 'auth';
    const typed = yield* whileListening(channel, { person: desk.next(signal), waits: WAITS[desk.mode], clock, signal });
    if (!typed.ok) return ended(typed.failure);
    if (typed.value === null) return yield* closing(channel, desk, signal);
    const ms = desk.mode === 'text' && typed.value.text === '.' ? REPLY_TO_MESSAGE : REPLY;
    const deadline = new PausableDeadline(clock, ms, AbortSignal.any([signal, desk.closing]));
    try {
      const said = yield* exchange(channel, desk, typed.value, { clock, signal: deadline.signal, stopped: signal });
      if (!said.ok) return desk.closing.aborted && !signal.aborted ? { by: 'person', text: 'closed before the server answered', isOver: !channel.isOurTurn } : ended(deadline.expired ? { ...said.failure, text: `no complete reply within ${String(ms / 1000)} s` } : said.failure);
      if (said.value?.code === 221 || said.value?.code === 421) return { by: said.value.code === 221 ? 'person' : 'server', text: said.value.code === 221 ? 'QUIT' : 'the server closes the channel (421)', isOver: true };
    } finally {
      deadline.clear();
    }
  }
}

const WAITS = { command: 'a command', auth: 'an answer within AUTH', text: 'text of the message' } as const;

const ended = ({ code, text }: Stop): End => ({ by: code === 'aborted' ? 'stopped' : 'server', text: INSTEAD[code] ?? text, isOver: true });

const INSTEAD: { readonly [code: string]: string } = { closed: 'the server closed the connection instead of answering', reset: 'the server reset the connection instead of answering' };

/** One line, with its reply where one is due. Text of a message has none until its end. */
async function* exchange(channel: CommandChannel, desk: ConsoleDesk, { text, octets }: TypedLine, waiting: Waiting): AsyncGenerator<Fact, Result<Reply | null, Stop>> {
  const verb = desk.mode === 'command' ? verbOf(text) : '';
  const isSecret = desk.mode === 'auth' || verb === 'AUTH';
  channel.isSecret = isSecret;
  try {
    const sent = yield* channel.say(isSecret ? withoutSecret(text, verb) : text, octets, waiting.signal, isSecret);
    if (!sent.ok) return sent;
    if (desk.mode === 'text' && text !== '.') return success(null);
    const asked = yield* answer(channel, desk, waiting);
    if (!asked.ok) return failed(asked.failure);
    desk.mode = modeAfter(desk.mode, verb, asked.value.code);
    if (asked.value.code < 300 && verb === 'EHLO') yield channel.capabilities(capabilitiesOf(asked.value));
    return success(asked.value);
  } finally {
    channel.isSecret = false;
  }
}

interface Waiting {
  readonly clock: Clock;
  /** the deadline of the reply, and the end of the console */
  readonly signal: AbortSignal;
  /** nobody is there any more */
  readonly stopped: AbortSignal;
}

/** RFC 5321 §4.1.1.10: a channel is closed after QUIT; §4.3.1: which may come after the reply that is due. */
async function* answer(channel: CommandChannel, desk: ConsoleDesk, { clock, signal, stopped }: Waiting): AsyncGenerator<Fact, Asked> {
  const asked = yield* channel.await('any', signal);
  if (asked.ok || asked.failure.code !== 'aborted' || !desk.closing.aborted || stopped.aborted) return asked;
  const deadline = clock.deadline(LEAVING, stopped);
  try {
    return yield* channel.await('any', deadline.signal);
  } finally {
    deadline.clear();
  }
}

/** RFC 4954 §4: 334 asks for an answer; RFC 5321 §4.1.1.4: 354 for a message. */
function modeAfter(mode: ConsoleDesk['mode'], verb: string, code: number): ConsoleDesk['mode'] {
  if (code === 334 && (verb === 'AUTH' || mode === 'auth')) return 'auth';
  return code === 354 && verb === 'DATA' ? 'text' : 'command';
}

/** A known mechanism is told, and nothing else that follows AUTH: a person may mistake where the password goes. */
function withoutSecret(text: string, verb: string): string {
  if (verb === '') return text === '*' ? '*' : '[not kept]';
  const [, mechanism = '', rest = ''] = /^\S+\s+(\S+)(.*)$/s.exec(text) ?? [];
  const isKnown = MECHANISMS.has(mechanism.toUpperCase());
  return ['AUTH', isKnown ? mechanism.toUpperCase() : '', (isKnown ? rest : text.slice(verb.length)).trim() === '' ? '' : '[not kept]'].filter((part) => part !== '').join(' ');
}

/** IANA's registry of SASL mechanisms, as far as mail servers know them. */
const MECHANISMS: ReadonlySet<string> = new Set([
  'PLAIN', 'LOGIN', 'CRAM-MD5', 'DIGEST-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS', 'EXTERNAL', 'GSSAPI', 'NTLM', 'ANONYMOUS', 'XOAUTH2', 'OAUTHBEARER',
]);

/** The person closes: an exchange of AUTH is given up (RFC 4954 §4), a message is left without its end. */
async function* closing(channel: CommandChannel, desk: ConsoleDesk, signal: AbortSignal): AsyncGenerator<Fact, End> {
  if (signal.aborted) return { by: 'stopped', text: 'stopped', isOver: true };
  if (desk.mode === 'auth') yield* channel.say('*', new TextEncoder().encode('*\r\n'), signal);
  if (desk.mode === 'text') return { by: 'person', text: 'closed in the middle of a message, which the server must not deliver (RFC 5321 §4.1.1.4)', isOver: true };
  return { by: 'person', text: '', isOver: desk.mode === 'auth' };
}
