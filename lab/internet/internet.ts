/** Puts name servers and mail servers behind documentation addresses. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/base/ports.ts';
import type { Answering } from '../dns/server.ts';
import { startNameServer } from '../dns/server.ts';
import type { LabNetwork } from '../network.ts';
import { startSmtpServer } from '../smtp/server.ts';
import type { ServedZone } from '../zone/authority.ts';
import { authorityFor } from '../zone/authority.ts';
import type { PlannedHost } from './mail-host.ts';
import { once } from './once.ts';
import type { SceneWorld } from './scene-world.ts';

export const DNS_PORT = 53;

interface Opened {
  close(): Promise<void>;
}

/** The servers of the lab at their documentation addresses, opened on demand. */
export class Internet {
  readonly network: LabNetwork;
  readonly #opened: Opened[] = [];
  readonly #preparations: (() => Promise<unknown>)[] = [];
  #closed = false;

  readonly #clock: Pick<Clock, 'now'>;

  constructor(network: LabNetwork, clock: Pick<Clock, 'now'>) {
    this.network = network;
    this.#clock = clock;
  }

  /** @param secondsAhead of the server's clock */
  serveZone(addresses: readonly string[], zone: ServedZone, secondsAhead = 0): void {
    this.#preparations.push(zone.load);
    this.serveNames(addresses, authorityFor([zone]), secondsAhead);
  }

  serveNames(addresses: readonly string[], answering: Answering, secondsAhead = 0): void {
    const cookies = { secret: new Uint8Array(randomBytes(16)), now: () => Math.floor(this.#clock.now() / 1000) + secondsAhead };
    const server = once(() => this.#keep(startNameServer(answering, cookies)));
    this.#preparations.push(server);
    for (const address of addresses) {
      this.network.listen(address, DNS_PORT, { tcp: async () => (await server()).tcpPort, udp: async () => (await server()).udpPort });
    }
  }

  serveMail(scene: SceneWorld): void {
    for (const host of scene.hosts) for (const { address, plan } of host.addresses) {
      this.network.addHost(address);
      for (const port of host.ports) this.#serveMailAt(host, { address, plan, port });
    }
  }

  #serveMailAt(host: PlannedHost, at: { readonly address: string; readonly plan: PlannedHost['addresses'][number]['plan']; readonly port: 25 | 465 }): void {
    const server = once(async () => await this.#keep(startSmtpServer(await host.serverOptions(at.plan, at.port))));
    this.#preparations.push(server);
    this.network.listen(at.address, at.port, { tcp: async () => (await server()).port, udp: () => null });
  }

  async #keep<Server extends Opened>(starting: Promise<Server>): Promise<Server> {
    const server = await starting;
    // Asked for just before the end: it must not keep the process alive.
    if (this.#closed) await server.close();
    else this.#opened.push(server);
    return server;
  }

  async prepare(): Promise<void> {
    await Promise.all(this.#preparations.map((make) => make()));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#opened.splice(0).map((server) => server.close()));
  }
}
