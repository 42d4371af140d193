/** The scenes of the lab as a list, without starting it. */
import type { Scene } from '../core/api/inspector-client.ts';
import { domainOf, SCENES } from './scenes/all.ts';

export interface ListedScene extends Scene {
  /** what to inspect: the domain, or a host with its port */
  readonly target: string;
}

export const LISTED_SCENES: readonly ListedScene[] = SCENES.map((scene) => ({
  name: scene.name, domain: domainOf(scene), title: scene.title, outcome: scene.outcome, findings: scene.findings,
  target: scene.target ?? domainOf(scene),
}));
