/** The `Network` of the running system: TCP and UDP sockets. */
import { createSocket } from 'node:dgram';
import type { Socket as UdpSocket } from 'node:dgram';
import { connect, isIP, isIPv6 } from 'node:net';
import type { Connection, Network, NetworkFailure } from '../base/ports.ts';
import type { Result } from '../base/result.ts';
import { failed, success } from '../base/result.ts';
import { ABORTED, networkFailure } from './network-failure.ts';
import { StreamConnection } from './stream-connection.ts';

export interface SocketNetworkOptions {
  /** addresses of this machine to connect from, one a family; the system chooses where there is none */
  readonly sourceAddresses?: readonly string[];
}

type UdpExchange = Parameters<Network['exchangeUdp']>[3];

export class SocketNetwork implements Network {
  readonly #sources: readonly string[];

  constructor(options: SocketNetworkOptions = {}) {
    this.#sources = options.sourceAddresses ?? [];
  }

  async connectTcp(address: string, port: number, signal: AbortSignal): Promise<Result<Connection, NetworkFailure>> {
    if (isIP(address) === 0) return notAnAddress(address);
    if (signal.aborted) return failed(ABORTED);
    const localAddress = this.#sourceFor(address);
    return await new Promise((resolve) => {
      // Half open: the peer's FIN must not close our side, or QUIT could not be sent and an alert not be read.
      const socket = connect({ host: address, port, allowHalfOpen: true, noDelay: true, ...(localAddress === undefined ? {} : { localAddress }) });
      const settle = (result: Result<Connection, NetworkFailure>): void => {
        signal.removeEventListener('abort', stop);
        socket.removeListener('error', refuse);
        socket.removeListener('connect', accept);
        resolve(result);
      };
      const accept = (): void => { settle(success(new StreamConnection(socket))); };
      const refuse = (error: Error): void => { settle(failed(networkFailure(error))); };
      const stop = (): void => { socket.destroy(); settle(failed(ABORTED)); };
      socket.once('connect', accept);
      socket.once('error', refuse);
      signal.addEventListener('abort', stop);
    });
  }

  /** The socket is connected, so the system drops what other addresses and ports send; `accept` drops what is not the answer. */
  async exchangeUdp(address: string, port: number, query: Uint8Array, options: UdpExchange): Promise<Result<Uint8Array, NetworkFailure>> {
    if (isIP(address) === 0) return notAnAddress(address);
    if (options.signal.aborted) return failed(ABORTED);
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    const source = this.#sourceFor(address);
    try {
      if (source !== undefined) socket.bind({ address: source });
      return await answerOf(socket, { address, port, query, ...options });
    } finally {
      socket.close();
    }
  }

  #sourceFor(address: string): string | undefined {
    return this.#sources.find((source) => isIP(source) === isIP(address));
  }
}

const notAnAddress = (address: string): { readonly ok: false; readonly failure: NetworkFailure } =>
  failed({ code: 'other', text: `${address} is not an IP address` });

type Exchange = UdpExchange & { readonly address: string; readonly port: number; readonly query: Uint8Array };

function answerOf(socket: UdpSocket, exchange: Exchange): Promise<Result<Uint8Array, NetworkFailure>> {
  return new Promise((resolve) => {
    const settle = (result: Result<Uint8Array, NetworkFailure>): void => {
      exchange.signal.removeEventListener('abort', stop);
      resolve(result);
    };
    const stop = (): void => { settle(failed(ABORTED)); };
    const fail = (error: Error | null): void => { if (error !== null) settle(failed(networkFailure(error))); };
    exchange.signal.addEventListener('abort', stop);
    socket.on('error', fail);
    socket.on('message', (message: Uint8Array) => {
      const answer = new Uint8Array(message);
      if (exchange.accept(answer)) settle(success(answer));
    });
    // An unreachable destination is told to the callback, though Node's type says that it gets nothing.
    socket.connect(exchange.port, exchange.address, (...told: readonly unknown[]) => {
      if (told[0] instanceof Error) fail(told[0]);
      else socket.send(exchange.query, fail);
    });
  });
}
