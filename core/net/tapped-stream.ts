/** A `Connection` as the stream that Node's TLS wants, keeping what went through it for the wire tap. */
import { Duplex } from 'node:stream';
import { concatBytes } from '../base/bytes.ts';
import type { Connection, NetworkFailure } from '../base/ports.ts';
import type { WireMark, WireStream } from '../tls/tap.ts';

/** octets kept a direction: ten times the greatest chain that OpenSSL takes; a handshake is over long before */
const MAXIMUM_KEPT = 1_048_576;

export class TappedStream extends Duplex {
  /** how the peer ended the stream, if it did */
  ended: 'fin' | NetworkFailure | null = null;
  readonly #connection: Connection;
  readonly #stopped = new AbortController();
  readonly #sent = new Recording();
  readonly #received = new Recording();
  readonly #afterMs: () => number;
  #early: Uint8Array | null;
  #order = 0;

  /** @param early octets of the peer that were read from the connection before @param afterMs time since the beginning */
  constructor(connection: Connection, early: Uint8Array, afterMs: () => number) {
    super({ allowHalfOpen: true });
    this.#connection = connection;
    this.#afterMs = afterMs;
    this.#early = early.length > 0 ? early : null;
  }

  get sent(): WireStream {
    return this.#sent.stream();
  }

  get received(): WireStream {
    return this.#received.stream();
  }

  override _read(): void {
    void this.#pull();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    this.#sent.add(chunk, this.#now());
    void this.#send(new Uint8Array(chunk), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#stopped.abort();
    this.#connection.close();
    done(error);
  }

  #now(): Moment {
    this.#order += 1;
    return { order: this.#order, afterMs: this.#afterMs() };
  }

  async #send(bytes: Uint8Array, done: (error: Error | null) => void): Promise<void> {
    const written = await this.#connection.write(bytes, this.#stopped.signal);
    done(written.ok ? null : asError(written.failure));
  }

  async #pull(): Promise<void> {
    const chunk = await this.#next();
    if (chunk === null) return;
    this.#received.add(chunk, this.#now());
    this.push(chunk);
  }

  async #next(): Promise<Uint8Array | null> {
    const early = this.#early;
    this.#early = null;
    if (early !== null) return early;
    const read = await this.#connection.read(this.#stopped.signal);
    if (this.#stopped.signal.aborted) return null;
    if (read.ok && read.value !== null) return read.value;
    this.ended = read.ok ? 'fin' : read.failure;
    if (read.ok) this.push(null);
    else this.destroy(asError(read.failure));
    return null;
  }
}

/** With the code by which the layers above tell a reset from other failures. */
function asError(failure: NetworkFailure): Error {
  return Object.assign(new Error(failure.text), failure.code === 'reset' ? { code: 'ECONNRESET' } : {});
}

type Moment = Omit<WireMark, 'end'>;

class Recording {
  readonly #chunks: Uint8Array[] = [];
  readonly #marks: WireMark[] = [];
  #size = 0;
  #isFull = false;

  add(chunk: Uint8Array, moment: Moment): void {
    this.#isFull ||= this.#size + chunk.length > MAXIMUM_KEPT;
    if (this.#isFull) return;
    this.#chunks.push(Uint8Array.from(chunk));
    this.#size += chunk.length;
    this.#marks.push({ end: this.#size, ...moment });
  }

  stream(): WireStream {
    return { bytes: concatBytes(...this.#chunks), marks: this.#marks };
  }
}
