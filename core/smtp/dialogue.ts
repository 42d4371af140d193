/**
 * One connection to a mail server, from connect to QUIT, as a sender would make it: banner, EHLO, STARTTLS, TLS, EHLO, or
 * TLS on connect. It asks nothing that costs the server work: no MAIL FROM, no DATA.
 */
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { plainText } from '../base/plain-text.ts';
import { UNRECOGNIZED_NAME } from '../tls/alert.ts';
import type { TlsAftermath, TlsFact } from '../tls/facts.ts';
import { capabilitiesOf, differingKeywords, offers } from './capability.ts';
import { CommandChannel } from './command-channel.ts';
import type { Asked, Fact, Stop } from './phase-outcome.ts';
import type { SmtpFact, SmtpFailure } from './facts.ts';
import { INJECTED, tellInjection } from './injection.ts';
import type { Reply } from './reply.ts';
import type { ConverseOptions, Session } from './session.ts';
import { handshake } from './handshake.ts';
import { personsTurn } from './console.ts';
import { LEAVING } from './turn.ts';

/**
 * Tells each phase and each line; returns what became of it. Never fails otherwise. Its connection is closed when it ends
 * or when its consumer stops.
 */
export async function* converse(options: ConverseOptions): AsyncGenerator<SmtpFact | TlsFact, Session> {
  const channel = new CommandChannel(options);
  const dialogue = new Dialogue(channel, options);
  let isLeft = true;
  options.pilot?.begin();
  try {
    yield channel.fact({ type: 'smtp.connection', connection: options.connection });
    const failure = yield* dialogue.run();
    if (failure !== null) yield channel.fact({ type: 'smtp.failed', connection: options.connection.number, failure });
    const isOver = failure === null && options.desk !== undefined ? yield* personsTurn(channel, options.desk, options) : false;
    if (!isOver && dialogue.mayQuit(failure)) yield* dialogue.quit();
    if (dialogue.afterwards !== null) yield channel.fact({ type: 'tls.ended', connection: options.connection.number, afterwards: dialogue.afterwards() });
    isLeft = options.signal.aborted;
    return { ...dialogue.session, failure, edited: channel.isEdited };
  } finally {
    // RFC 5321 §4.1.1.10: a server is told that we leave, though nobody asks any more.
    if (isLeft && channel.isOpen && !channel.isGone) await channel.goodbye(LEAVING);
    channel.close();
    options.pilot?.end();
  }
}

/** ms that a courtesy is worth waiting for */
const QUIT_PATIENCE = 5000;

/** After these the server is there and waits for a command: it gets its QUIT (RFC 5321 §4.1.1.10). */
const IN_STEP: ReadonlySet<SmtpFailure['code']> = new Set(['rejected', 'try-later', 'starttls-not-offered', 'starttls-refused', 'by-hand']);

class Dialogue {
  session: Session = {
    failure: null, tlsFailure: null, established: false, offer: null, presented: null, ocspStaple: null, parameters: null, capabilities: null,
    protectedCapabilities: null, edited: false,
  };
  /** what came under TLS since the handshake */
  afterwards: (() => TlsAftermath) | null = null;
  readonly #channel: CommandChannel;
  readonly #options: ConverseOptions;

  constructor(channel: CommandChannel, options: ConverseOptions) {
    this.#channel = channel;
    this.#options = options;
  }

  async *run(): AsyncGenerator<Fact, SmtpFailure | null> {
    const { timeouts, tls } = this.#options;
    const connected = yield* this.#channel.phase('connect', timeouts.connect, (signal) => this.#channel.connect(signal));
    if (!connected.ok) return connected.failure;
    const stop = tls === 'starttls' ? yield* this.#startTls() : yield* this.#tlsOnConnect();
    if (stop !== null) return stop;
    if (this.#options.injection === true) return yield* tellInjection(this.#channel, timeouts.reply);
    const hello = yield* this.#channel.phase('ehlo-protected', timeouts.reply, (signal) => this.#protectedHello(signal));
    return hello.ok ? null : hello.failure;
  }

  /** RFC 5321 §3.1, §3.2, RFC 3207 §4 */
  async *#startTls(): AsyncGenerator<Fact, SmtpFailure | null> {
    const { timeouts } = this.#options;
    const banner = yield* this.#channel.phase('banner', timeouts.banner, (signal) => this.#banner(signal));
    if (!banner.ok) return banner.failure;
    const hello = yield* this.#channel.phase('ehlo', timeouts.reply, (signal) => this.#hello(signal));
    if (!hello.ok) return hello.failure;
    const start = yield* this.#channel.phase('starttls', timeouts.reply, (signal) => this.#commandStartTls(hello.value, signal));
    if (!start.ok) return start.failure;
    return yield* this.#handshake();
  }

  /** RFC 8314 §3.3: the greeting comes inside TLS. */
  async *#tlsOnConnect(): AsyncGenerator<Fact, SmtpFailure | null> {
    const stop = yield* this.#handshake();
    if (stop !== null) return stop;
    const banner = yield* this.#channel.phase('banner', this.#options.timeouts.banner, (signal) => this.#banner(signal));
    return banner.ok ? null : banner.failure;
  }

  async *#handshake(): AsyncGenerator<Fact, SmtpFailure | null> {
    const done = yield* this.#channel.phase('handshake', this.#options.timeouts.handshake, (signal, expired) => this.#shakeHands(signal, expired));
    return done.ok ? null : done.failure;
  }

  async *#shakeHands(signal: AbortSignal, expired: () => boolean): AsyncGenerator<Fact, Result<void, Stop>> {
    const { afterwards, ...result } = yield* handshake(this.#channel, this.#options, signal, expired);
    this.afterwards = afterwards;
    this.session = { ...this.session, ...result };
    const { tlsFailure, parameters } = result;
    // RFC 6066 §3: a warning does not end the handshake, and many clients never show it.
    if (parameters?.alerts.some(({ from, code }) => from === 'server' && code === UNRECOGNIZED_NAME) === true) {
      yield* this.#channel.notice('sni-not-recognised', `the server does not know the name ${this.#options.request.serverName ?? ''} and says so with a warning alert; the handshake goes on`);
    }
    if (tlsFailure === null) return success(undefined);
    return failed({ code: tlsFailure.code === 'aborted' ? 'aborted' : 'tls', text: tlsFailure.text, replyCode: null });
  }

  async *#banner(signal: AbortSignal): AsyncGenerator<Fact, Result<void, Stop>> {
    const asked = yield* this.#channel.await(2, signal);
    if (!asked.ok) return asked;
    const { code } = asked.value;
    if (code >= 200 && code < 300) return success(undefined);
    // RFC 5321 §3.1: 554 refuses all mail from us; §4.2.1: 4yz may be different the next time.
    return failed(isTransient(code)
      ? { code: 'try-later', text: `the server greets with ${quoted(asked.value)}: not now`, replyCode: code }
      : { code: 'rejected', text: `the server greets with ${quoted(asked.value)}: it takes no mail from here`, replyCode: code });
  }

  /** @returns null where EHLO was left out by hand */
  async *#hello(signal: AbortSignal): AsyncGenerator<Fact, Result<readonly string[] | null, Stop>> {
    const { helo } = this.#options;
    const extended = yield* this.#channel.ask(`EHLO ${helo}`, 2, signal);
    // A person who leaves EHLO out wants to see what the server makes of it.
    if (!extended.ok) return isLeftOut(this.#channel, extended.failure) ? success(null) : extended;
    if (extended.value.code < 300) return success(yield* this.#capabilities(extended.value));
    if (isTransient(extended.value.code)) return failed(tryLater('EHLO', extended.value));
    // RFC 5321 §3.2: a server that does not know EHLO may know HELO; it then has no extensions.
    const plain = yield* this.#channel.ask(`HELO ${helo}`, 2, signal);
    if (!plain.ok && !isLeftOut(this.#channel, plain.failure)) return plain;
    if (plain.ok && plain.value.code >= 300) return failed(isTransient(plain.value.code) ? tryLater('HELO', plain.value) : rejected('EHLO and HELO', plain.value));
    return failed({ code: 'starttls-not-offered', text: `the server refuses EHLO (${quoted(extended.value)}), so it offers no STARTTLS`, replyCode: extended.value.code });
  }

  async *#commandStartTls(capabilities: readonly string[] | null, signal: AbortSignal): AsyncGenerator<Fact, Result<void, Stop>> {
    if (capabilities !== null && !offers(capabilities, 'STARTTLS')) {
      return failed({ code: 'starttls-not-offered', text: 'the server does not offer STARTTLS in its reply to EHLO', replyCode: null });
    }
    const asked = yield* this.#channel.ask('STARTTLS', 2, signal, this.#options.injection === true ? INJECTED : null);
    if (!asked.ok) return asked;
    const { code } = asked.value;
    if (code === 421) return failed(tryLater('STARTTLS', asked.value));
    // RFC 3207 §4: 220, 501 or 454; a 2yz other than 220 is no agreement to begin.
    if (code !== 220) {
      const kind = isTransient(code) ? 'for now' : 'for good';
      return failed({ code: 'starttls-refused', text: `the server offers STARTTLS and refuses it ${kind}: ${quoted(asked.value)}`, replyCode: code });
    }
    return this.#withoutInjection();
  }

  /** After its 220 the server waits for our ClientHello (RFC 3207 §4.2): octets that follow in clear were put there by someone. */
  #withoutInjection(): Result<void, Stop> {
    const { pending } = this.#channel;
    if (pending.length === 0) return success(undefined);
    const text = plainText(String.fromCharCode(...pending.subarray(0, 80)), 80);
    return failed({ code: 'response-injection', text: `${String(pending.length)} octets in clear came with the reply to STARTTLS: “${text}”`, replyCode: 220 });
  }

  /** All that was learnt before TLS is forgotten (RFC 3207 §4.2): EHLO is sent again. */
  async *#protectedHello(signal: AbortSignal): AsyncGenerator<Fact, Result<void, Stop>> {
    const asked = yield* this.#channel.ask(`EHLO ${this.#options.helo}`, 2, signal);
    if (!asked.ok) return isLeftOut(this.#channel, asked.failure) ? success(undefined) : asked;
    if (asked.value.code >= 300) return failed(isTransient(asked.value.code) ? tryLater('EHLO inside TLS', asked.value) : rejected('EHLO inside TLS', asked.value));
    const after = yield* this.#capabilities(asked.value);
    // RFC 3207 §4.2: a server must not offer STARTTLS when TLS is active.
    if (offers(after, 'STARTTLS')) yield* this.#channel.notice('starttls-inside-tls', 'the server offers STARTTLS again inside TLS');
    const before = this.session.capabilities;
    this.session = { ...this.session, protectedCapabilities: after };
    if (before !== null) yield* this.#compare(before, after);
    return success(undefined);
  }

  async *#compare(before: readonly string[], after: readonly string[]): AsyncGenerator<Fact, void> {
    const { gone, come } = differingKeywords(before, after);
    if (gone.length === 0 && come.length === 0) return;
    const parts = [gone.length > 0 ? `only before TLS: ${gone.join(', ')}` : '', come.length > 0 ? `only inside TLS: ${come.join(', ')}` : ''];
    yield* this.#channel.notice('capabilities-differ', parts.filter((part) => part !== '').join('; '));
  }

  async *#capabilities(reply: Reply): AsyncGenerator<Fact, readonly string[]> {
    const keywords = capabilitiesOf(reply);
    yield this.#channel.capabilities(keywords);
    if (!this.#channel.isProtected) this.session = { ...this.session, capabilities: keywords };
    return keywords;
  }

  mayQuit(failure: SmtpFailure | null): boolean {
    const { isOpen, isGone, isHeld } = this.#channel;
    if (!isOpen || isGone || this.#options.signal.aborted || this.#options.injection === true) return false;
    return failure === null || IN_STEP.has(failure.code) || isHeld;
  }

  /** What the server answers to it changes nothing about what was found. */
  async *quit(): AsyncGenerator<Fact, void> {
    const patience = Math.min(this.#options.timeouts.reply, QUIT_PATIENCE);
    yield* this.#channel.phase('quit', patience, (signal) => this.#commandQuit(signal));
  }

  async *#commandQuit(signal: AbortSignal): AsyncGenerator<Fact, Result<void, Stop>> {
    // A person who stopped the run was asked for the last time.
    const asked: Asked = yield* this.#channel.isHeld ? this.#channel.askNow('QUIT', 2, signal) : this.#channel.ask('QUIT', 2, signal);
    this.#channel.isHeld = false;
    return asked.ok ? success(undefined) : asked;
  }
}

const isLeftOut = ({ isGone }: CommandChannel, { code }: Stop): boolean => code === 'by-hand' && !isGone;

const isTransient = (code: number): boolean => code >= 400 && code < 500;

const quoted = (reply: Reply): string => `“${plainText(`${String(reply.code)} ${reply.texts.at(-1) ?? ''}`.trim(), 200)}”`;

const tryLater = (command: string, reply: Reply): Stop => ({ code: 'try-later', text: `the server answers ${command} with ${quoted(reply)}: not now`, replyCode: reply.code });

const rejected = (command: string, reply: Reply): Stop => ({ code: 'rejected', text: `the server refuses ${command}: ${quoted(reply)}`, replyCode: reply.code });
