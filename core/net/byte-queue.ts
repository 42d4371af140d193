/** Bytes that came in and were not read yet. One reader at a time; the end and a failure come after the bytes before them. */
import type { NetworkFailure } from '../base/ports.ts';
import type { Result } from '../base/result.ts';
import { failed, success } from '../base/result.ts';
import { ABORTED } from './network-failure.ts';

/** octets that wait for a slow reader before the peer is held back */
const HIGH_WATER = 65_536;

export class ByteQueue {
  readonly #chunks: Uint8Array[] = [];
  readonly #flow: { readonly pause: () => void; readonly resume: () => void };
  #size = 0;
  #end: Result<null, NetworkFailure> | null = null;
  #wake: (() => void) | null = null;

  constructor(flow: { readonly pause: () => void; readonly resume: () => void }) {
    this.#flow = flow;
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size >= HIGH_WATER) this.#flow.pause();
    this.#wake?.();
  }

  /** The first end stands: a socket that was reset also closes. */
  end(how: Result<null, NetworkFailure>): void {
    this.#end ??= how;
    this.#wake?.();
  }

  async next(signal: AbortSignal): Promise<Result<Uint8Array | null, NetworkFailure>> {
    if (this.#wake !== null) throw new Error('a second reader on one connection');
    if (this.#chunks.length === 0 && this.#end === null && !signal.aborted) await this.#arrival(signal);
    if (signal.aborted) return failed(ABORTED);
    const chunk = this.#chunks.shift();
    if (chunk === undefined) return this.#end ?? failed(ABORTED);
    this.#size -= chunk.length;
    if (this.#size < HIGH_WATER) this.#flow.resume();
    return success(chunk);
  }

  #arrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        this.#wake = null;
        resolve();
      };
      this.#wake = wake;
      signal.addEventListener('abort', wake);
    });
  }
}
