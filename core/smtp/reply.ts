/** Replies of a server, line by line as they come, whatever it sends (RFC 5321 §4.2). */
import type { Connection, NetworkFailure } from '../base/ports.ts';
import { concatBytes } from '../base/bytes.ts';
import type { Result } from '../base/result.ts';
import { failed, success } from '../base/result.ts';

/** octets of one line, its ending included; a line that goes on is a flood, not a reply */
export const MAXIMUM_LINE = 4096;
/** octets of a line that a server may send (RFC 5321 §4.5.3.1.5) */
export const USUAL_LINE = 512;
export const MAXIMUM_LINES = 128;
/** octets of one reply */
export const MAXIMUM_REPLY = 65_536;

export interface ReceivedLine {
  /** without its ending, octets as latin1 */
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly ending: 'crlf' | 'lf' | 'none';
  /** null where the line is not of the form of a reply */
  readonly reply: { readonly code: number; readonly last: boolean; readonly text: string } | null;
}

export interface Reply {
  /** of its last line */
  readonly code: number;
  /** text of each line, without the code */
  readonly texts: readonly string[];
  readonly codesDiffer: boolean;
}

export type ReplyFailure =
  | { readonly kind: 'network'; readonly failure: NetworkFailure }
  | { readonly kind: 'end' }
  /** the end came within a reply */
  | { readonly kind: 'cut-off' }
  | { readonly kind: 'limit'; readonly text: string }
  | { readonly kind: 'malformed'; readonly line: ReceivedLine; readonly first: boolean };

/** What a server said or did while it was waited for nobody's reply. */
export interface Unasked {
  readonly lines: readonly ReceivedLine[];
  readonly end: ReplyFailure | null;
}

/** Reads one connection; what came after the line it was asked for stays in it. */
export class ReplyReader {
  octets = 0;
  readonly #connection: Connection;
  #buffer: Uint8Array = new Uint8Array(0);
  /** a look that was begun while nobody waited for a reply, and is not over */
  #looking: Promise<Result<Uint8Array | null, NetworkFailure>> | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Octets that came in and that nobody asked for yet. */
  get pending(): Uint8Array {
    return this.#buffer;
  }

  /** The signal is the deadline of the whole reply: a server cannot buy time with a byte a minute. */
  async *reply(signal: AbortSignal): AsyncGenerator<ReceivedLine, Result<Reply, ReplyFailure>> {
    const lines: ReceivedLine[] = [];
    let size = 0;
    for (;;) {
      const line = await this.#line(signal);
      if (!line.ok) return line.failure.kind === 'end' && lines.length > 0 ? failed({ kind: 'cut-off' }) : line;
      yield line.value;
      lines.push(line.value);
      size += line.value.bytes.length;
      const stop = limitOf(line.value, lines.length, size);
      if (stop !== null) return failed(stop);
      // An unfinished line is the last before the end, which the next read tells.
      if (line.value.ending === 'none') continue;
      if (line.value.reply === null) return failed({ kind: 'malformed', line: line.value, first: lines.length === 1 });
      if (line.value.reply.last) return success(replyOf(lines, line.value.reply.code));
    }
  }

  /** Settles when octets came, or the end, though it is not the server's turn. What came stays for `unasked`, or for the next reply. */
  async look(signal: AbortSignal): Promise<void> {
    const looking = this.#looking ??= this.#connection.read(signal);
    const read = await looking;
    // A look that was given up saw nothing: the next read is a new one.
    if (!read.ok && read.failure.code === 'aborted' && this.#looking === looking) this.#looking = null;
  }

  /** After `look`: the lines that are whole, and the end if it came. */
  async unasked(): Promise<Unasked> {
    if (this.#looking === null) return { lines: [], end: { kind: 'network', failure: { code: 'aborted', text: 'stopped' } } };
    const read = await this.#looking;
    this.#looking = null;
    const end = this.#arrived(read);
    const lines: ReceivedLine[] = [];
    for (let line = this.#take(end !== null); line !== null; line = this.#take(end !== null)) lines.push(line);
    return { lines, end };
  }

  /** Null where octets came. */
  #arrived(read: Result<Uint8Array | null, NetworkFailure>): ReplyFailure | null {
    if (!read.ok) return { kind: 'network', failure: read.failure };
    if (read.value === null) return { kind: 'end' };
    this.octets += read.value.length;
    this.#buffer = concatBytes(this.#buffer, read.value);
    return null;
  }

  /** The look that is under way is the one reader that a connection has; the deadline of the reply holds for it all the same. */
  async #read(signal: AbortSignal): Promise<Result<Uint8Array | null, NetworkFailure>> {
    if (this.#looking === null) return this.#connection.read(signal);
    const read = await untilAborted(this.#looking, signal);
    if (read !== null) this.#looking = null;
    return read ?? failed({ code: 'aborted', text: 'stopped' });
  }

  async #line(signal: AbortSignal): Promise<Result<ReceivedLine, ReplyFailure>> {
    for (;;) {
      const line = this.#take(false);
      if (line !== null) return success(line);
      const end = this.#arrived(await this.#read(signal));
      if (end === null) continue;
      // What came before the end is shown: it often says why.
      const rest = this.#take(true);
      return rest === null ? failed(end) : success(rest);
    }
  }

  #take(atEnd: boolean): ReceivedLine | null {
    const newline = this.#buffer.subarray(0, MAXIMUM_LINE).indexOf(LF);
    const enough = atEnd ? this.#buffer.length > 0 : this.#buffer.length >= MAXIMUM_LINE;
    if (newline === -1 && !enough) return null;
    const bytes = this.#buffer.slice(0, newline === -1 ? MAXIMUM_LINE : newline + 1);
    this.#buffer = this.#buffer.slice(bytes.length);
    return receivedLine(bytes);
  }
}

async function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  let stop = (): void => {};
  const aborted = new Promise<null>((resolve) => { stop = () => resolve(null); });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const LF = 0x0a;
const CR = 0x0d;

function receivedLine(bytes: Uint8Array): ReceivedLine {
  const ending = bytes.at(-1) !== LF ? 'none' : bytes.at(-2) === CR ? 'crlf' : 'lf';
  const text = String.fromCharCode(...bytes.subarray(0, bytes.length - { crlf: 2, lf: 1, none: 0 }[ending]));
  return { text, bytes, ending, reply: ending === 'none' ? null : parsedReply(text) };
}

/** A code alone is a reply too: clients must take one without its text (RFC 5321 §4.2). */
function parsedReply(text: string): ReceivedLine['reply'] {
  const [, code, separator = ' ', rest = ''] = /^([2-5]\d\d)(?:([ -])(.*))?$/s.exec(text) ?? [];
  return code === undefined ? null : { code: Number(code), last: separator !== '-', text: rest };
}

function limitOf(line: ReceivedLine, lines: number, size: number): ReplyFailure | null {
  if (line.ending === 'none' && line.bytes.length >= MAXIMUM_LINE) return { kind: 'limit', text: `a line goes on after ${String(MAXIMUM_LINE)} octets` };
  if (line.reply?.last === true) return null;
  if (lines >= MAXIMUM_LINES) return { kind: 'limit', text: `the reply goes on after ${String(MAXIMUM_LINES)} lines` };
  return size >= MAXIMUM_REPLY ? { kind: 'limit', text: `the reply goes on after ${String(MAXIMUM_REPLY)} octets` } : null;
}

/** All lines must carry the same code (RFC 5321 §4.2.1); where they do not, the last decides, as it does for senders. */
function replyOf(lines: readonly ReceivedLine[], code: number): Reply {
  return { code, texts: lines.map(({ reply }) => reply?.text ?? ''), codesDiffer: lines.some(({ reply }) => reply?.code !== code) };
}
