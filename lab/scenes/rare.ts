/** What is seldom met, and has to be told all the same. */
import type { SceneDefinition } from './definition.ts';
import { tlsa } from './definition.ts';

export const RARE: readonly SceneDefinition[] = [
  {
    name: 'issuer-is-no-ca', title: 'DANE-TA(2) names the issuer, and the issuer’s certificate is a mail server’s, which may issue nothing: the record fits, the path does not hold',
    outcome: 'refused', findings: ['tlsa-mismatch'], hosts: [{ tlsa: [tlsa(2, 1, 1, 'issuer')], certificates: [{ keyType: 'ecdsa', byNoAuthority: true }] }],
  },
];
