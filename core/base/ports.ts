/** The only ways to the world. The real ones are in `core/net`; the lab and the tests bring their own. */
import type { Result } from './result.ts';

/** Every byte goes through here. */
export interface Network {
  /** Fails with a value; an aborted signal gives `aborted`. */
  connectTcp(address: string, port: number, signal: AbortSignal): Promise<Result<Connection, NetworkFailure>>;
  /**
   * Sends one datagram and gives the first answer from that address and port that `accept` takes; others are dropped, as a
   * forged answer must not end the wait (RFC 5452 §9.1).
   */
  exchangeUdp(
    address: string,
    port: number,
    query: Uint8Array,
    options: { readonly signal: AbortSignal; readonly accept: (answer: Uint8Array) => boolean },
  ): Promise<Result<Uint8Array, NetworkFailure>>;
}

/** A byte stream. One reader at a time. */
export interface Connection {
  readonly localAddress: string | null;
  /** Next bytes as they came; null at the end of the stream (FIN). */
  read(signal: AbortSignal): Promise<Result<Uint8Array | null, NetworkFailure>>;
  write(bytes: Uint8Array, signal: AbortSignal): Promise<Result<void, NetworkFailure>>;
  /** Ends the connection and frees it; safe to call twice. */
  close(): void;
}

export interface NetworkFailure {
  readonly code: 'refused' | 'timeout' | 'unreachable' | 'no-route' | 'reset' | 'aborted' | 'other';
  readonly text: string;
}

export interface Clock {
  /** ms since 1970 */
  now(): number;
  /** ms from an arbitrary start; never goes back */
  monotonic(): number;
  /** Settles after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A signal that is aborted after `ms` or with `parent`; `clear` frees the timer. */
  deadline(ms: number, parent: AbortSignal): { readonly signal: AbortSignal; readonly expired: () => boolean; readonly clear: () => void };
}

export interface Random {
  bytes(length: number): Uint8Array;
}
