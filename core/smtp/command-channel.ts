/** Commands out, replies in, over the open connection: everything that passes becomes a fact, and each phase has its deadline. */
import { concatBytes, toBase64 } from '../base/bytes.ts';
import { PausableDeadline } from '../base/pausable-deadline.ts';
import type { Connection } from '../base/ports.ts';
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { DialogueLine, SmtpFailure, SmtpNoticeCode, SmtpPhase } from './facts.ts';
import { connectStop, networkStop, replyStop, timeoutStop } from './failure.ts';
import { noticesOf } from './notice.ts';
import type { Asked, Fact, Stop, ToldFact } from './phase-outcome.ts';
import { ReplyReader } from './reply.ts';
import type { ReceivedLine, ReplyFailure } from './reply.ts';
import type { ConverseOptions } from './session.ts';
import { stepped } from './stepped.ts';
import type { Stepped } from './stepped.ts';
import { DialogueTurn } from './turn.ts';

type Work<Value> = (signal: AbortSignal, expired: () => boolean) => AsyncGenerator<Fact, Result<Value, Stop>> | Promise<Result<Value, Stop>>;

/** First digit of the reply that is waited for; `any` where a person chose the command: then 4yz and 5yz alone stand out. */
type Expected = 2 | 3 | 'any';

export class CommandChannel {
  isProtected = false;
  /** the server waits for a command of ours, and a person is asked for it */
  isHeld = false;
  /** the server left while a person was asked */
  isGone = false;
  /** a person edited or left out a command */
  isEdited = false;
  /** replies are told without their text: a secret is on its way */
  isSecret = false;
  readonly #options: ConverseOptions;
  readonly #noticed = new Set<SmtpNoticeCode>();
  readonly #turn = new DialogueTurn();
  #connection: Connection | null = null;
  #reader: ReplyReader | null = null;
  #phase: SmtpPhase = 'connect';
  #deadline: PausableDeadline | null = null;

  constructor(options: ConverseOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#connection !== null;
  }

  /** Whether the server waits for a command. */
  get isOurTurn(): boolean {
    return this.#turn.isClients;
  }

  /** Octets that the server sent though it was not its turn. */
  get pending(): Uint8Array {
    return this.#reader?.pending ?? new Uint8Array(0);
  }

  get connection(): Connection {
    if (this.#connection === null) throw new Error('a command before the connection');
    return this.#connection;
  }

  fact(told: ToldFact): Fact {
    return { ...told, at: this.#options.ports.clock.monotonic(), subject: this.#options.subject };
  }

  async connect(signal: AbortSignal): Promise<Result<void, Stop>> {
    const { address, port } = this.#options.connection;
    const connected = await this.#options.ports.network.connectTcp(address, port, signal);
    if (!connected.ok) return failed(connectStop(connected.failure));
    this.#use(connected.value);
    if (this.#options.tls === 'starttls') this.#turn.begin();
    return success(undefined);
  }

  /** From here on the dialogue is inside TLS. */
  protect(channel: Connection): void {
    this.#use(channel);
    this.isProtected = true;
    if (this.#options.tls === 'starttls') this.#turn.protected();
    else this.#turn.begin();
  }

  close(): void {
    this.#connection?.close();
    this.#connection = null;
  }

  /** Runs the work of a phase under its deadline and tells its beginning and its end. Time in which a person is waited for does not count. */
  async *phase<Value>(phase: SmtpPhase, ms: number, work: Work<Value>): AsyncGenerator<Fact, Result<Value, SmtpFailure>> {
    const { clock } = this.#options.ports;
    const started = clock.monotonic();
    const before = this.#reader?.octets ?? 0;
    const deadline = new PausableDeadline(clock, ms, this.#options.signal);
    const elapsedMs = (): number => Math.max(0, clock.monotonic() - started - deadline.pausedMs);
    const state = (told: 'started' | 'done' | 'failed'): Fact =>
      this.fact({ type: 'smtp.phase', connection: this.#options.connection.number, phase, state: told, elapsedMs: elapsedMs() });
    this.#phase = phase;
    this.#deadline = deadline;
    yield state('started');
    try {
      const working = work(deadline.signal, () => deadline.expired);
      const done = working instanceof Promise ? await working : yield* working;
      yield state(done.ok ? 'done' : 'failed');
      if (done.ok) return done;
      const octetsReceived = (this.#reader?.octets ?? 0) - before;
      const stop = done.failure.code === 'aborted' && deadline.expired ? timeoutStop(phase, ms, octetsReceived) : done.failure;
      return failed({ ...stop, phase, octetsReceived, elapsedMs: elapsedMs() });
    } finally {
      this.#deadline = null;
      deadline.clear();
    }
  }

  /**
   * Sends one command, unless a person decides otherwise, and reads its reply. @param expected first digit of the reply that the
   * dialogue waits for
   * @param behind a second command, in the same segment
   */
  async *ask(command: string, expected: 2 | 3, signal: AbortSignal, behind: string | null = null): AsyncGenerator<Fact, Asked> {
    for (let word = yield* this.#stepped(command); word !== null && word.type !== 'send'; word = yield* this.#stepped(command)) {
      if (word.type === 'stop') return failed(word.stop);
      const asked = yield* this.askAnything(word.text, word.octets, signal);
      // What was put in between is answered; the dialogue's own command still waits.
      if (word.type === 'instead' || !asked.ok) return asked;
    }
    return yield* this.askNow(command, expected, signal, behind);
  }

  /** Null where nobody is asked. */
  async *#stepped(command: string): AsyncGenerator<Fact, Stepped | null> {
    const { pilot, connection, signal, ports: { clock } } = this.#options;
    return pilot?.isAsked === true ? yield* stepped(this, { pilot, command, connection: connection.number, deadline: this.#deadline, signal, clock }) : null;
  }

  /** Without asking anybody. */
  async *askNow(command: string, expected: 2 | 3, signal: AbortSignal, behind: string | null = null): AsyncGenerator<Fact, Asked> {
    // RFC 5321 §4.3.1: the server speaks when it was asked.
    if (this.pending.length > 0) yield* this.notice('early-talker', `${String(this.pending.length)} octets came before the command ${command}`);
    const commands = (behind === null ? [command] : [command, behind]).map((text) => ({ text, octets: encoder.encode(`${text}\r\n`) }));
    for (const { text, octets } of commands) yield this.#said(text, octets);
    const sent = await this.#write(command, concatBytes(...commands.map(({ octets }) => octets)), signal);
    return sent.ok ? yield* this.await(expected, signal) : sent;
  }

  /** A person's command and its reply. */
  async *askAnything(text: string, octets: Uint8Array, signal: AbortSignal): AsyncGenerator<Fact, Asked> {
    const sent = yield* this.say(text, octets, signal);
    return sent.ok ? yield* this.await('any', signal) : sent;
  }

  /** @param text as told; what is secret in it left out, then `redacted` */
  async *say(text: string, octets: Uint8Array, signal: AbortSignal, redacted = false): AsyncGenerator<Fact, Result<void, Stop>> {
    yield this.#said(text, redacted ? null : octets);
    return await this.#write(text, octets, signal);
  }

  /** @param octets as sent; null where they are kept nowhere */
  #said(text: string, octets: Uint8Array | null): Fact {
    const kept = octets === null ? { bytes: '', redacted: true } as const : { bytes: toBase64(octets) };
    return this.#line({ from: 'client', text: String.fromCharCode(...encoder.encode(text)), ...kept, ending: 'crlf', unexpected: false });
  }

  /** @param line the first of them */
  async #write(line: string, octets: Uint8Array, signal: AbortSignal): Promise<Result<void, Stop>> {
    if (!signal.aborted) this.#turn.said(line);
    const written = await this.connection.write(octets, signal);
    // A server that said why and then closed may have left its reason to be read.
    return !written.ok && written.failure.code === 'aborted' ? failed(networkStop(written.failure, this.#phase)) : success(undefined);
  }

  async *await(expected: Expected, signal: AbortSignal): AsyncGenerator<Fact, Asked> {
    const reader = this.#openReader();
    const lines = reader.reply(signal);
    for (;;) {
      const step = await lines.next();
      if (!step.done) {
        this.#turn.heard(step.value);
        yield* this.#received(step.value, expected);
        continue;
      }
      if (!step.value.ok) return failed(this.isSecret && step.value.failure.kind === 'malformed' ? { code: 'reply-malformed', text: 'what the server answered is not a line of a reply', replyCode: null } : replyStop(step.value.failure, this.#phase));
      if (step.value.value.codesDiffer) yield* this.notice('differing-reply-codes', 'the lines of one reply carry different codes');
      return step.value;
    }
  }

  /** Settles when the server says something, or leaves, while a person is waited for. */
  look(signal: AbortSignal): Promise<void> {
    return this.#openReader().look(signal);
  }

  /** Tells what `look` met. */
  async *tellUnasked(): AsyncGenerator<Fact, { readonly count: number; readonly end: ReplyFailure | null }> {
    const { lines, end } = await this.#openReader().unasked();
    let count = 0;
    for (const line of lines) {
      count += line.bytes.length;
      yield* this.#received(line, null);
    }
    return { count, end };
  }

  capabilities(keywords: readonly string[]): Fact {
    return this.fact({ type: 'smtp.capabilities', connection: this.#options.connection.number, protected: this.isProtected, keywords });
  }

  idle(idleMs: number): Fact {
    return this.fact({ type: 'smtp.idle', connection: this.#options.connection.number, idleMs });
  }

  /** QUIT, when nobody is there any more to be told of it. A reply that is due is waited for first: before it no command may come (RFC 5321 §4.3.1). */
  async goodbye(patience: number): Promise<void> {
    const deadline = this.#options.ports.clock.deadline(patience, new AbortController().signal);
    try {
      if (this.#turn.isServers) await this.#hearOut(deadline.signal);
      if (!this.#turn.isClients) return;
      const sent = await this.connection.write(encoder.encode('QUIT\r\n'), deadline.signal);
      if (sent.ok) await this.#hearOut(deadline.signal);
    } finally {
      deadline.clear();
    }
  }

  async #hearOut(signal: AbortSignal): Promise<void> {
    const lines = this.#openReader().reply(signal);
    for (let step = await lines.next(); step.done !== true; step = await lines.next()) this.#turn.heard(step.value);
  }

  /** Each kind once a connection. */
  async *notice(code: SmtpNoticeCode, text: string): AsyncGenerator<Fact, void> {
    // What a server does to what no sender does is no fault of its dialogue.
    if (this.#noticed.has(code) || (this.#options.injection === true && !ABOUT_INJECTION.has(code))) return;
    this.#noticed.add(code);
    yield this.fact({ type: 'smtp.notice', connection: this.#options.connection.number, code, text });
  }

  /** @param expected null where no reply was due */
  async *#received(line: ReceivedLine, expected: Expected | null): AsyncGenerator<Fact, void> {
    const notices = noticesOf(line);
    const unexpected = !isExpected(line, expected) || notices.some(({ code }) => code === 'line-too-long');
    const told = this.isSecret ? { text: withoutText(line), bytes: '', redacted: true } as const : { text: line.text, bytes: toBase64(line.bytes) };
    yield this.#line({ from: 'server', ...told, ending: line.ending, unexpected });
    for (const { code, text } of notices) yield* this.notice(code, text);
  }

  #line(line: Omit<DialogueLine, 'protected'>): Fact {
    return this.fact({ type: 'smtp.line', connection: this.#options.connection.number, line: { ...line, protected: this.isProtected } });
  }

  #openReader(): ReplyReader {
    if (this.#reader === null) throw new Error('a reply before the connection');
    return this.#reader;
  }

  #use(connection: Connection): void {
    this.#connection = connection;
    this.#reader = new ReplyReader(connection);
  }
}

const ABOUT_INJECTION: ReadonlySet<SmtpNoticeCode> = new Set(['command-injection', 'command-discarded']);

const encoder = new TextEncoder();

function isExpected({ reply }: ReceivedLine, expected: Expected | null): boolean {
  if (reply === null || expected === null) return false;
  const digit = Math.floor(reply.code / 100);
  return expected === 'any' ? digit === 2 || digit === 3 : digit === expected;
}

/** Code and enhanced status code (RFC 3463 §2) are no secret; the text may be an echo of one. */
const withoutText = ({ text }: ReceivedLine): string => `${/^[2-5]\d\d(?:[ -][245]\.\d{1,3}\.\d{1,3}(?= |$))?/.exec(text)?.[0] ?? ''} [not kept]`.trim();
