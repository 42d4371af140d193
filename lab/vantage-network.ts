/** The lab as a computer sees it whose own network lets it down: what the servers are worth is not to be seen from there. */
import type { SceneOptions } from '../core/api/inspector-client.ts';
import type { Clock, Connection, Network, NetworkFailure } from '../core/base/ports.ts';
import { failed } from '../core/base/result.ts';
import type { Result } from '../core/base/result.ts';

/** `port-25`: connections to port 25 are swallowed, as by providers that keep their customers from sending spam; `ipv6`: there is none. */
type Lacking = NonNullable<SceneOptions['lacking']>;

type UdpExchange = Parameters<Network['exchangeUdp']>[3];

const SMTP = 25;
/** ms; a system tries for minutes, and a lesson should not */
const PATIENCE = 600;

export class VantageNetwork implements Network {
  readonly #inner: Network;
  readonly #clock: Clock;
  readonly #lacking: Lacking;

  constructor(inner: Network, clock: Clock, lacking: Lacking) {
    this.#inner = inner;
    this.#clock = clock;
    this.#lacking = lacking;
  }

  async connectTcp(address: string, port: number, signal: AbortSignal): Promise<Result<Connection, NetworkFailure>> {
    if (this.#isOutOfReach(address)) return NO_ROUTE;
    if (this.#lacking !== 'port-25' || port !== SMTP) return await this.#inner.connectTcp(address, port, signal);
    await this.#clock.sleep(PATIENCE, signal);
    return signal.aborted ? failed({ code: 'aborted', text: 'stopped' }) : failed({ code: 'timeout', text: 'no answer' });
  }

  async exchangeUdp(address: string, port: number, query: Uint8Array, options: UdpExchange): Promise<Result<Uint8Array, NetworkFailure>> {
    return this.#isOutOfReach(address) ? NO_ROUTE : await this.#inner.exchangeUdp(address, port, query, options);
  }

  #isOutOfReach(address: string): boolean {
    return this.#lacking === 'ipv6' && address.includes(':');
  }
}

const NO_ROUTE = failed({ code: 'no-route', text: 'no route to this network' } as const);
