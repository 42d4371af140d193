/** Domains as they should be: authenticated, and nothing to find. */
import type { MailHost, SceneDefinition } from './definition.ts';
import { tlsa } from './definition.ts';

function clean(name: string, title: string, host: MailHost, rest: Partial<SceneDefinition> = {}): SceneDefinition {
  return { name, title, outcome: 'authenticated', findings: [], hosts: [host], ...rest };
}

const leaf = tlsa(3, 1, 1, 'leaf');

export const CLEAN: readonly SceneDefinition[] = [
  clean('good-311', 'DANE-EE(3) SPKI(1) SHA2-256(1): the public key of the server itself, the record to publish first', { tlsa: [leaf] }),
];
