/** Every scene, in the order in which they are listed. Addresses are given out in this order. */
import { CLEAN } from './clean.ts';
import type { SceneDefinition } from './definition.ts';
import { DESTINATIONS } from './destinations.ts';
import { MAIL_SERVERS } from './mail-servers.ts';
import { RARE } from './rare.ts';
import { RECORDS } from './records.ts';
import { SIGNATURES } from './signatures.ts';
import { VANTAGES } from './vantage.ts';

export const SCENES: readonly SceneDefinition[] = [...CLEAN, ...RECORDS, ...SIGNATURES, ...DESTINATIONS, ...MAIL_SERVERS, ...VANTAGES, ...RARE];

export const domainOf = (scene: SceneDefinition): string => scene.domain ?? `${scene.name}.example`;
