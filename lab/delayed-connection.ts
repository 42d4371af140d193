/** A connection over a longer distance, from the moment it is open for us: half a round trip each way, in order. */
import type { Clock, Connection, NetworkFailure } from '../core/base/ports.ts';
import type { Result } from '../core/base/result.ts';
import { failed, success } from '../core/base/result.ts';

type Incoming = Result<Uint8Array | null, NetworkFailure>;

const STOPPED = failed({ code: 'aborted', text: 'stopped' } as const);

export class DelayedConnection implements Connection {
  readonly localAddress: string | null;
  readonly #inner: Connection;
  readonly #clock: Clock;
  readonly #halfTrip: number;
  /** when the server has heard that the connection is open: its greeting does not set out before */
  readonly #accepted: number;
  readonly #closing = new AbortController();
  readonly #arrived: { readonly due: number; readonly incoming: Incoming }[] = [];
  #arrival: () => void = () => {};
  #sending: Promise<unknown> = Promise.resolve();
  #failure: NetworkFailure | null = null;

  /** @param latencyMs a round trip, above 0 */
  constructor(inner: Connection, clock: Clock, latencyMs: number) {
    this.#inner = inner;
    this.localAddress = inner.localAddress;
    this.#clock = clock;
    this.#halfTrip = latencyMs / 2;
    this.#accepted = clock.monotonic() + this.#halfTrip;
    void this.#receive();
  }

  async read(signal: AbortSignal): Promise<Incoming> {
    while (this.#arrived.length === 0) {
      await this.#nextArrival(signal);
      if (signal.aborted) return STOPPED;
    }
    const head = this.#arrived[0] as { readonly due: number; readonly incoming: Incoming };
    await this.#clock.sleep(Math.max(0, head.due - this.#clock.monotonic()), signal);
    if (signal.aborted) return STOPPED;
    // The end of the stream and a failure stay.
    if (head.incoming.ok && head.incoming.value !== null) this.#arrived.shift();
    return head.incoming;
  }

  /** Taken at once, as by a socket's send buffer; delivered half a round trip later. */
  async write(bytes: Uint8Array, signal: AbortSignal): Promise<Result<void, NetworkFailure>> {
    if (signal.aborted) return STOPPED;
    if (this.#failure !== null) return failed(this.#failure);
    const copy = bytes.slice();
    const before = this.#sending;
    this.#sending = Promise.all([before, this.#clock.sleep(this.#halfTrip, this.#closing.signal)]).then(() => this.#deliver(copy));
    return success(undefined);
  }

  close(): void {
    void this.#closeWhenSent();
  }

  async #closeWhenSent(): Promise<void> {
    await this.#sending;
    this.#closing.abort();
    this.#inner.close();
  }

  /** Reads on while nobody asks, so that each piece is stamped when it comes. */
  async #receive(): Promise<void> {
    for (;;) {
      const incoming = await this.#inner.read(this.#closing.signal);
      this.#arrived.push({ due: Math.max(this.#clock.monotonic(), this.#accepted) + this.#halfTrip, incoming });
      this.#arrival();
      if (!incoming.ok || incoming.value === null) return;
    }
  }

  #nextArrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        signal.removeEventListener('abort', go);
        resolve();
      };
      this.#arrival = go;
      signal.addEventListener('abort', go);
      if (signal.aborted) go();
    });
  }

  async #deliver(bytes: Uint8Array): Promise<void> {
    const written = await this.#inner.write(bytes, this.#closing.signal);
    if (!written.ok) this.#failure = written.failure;
  }
}
