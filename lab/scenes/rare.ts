/** What is seldom met, and has to be told all the same. */
import type { SceneDefinition } from './definition.ts';
import { STRIPPING_FORWARDER } from '../internet/addresses.ts';
import { tlsa } from './definition.ts';

const leaf = tlsa(3, 1, 1, 'leaf');

export const RARE: readonly SceneDefinition[] = [
  {
    name: 'issuer-is-no-ca', title: 'DANE-TA(2) names the issuer, and the issuer’s certificate is a mail server’s, which may issue nothing: the record fits, the path does not hold',
    outcome: 'refused', findings: ['tlsa-mismatch'], hosts: [{ tlsa: [tlsa(2, 1, 1, 'issuer')], certificates: [{ keyType: 'ecdsa', byNoAuthority: true }] }],
  },
  {
    name: 'hung-up-after-ehlo', title: 'The server hangs up after EHLO, without reply: it does not like who is calling, what others meet is unknown',
    outcome: 'not-determined', findings: ['connection-failed'], hosts: [{ tlsa: [leaf], behaviour: { hello: 'hang-up' } }],
  },
  {
    name: 'come-later-inside-tls', title: 'Inside TLS the server asks to come back later: the certificate was shown before, so DANE is checked all the same',
    outcome: 'authenticated', findings: ['greeting-try-later'], hosts: [{ tlsa: [leaf], behaviour: { protectedHelloReply: '450 4.7.1 Greylisted, try again in five minutes' } }],
  },
  {
    name: 'good-behind-stripping-resolver', title: 'The resolver takes signatures out of its answers, so the name servers themselves are asked, and all is well',
    outcome: 'authenticated', findings: [], options: { resolver: STRIPPING_FORWARDER, fallback: true }, hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'domain-not-there-unproved', title: 'There is no such domain below an unsigned top-level domain: so it is said, and nothing proves it',
    outcome: 'not-determined', findings: ['domain-does-not-exist'], domain: 'domain-not-there-unproved.invalid', zones: [], hosts: [],
  },
];
