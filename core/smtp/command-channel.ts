/** Commands out, replies in, over the open connection: everything that passes becomes a fact, and each phase has its deadline. */
import { toBase64 } from '../base/bytes.ts';
import type { Connection } from '../base/ports.ts';
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { connectionSubject } from '../base/subject.ts';
import type { TlsFact } from '../tls/facts.ts';
import type { DialogueLine, SmtpFact, SmtpFailure, SmtpNoticeCode, SmtpPhase } from './facts.ts';
import { connectStop, networkStop, replyStop, timeoutStop } from './failure.ts';
import { noticesOf } from './notice.ts';
import { ReplyReader } from './reply.ts';
import type { ReceivedLine, Reply } from './reply.ts';
import type { ConverseOptions } from './session.ts';

export type Fact = SmtpFact | TlsFact;
type WithoutBase<Told> = Told extends unknown ? Omit<Told, 'at' | 'subject'> : never;

/** Why a phase ended early; the phase adds when and where. */
export type Stop = Pick<SmtpFailure, 'code' | 'text' | 'replyCode'>;
export type Asked = Result<Reply, Stop>;
type Work<Value> = (signal: AbortSignal, expired: () => boolean) => AsyncGenerator<Fact, Result<Value, Stop>> | Promise<Result<Value, Stop>>;

export class CommandChannel {
  isProtected = false;
  readonly #options: ConverseOptions;
  readonly #noticed = new Set<SmtpNoticeCode>();
  #connection: Connection | null = null;
  #reader: ReplyReader | null = null;
  #phase: SmtpPhase = 'connect';

  constructor(options: ConverseOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#connection !== null;
  }

  /** Octets that the server sent though it was not its turn. */
  get pending(): Uint8Array {
    return this.#reader?.pending ?? new Uint8Array(0);
  }

  get connection(): Connection {
    if (this.#connection === null) throw new Error('a command before the connection');
    return this.#connection;
  }

  fact(told: WithoutBase<Fact>): Fact {
    const { host, address, number } = this.#options.connection;
    return { ...told, at: this.#options.ports.clock.monotonic(), subject: connectionSubject(host, address, number) };
  }

  async connect(signal: AbortSignal): Promise<Result<void, Stop>> {
    const { address, port } = this.#options.connection;
    const connected = await this.#options.ports.network.connectTcp(address, port, signal);
    if (!connected.ok) return failed(connectStop(connected.failure));
    this.#use(connected.value);
    return success(undefined);
  }

  /** From here on the dialogue is inside TLS. */
  protect(channel: Connection): void {
    this.#use(channel);
    this.isProtected = true;
  }

  close(): void {
    this.#connection?.close();
    this.#connection = null;
  }

  /** Runs the work of a phase under its deadline and tells its beginning and its end. */
  async *phase<Value>(phase: SmtpPhase, ms: number, work: Work<Value>): AsyncGenerator<Fact, Result<Value, SmtpFailure>> {
    const { clock } = this.#options.ports;
    const started = clock.monotonic();
    const before = this.#reader?.octets ?? 0;
    const deadline = clock.deadline(ms, this.#options.signal);
    const state = (told: 'started' | 'done' | 'failed'): Fact =>
      this.fact({ type: 'smtp.phase', connection: this.#options.connection.number, phase, state: told, elapsedMs: clock.monotonic() - started });
    this.#phase = phase;
    yield state('started');
    try {
      const working = work(deadline.signal, deadline.expired);
      const done = working instanceof Promise ? await working : yield* working;
      yield state(done.ok ? 'done' : 'failed');
      if (done.ok) return done;
      const octetsReceived = (this.#reader?.octets ?? 0) - before;
      const stop = done.failure.code === 'aborted' && deadline.expired() ? timeoutStop(phase, ms, octetsReceived) : done.failure;
      return failed({ ...stop, phase, octetsReceived, elapsedMs: clock.monotonic() - started });
    } finally {
      deadline.clear();
    }
  }

  /**
   * Sends one command and reads its reply. @param expected first digit of the reply that the dialogue waits for
   * @param behind a second command, in the same segment
   */
  async *ask(command: string, expected: 2 | 3, signal: AbortSignal, behind: string | null = null): AsyncGenerator<Fact, Asked> {
    // RFC 5321 §4.3.1: the server speaks when it was asked.
    if (this.pending.length > 0) yield* this.notice('early-talker', `${String(this.pending.length)} octets came before the command ${command}`);
    const commands = behind === null ? [command] : [command, behind];
    for (const text of commands) yield this.#line({ from: 'client', text, bytes: toBase64(encoder.encode(`${text}\r\n`)), ending: 'crlf', unexpected: false });
    const written = await this.connection.write(encoder.encode(commands.map((text) => `${text}\r\n`).join('')), signal);
    // A server that said why and then closed may have left its reason to be read.
    if (!written.ok && written.failure.code === 'aborted') return failed(networkStop(written.failure, this.#phase));
    return yield* this.await(expected, signal);
  }

  async *await(expected: 2 | 3, signal: AbortSignal): AsyncGenerator<Fact, Asked> {
    const reader = this.#reader;
    if (reader === null) throw new Error('a reply before the connection');
    const lines = reader.reply(signal);
    for (;;) {
      const step = await lines.next();
      if (!step.done) {
        yield* this.#received(step.value, expected);
        continue;
      }
      if (!step.value.ok) return failed(replyStop(step.value.failure, this.#phase));
      if (step.value.value.codesDiffer) yield* this.notice('differing-reply-codes', 'the lines of one reply carry different codes');
      return step.value;
    }
  }

  /** Each kind once a connection. */
  async *notice(code: SmtpNoticeCode, text: string): AsyncGenerator<Fact, void> {
    // What a server does to what no sender does is no fault of its dialogue.
    if (this.#noticed.has(code) || (this.#options.injection === true && !ABOUT_INJECTION.has(code))) return;
    this.#noticed.add(code);
    yield this.fact({ type: 'smtp.notice', connection: this.#options.connection.number, code, text });
  }

  async *#received(line: ReceivedLine, expected: 2 | 3): AsyncGenerator<Fact, void> {
    const notices = noticesOf(line);
    const unexpected = line.reply === null || Math.floor(line.reply.code / 100) !== expected || notices.some(({ code }) => code === 'line-too-long');
    yield this.#line({ from: 'server', text: line.text, bytes: toBase64(line.bytes), ending: line.ending, unexpected });
    for (const { code, text } of notices) yield* this.notice(code, text);
  }

  #line(line: Omit<DialogueLine, 'protected'>): Fact {
    return this.fact({ type: 'smtp.line', connection: this.#options.connection.number, line: { ...line, protected: this.isProtected } });
  }

  #use(connection: Connection): void {
    this.#connection = connection;
    this.#reader = new ReplyReader(connection);
  }
}

const ABOUT_INJECTION: ReadonlySet<SmtpNoticeCode> = new Set(['command-injection', 'command-discarded']);

const encoder = new TextEncoder();
