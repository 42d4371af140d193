/** The scenes of the lab as a list, without starting it. */
import type { Scene, SceneOptions } from '../core/api/inspector-client.ts';
import type { InspectOptions, Resolution } from '../core/inspection/options.ts';
import type { Ports } from '../core/inspection/ports.ts';
import type { Target } from '../core/target/target.ts';
import { ClockBehind } from './clock-behind.ts';
import { domainOf, SCENES } from './scenes/all.ts';
import { VantageNetwork } from './vantage-network.ts';

export interface ListedScene extends Scene {
  /** what to inspect: the domain, or a host with its port */
  readonly target: string;
}

export const LISTED_SCENES: readonly ListedScene[] = SCENES.map((scene) => ({
  name: scene.name, domain: domainOf(scene), title: scene.title, outcome: scene.outcome, findings: scene.findings,
  target: scene.target ?? domainOf(scene), ...(scene.options === undefined ? {} : { options: scene.options }),
}));

/** What inspecting the target in the lab needs beside the usual options, where it is the domain of a scene with options. @param usual how the lab's names are resolved otherwise */
export function sceneInspection(target: Target, usual: Resolution): Partial<Pick<InspectOptions, 'allServers' | 'minimiseQueryNames' | 'probe' | 'resolution'>> {
  const { allServers, minimise, probe, resolver, fallback } = optionsOf(target);
  const roots = fallback === true && usual.mode === 'iterative' ? { fallbackRootServers: usual.rootServers } : {};
  return {
    ...(allServers === undefined ? {} : { allServers }),
    ...(minimise === undefined ? {} : { minimiseQueryNames: minimise }),
    ...(probe === undefined ? {} : { probe }),
    ...(resolver === undefined ? {} : { resolution: { mode: 'forwarding', servers: [{ name: null, address: resolver, port: 53 }], why: 'as the scene wants it', ...roots } }),
  };
}

/** The ports of such a run: its clock may be behind, its network may not let everything through. */
export function scenePorts(target: Target, ports: Ports): Ports {
  const { clockBehind, lacking } = optionsOf(target);
  return {
    ...ports,
    ...(clockBehind === undefined ? {} : { clock: new ClockBehind(ports.clock, clockBehind) }),
    ...(lacking === undefined ? {} : { network: new VantageNetwork(ports.network, ports.clock, lacking) }),
  };
}

function optionsOf(target: Target): SceneOptions {
  const name = target.kind === 'mail-domain' ? target.domain : target.host;
  return LISTED_SCENES.find(({ domain }) => domain === name)?.options ?? {};
}
