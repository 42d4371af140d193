/** Documentation addresses in front, loopback ports behind: the `Network` of the lab. */
import type { Clock, Connection, Network, NetworkFailure } from '../core/base/ports.ts';
import type { Result } from '../core/base/result.ts';
import { failed, success } from '../core/base/result.ts';
import { DelayedConnection } from './delayed-connection.ts';

/** A server that listens at one address and port of the lab. The loopback ports are opened when they are first asked for. */
export interface LabEndpoint {
  readonly tcp: () => Promise<number>;
  readonly udp: () => Promise<number> | null;
}

/** `drop`: nothing ever comes back; `truncate`: every datagram has TC and no records; `reset`: connections are broken at once. */
export type Disturbance = 'drop' | 'truncate' | 'reset';

export interface LabNetworkOptions {
  readonly network: Network;
  readonly clock: Clock;
  /** ms a round trip: a datagram and its answer, a TCP connect, a write and what is read in reply */
  readonly latencyMs: number;
}

type UdpExchange = Parameters<Network['exchangeUdp']>[3];

const LOOPBACK = '127.0.0.1';
/** where the visitor seems to be */
const OUR_IPV4 = '198.51.100.254';
const OUR_IPV6 = '2001:db8:1::254';
const HEADER_LENGTH = 12;

export class LabNetwork implements Network {
  readonly #options: LabNetworkOptions;
  readonly #endpoints = new Map<string, LabEndpoint>();
  readonly #addresses = new Set<string>();
  readonly #disturbances = new Map<string, Disturbance>();

  constructor(options: LabNetworkOptions) {
    this.#options = options;
  }

  /** A host is there; without `listen` its ports refuse. */
  addHost(address: string): void {
    this.#addresses.add(canonicalAddress(address));
  }

  listen(address: string, port: number, endpoint: LabEndpoint): void {
    this.addHost(address);
    this.#endpoints.set(place(address, port), endpoint);
  }

  /** null ends the disturbance. */
  disturb(address: string, port: number, disturbance: Disturbance | null): void {
    if (disturbance === null) this.#disturbances.delete(place(address, port));
    else this.#disturbances.set(place(address, port), disturbance);
  }

  /** The loopback port behind an address, for tools that cannot be given a `Network`; null where nothing listens. */
  async loopbackPort(address: string, port: number, transport: 'udp' | 'tcp'): Promise<number | null> {
    const endpoint = this.#endpoints.get(place(address, port));
    return await (endpoint?.[transport]() ?? null);
  }

  async connectTcp(address: string, port: number, signal: AbortSignal): Promise<Result<Connection, NetworkFailure>> {
    const disturbance = this.#disturbances.get(place(address, port));
    if (disturbance === 'drop') return await silence(signal);
    const { clock, latencyMs, network } = this.#options;
    if (latencyMs > 0) await clock.sleep(latencyMs, signal);
    if (signal.aborted) return ABORTED;
    if (disturbance === 'reset') return failed({ code: 'reset', text: 'connection reset by peer' });
    const endpoint = this.#endpoints.get(place(address, port));
    if (endpoint === undefined) return this.#absent(address, port);
    const connected = await network.connectTcp(LOOPBACK, await endpoint.tcp(), signal);
    if (!connected.ok) return connected;
    const seen = seenFrom(connected.value, address.includes(':') ? OUR_IPV6 : OUR_IPV4);
    return success(latencyMs === 0 ? seen : new DelayedConnection(seen, clock, latencyMs));
  }

  async exchangeUdp(address: string, port: number, query: Uint8Array, options: UdpExchange): Promise<Result<Uint8Array, NetworkFailure>> {
    const disturbance = this.#disturbances.get(place(address, port));
    if (disturbance === 'drop') return await silence(options.signal);
    const { clock, latencyMs, network } = this.#options;
    if (latencyMs > 0) await clock.sleep(latencyMs, options.signal);
    if (options.signal.aborted) return ABORTED;
    const udp = this.#endpoints.get(place(address, port))?.udp() ?? null;
    if (udp === null) return this.#absent(address, port);
    const answered = await network.exchangeUdp(LOOPBACK, await udp, query, options);
    return answered.ok && disturbance === 'truncate' ? success(truncated(answered.value)) : answered;
  }

  #absent(address: string, port: number): Result<never, NetworkFailure> {
    if (this.#addresses.has(canonicalAddress(address))) return failed({ code: 'refused', text: `${address} port ${String(port)} refused the connection` });
    return failed({ code: 'unreachable', text: `${address} is not an address of the practice lab` });
  }
}

/** The loopback address would be a distraction beside documentation addresses. */
function seenFrom(connection: Connection, localAddress: string): Connection {
  return {
    localAddress,
    read: (signal) => connection.read(signal),
    write: (bytes, signal) => connection.write(bytes, signal),
    close: () => { connection.close(); },
  };
}

const ABORTED = failed({ code: 'aborted', text: 'stopped' } as const);

function silence(signal: AbortSignal): Promise<Result<never, NetworkFailure>> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(ABORTED);
    else signal.addEventListener('abort', () => { resolve(ABORTED); }, { once: true });
  });
}

/** Header with TC and the counts cleared, and the question (RFC 2181 §9). */
function truncated(answer: Uint8Array): Uint8Array {
  let end = HEADER_LENGTH;
  while (answer[end] !== 0 && answer[end] !== undefined) end += (answer[end] as number) + 1;
  const head = answer.slice(0, end + 5);
  head[2] = (head[2] ?? 0) | 0x02;
  head.fill(0, 6, HEADER_LENGTH);
  return head;
}

const place = (address: string, port: number): string => `${canonicalAddress(address)} ${String(port)}`;

/** One spelling for one IPv6 address (RFC 5952). */
function canonicalAddress(address: string): string {
  return address.includes(':') && URL.canParse(`http://[${address}]`) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}
