/** Starts the practice lab: a small signed Internet in this process, on loopback, with its own root and trust anchor. */
import type { Clock } from '../core/base/ports.ts';
import type { ServerAddress } from '../core/dns/facts.ts';
import { SocketNetwork } from '../core/net/socket-network.ts';
import { SystemClock } from '../core/net/system-clock.ts';
import { makeAuthority } from './certificates/authority.ts';
import type { ListedScene } from './list.ts';
import { LISTED_SCENES } from './list.ts';
import { AddressPlan, STRIPPING_FORWARDER } from './internet/addresses.ts';
import { strippingForwarder } from './internet/forwarder.ts';
import { DNS_PORT, Internet } from './internet/internet.ts';
import type { PlannedZone } from './internet/delegation.ts';
import { once } from './internet/once.ts';
import { rootHintsText, trustAnchorText } from './internet/root-texts.ts';
import type { SceneWorld } from './internet/scene-world.ts';
import { planScene } from './internet/scene-world.ts';
import { planRoot, planTopLevel, ROOT_SERVER } from './internet/top-level.ts';
import { LabNetwork } from './network.ts';
import { SCENES } from './scenes/all.ts';
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

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Ports are opened, and zones and certificates made, when they are first asked for. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const clock = options.clock ?? new SystemClock();
  const plan = planInternet(clock.now(), options.only ?? SCENES.map((scene) => scene.name));
  const internet = new Internet(new LabNetwork({ network: new SocketNetwork(), clock, latencyMs: options.latencyMs ?? 0 }), clock);
  for (const { server, served, second } of plan.zones) {
    internet.serveZone(server.addresses, served);
    if (second !== undefined) internet.serveZone(second.server.addresses, second.served, second.secondsAhead);
  }
  internet.serveNames([STRIPPING_FORWARDER], strippingForwarder(plan.zones.map((zone) => zone.served)));
  for (const scene of plan.scenes) internet.serveMail(scene);
  // The slow keys are made meanwhile: `example` cannot be served before it knows the DS of all its children.
  for (const zone of plan.zones) void zone.keys();
  const rootKeys = await plan.rootKeys();
  return {
    name: 'practice lab', network: internet.network, trustAnchorText: trustAnchorText(rootKeys), rootHintsText: rootHintsText(),
    scenes: LISTED_SCENES.filter((scene) => options.only?.includes(scene.name) ?? true),
    rootHints: ROOT_SERVER.addresses.map((address) => ({ name: ROOT_SERVER.name, address, port: DNS_PORT })),
    zones: new Map(plan.zones.map((zone) => [zone.apex, zone.served.load])),
    prepare: () => internet.prepare(),
    close: () => internet.close(),
  };
}

interface InternetPlan {
  readonly scenes: readonly SceneWorld[];
  readonly zones: readonly PlannedZone[];
  readonly rootKeys: () => Promise<readonly ZoneKey[]>;
}

/** @param now ms since 1970 */
function planInternet(now: number, only: readonly string[]): InternetPlan {
  const unknown = only.filter((name) => !SCENES.some((scene) => scene.name === name));
  if (unknown.length > 0) throw new Error(`no such scene: ${unknown.join(', ')}`);
  const seconds = Math.floor(now / 1000);
  const world = {
    addresses: new AddressPlan(), authority: once(() => makeAuthority(now)), validity: { inception: seconds - HOUR, expiration: seconds + 30 * DAY },
  };
  const planned = SCENES.map((scene) => ({ name: scene.name, world: planScene(scene, world) }));
  const scenes = planned.flatMap((scene) => only.includes(scene.name) ? [scene.world] : []);
  const sceneZones = scenes.flatMap((scene) => scene.zones);
  const topLevel = planTopLevel(sceneZones, world.validity);
  const root = planRoot(topLevel, world.validity);
  return { scenes, zones: [root, ...topLevel, ...sceneZones], rootKeys: root.keys };
}
