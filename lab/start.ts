/** Starts the practice lab: a small signed Internet in this process, on loopback, with its own root and trust anchor. */
import { toBase64, toHex } from '../core/base/bytes.ts';
import type { Clock } from '../core/base/ports.ts';
import type { ServerAddress } from '../core/dns/facts.ts';
import { parseName } from '../core/dns/name.ts';
import { SocketNetwork } from '../core/net/socket-network.ts';
import { SystemClock } from '../core/net/system-clock.ts';
import { makeAuthority } from './certificates/authority.ts';
import { startNameServer } from './dns/server.ts';
import type { ListedScene } from './list.ts';
import { LISTED_SCENES } from './list.ts';
import { AddressPlan } from './internet/addresses.ts';
import type { PlannedHost } from './internet/mail-host.ts';
import { once } from './internet/once.ts';
import type { SceneWorld } from './internet/scene-world.ts';
import { planScene } from './internet/scene-world.ts';
import { planRoot, planTopLevel, ROOT_SERVER } from './internet/top-level.ts';
import { LabNetwork } from './network.ts';
import { SCENES } from './scenes/all.ts';
import { startSmtpServer } from './smtp/server.ts';
import type { ServedZone } from './zone/authority.ts';
import { authorityFor } from './zone/authority.ts';
import { dsRdata } from './zone/key.ts';
import type { ZoneKey } from './zone/key.ts';
import type { Zone } from './zone/zone.ts';

export interface LabOptions {
  /** ms a round trip, default 0 */
  readonly latencyMs?: number;
  /** names of the scenes to set up, default all; addresses are the same either way */
  readonly only?: readonly string[];
  /** signatures and certificates are made for its time */
  readonly clock?: Clock;
}

export interface Lab {
  readonly name: 'practice lab';
  /** answers at documentation addresses; what is not of the lab is `unreachable` */
  readonly network: LabNetwork;
  readonly scenes: readonly ListedScene[];
  /** DS and DNSKEY of the lab's root KSK as zone-file lines */
  readonly trustAnchorText: string;
  /** NS and addresses of the lab's root servers as zone-file lines */
  readonly rootHintsText: string;
  readonly rootHints: readonly ServerAddress[];
  /** the zones by their apex, such as `good-311.example`; the root is `.` */
  readonly zones: ReadonlyMap<string, () => Promise<Zone>>;
  /** Opens every port and makes every zone and certificate now instead of when first asked for. */
  prepare(): Promise<void>;
  /** Frees every port. */
  close(): Promise<void>;
}

const DNS_PORT = 53;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** Ports are opened, and zones and certificates made, when they are first asked for. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const clock = options.clock ?? new SystemClock();
  const now = Math.floor(clock.now() / 1000);
  const world = {
    addresses: new AddressPlan(), authority: once(() => makeAuthority(clock.now())), validity: { inception: now - HOUR, expiration: now + 30 * DAY },
  };
  const planned = SCENES.map((scene) => ({ name: scene.name, world: planScene(scene, world) }));
  const wanted = planned.filter(({ name }) => options.only?.includes(name) ?? true);
  const internet = new Internet(new LabNetwork({ network: new SocketNetwork(), clock, latencyMs: options.latencyMs ?? 0 }));
  const sceneZones = wanted.flatMap((scene) => scene.world.zones);
  const topLevel = planTopLevel(sceneZones.map((zone) => zone.delegation), world.validity);
  const root = planRoot(topLevel.map((zone) => zone.delegation), world.validity);
  internet.serveZone(ROOT_SERVER.addresses, root.served);
  for (const zone of [...topLevel, ...sceneZones]) internet.serveZone(zone.delegation.server.addresses, zone.served);
  for (const scene of wanted) internet.serveMail(scene.world);
  // The slow keys are made meanwhile: `example` cannot be served before it knows the DS of all its children.
  for (const zone of sceneZones) void zone.delegation.keys();
  const keys = await root.keys();
  return {
    name: 'practice lab', network: internet.network, ...textsOf(keys),
    scenes: LISTED_SCENES.filter((scene) => wanted.some(({ name }) => name === scene.name)),
    rootHints: ROOT_SERVER.addresses.map((address) => ({ name: ROOT_SERVER.name, address, port: DNS_PORT })),
    zones: new Map([{ delegation: { apex: '.' }, served: root.served }, ...topLevel, ...sceneZones].map((zone) => [zone.delegation.apex, zone.served.load])),
    prepare: () => internet.prepare(),
    close: () => internet.close(),
  };
}

function textsOf(keys: readonly ZoneKey[]): { readonly trustAnchorText: string; readonly rootHintsText: string } {
  const anchors = keys.flatMap((key) => key.secureEntryPoint ? [dsText(key), dnskeyText(key)] : []);
  const addresses = ROOT_SERVER.addresses.map((address) => `${ROOT_SERVER.name}. 3600000 IN ${address.includes(':') ? 'AAAA' : 'A'} ${address}`);
  return { trustAnchorText: `${anchors.join('\n')}\n`, rootHintsText: [`. 3600000 IN NS ${ROOT_SERVER.name}.`, ...addresses, ''].join('\n') };
}

function dsText(key: ZoneKey): string {
  return `. 3600 IN DS ${String(key.tag)} ${String(key.algorithm)} 2 ${toHex(dsRdata(parseName('.'), key).subarray(4)).toUpperCase()}`;
}

function dnskeyText(key: ZoneKey): string {
  const [high = 0, low = 0] = key.dnskey;
  return `. 3600 IN DNSKEY ${String((high << 8) | low)} 3 ${String(key.algorithm)} ${toBase64(key.dnskey.subarray(4))}`;
}

interface Opened {
  close(): Promise<void>;
}

/** The servers, opened on demand. */
class Internet {
  readonly network: LabNetwork;
  readonly #opened: Opened[] = [];
  readonly #preparations: (() => Promise<unknown>)[] = [];

  constructor(network: LabNetwork) {
    this.network = network;
  }

  serveZone(addresses: readonly string[], zone: ServedZone): void {
    const server = once(() => this.#keep(startNameServer(authorityFor([zone]))));
    this.#preparations.push(server, zone.load);
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
    this.#opened.push(server);
    return server;
  }

  async prepare(): Promise<void> {
    await Promise.all(this.#preparations.map((make) => make()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((server) => server.close()));
  }
}
