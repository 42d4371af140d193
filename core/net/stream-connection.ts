/** A `Connection` over a socket of Node, plain or TLS. */
import type { Socket } from 'node:net';
import type { Connection, NetworkFailure } from '../base/ports.ts';
import type { Result } from '../base/result.ts';
import { failed, success } from '../base/result.ts';
import { ByteQueue } from './byte-queue.ts';
import { ABORTED, CLOSED_BY_US, networkFailure } from './network-failure.ts';

export class StreamConnection implements Connection {
  readonly localAddress: string | null;
  readonly #socket: Socket;
  readonly #incoming: ByteQueue;
  readonly #describe: (error: Error) => NetworkFailure;
  #failure: NetworkFailure | null = null;

  /** @param socket open; this connection is its only reader from now on */
  constructor(socket: Socket, localAddress: string | null = socket.localAddress ?? null, describe: (error: Error) => NetworkFailure = networkFailure) {
    this.#socket = socket;
    this.#describe = describe;
    this.localAddress = localAddress;
    this.#incoming = new ByteQueue(socket);
    socket.on('data', (chunk: Uint8Array) => { this.#incoming.push(new Uint8Array(chunk)); });
    socket.on('end', () => { this.#incoming.end(success(null)); });
    socket.on('error', (error) => { this.#fail(this.#describe(error)); });
    socket.on('close', () => { this.#fail(CLOSED_BY_US); });
  }

  read(signal: AbortSignal): Promise<Result<Uint8Array | null, NetworkFailure>> {
    return this.#incoming.next(signal);
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<Result<void, NetworkFailure>> {
    if (signal.aborted) return Promise.resolve(failed(ABORTED));
    if (this.#failure !== null) return Promise.resolve(failed(this.#failure));
    return new Promise((resolve) => {
      const stop = (): void => { resolve(failed(ABORTED)); };
      signal.addEventListener('abort', stop);
      this.#socket.write(bytes, (error) => {
        signal.removeEventListener('abort', stop);
        resolve(error ? failed(this.#failure ?? this.#describe(error)) : success(undefined));
      });
    });
  }

  close(): void {
    // A peer that does not read would keep a polite close waiting for ever.
    if (this.#socket.writableLength > 0) this.#socket.destroy();
    else this.#socket.destroySoon();
  }

  #fail(failure: NetworkFailure): void {
    this.#failure ??= failure;
    this.#incoming.end(failed(failure));
  }
}
