/** Where the mail would go, and where it would go nowhere. */
import type { SceneDefinition } from './definition.ts';
import { tlsa } from './definition.ts';

export const DESTINATIONS: readonly SceneDefinition[] = [
  {
    name: 'mx-is-alias', title: 'The MX host is a CNAME: not allowed, followed all the same, and the TLSA records are taken at its target',
    outcome: 'authenticated', findings: ['mx-is-alias'], hosts: [{ aliasFor: 'mail.mx-is-alias.example', tlsa: [tlsa(3, 1, 1, 'leaf')] }],
  },
  { name: 'null-mx', title: 'MX 0 . says that the domain takes no mail', outcome: 'not-determined', findings: ['null-mx'], mx: 'null', hosts: [] },
  {
    name: 'domain-does-not-exist', title: 'There is no such domain, and the zone above proves it',
    outcome: 'not-determined', findings: ['domain-does-not-exist'], zones: [], hosts: [],
  },
  { name: 'no-mail-host', title: 'The domain exists and has neither MX nor address', outcome: 'not-determined', findings: ['no-mail-host'], mx: 'none', hosts: [] },
];
