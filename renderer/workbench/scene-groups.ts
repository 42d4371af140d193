/** The practice lab's scenes by what is to be expected of them. */
import type { Scene } from '../../core/api/inspector-client.ts';
import type { Outcome } from '../../core/dane/facts.ts';

export interface SceneGroup {
  readonly outcome: Outcome;
  readonly scenes: readonly Scene[];
}

const ORDER: readonly Outcome[] = ['authenticated', 'refused', 'lookup-failed', 'tls-required-unauthenticated', 'opportunistic', 'not-determined', 'pending'];

/** @param filter part of a scene's name or title; empty for all */
export function sceneGroups(scenes: readonly Scene[], filter: string): readonly SceneGroup[] {
  const wanted = filter.trim().toLowerCase();
  const shown = scenes.filter(({ name, title }) => name.includes(wanted) || title.toLowerCase().includes(wanted));
  return ORDER.map((outcome) => ({ outcome, scenes: shown.filter((scene) => scene.outcome === outcome) })).filter((group) => group.scenes.length > 0);
}
