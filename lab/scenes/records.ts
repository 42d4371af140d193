/** TLSA records that do not fit. */
import type { SceneDefinition } from './definition.ts';
import { tlsa } from './definition.ts';

export const RECORDS: readonly SceneDefinition[] = [
  {
    name: 'tlsa-mismatch', title: 'The certificate was renewed with a new key and the TLSA record was not: senders skip the host',
    outcome: 'refused', findings: ['tlsa-mismatch'], hosts: [{ tlsa: [tlsa(3, 1, 1, 'next')] }],
  },
];
