/** Every scene, in the order in which they are listed. New ones go to the end of their file: addresses are given out by position. */
import type { SceneDefinition } from './definition.ts';
import { CLEAN } from './clean.ts';
import { RECORDS } from './records.ts';

export const SCENES: readonly SceneDefinition[] = [...CLEAN, ...RECORDS];

export const domainOf = (scene: SceneDefinition): string => scene.domain ?? `${scene.name}.example`;
