/** What shows only where a run is made in a certain way. */
import { STRIPPING_FORWARDER } from '../internet/addresses.ts';
import type { SceneDefinition } from './definition.ts';
import { tlsa } from './definition.ts';

const leaf = tlsa(3, 1, 1, 'leaf');

export const VANTAGES: readonly SceneDefinition[] = [
  {
    // What the stale server has too much matches nothing: whichever is asked first, the verdict is the same.
    name: 'servers-differ', title: 'One of two name servers missed the last transfer: it still has the TLSA record of a key that is gone',
    outcome: 'authenticated', findings: ['servers-differ'], options: { allServers: true },
    zones: [{ secondServer: { isStale: true } }], hosts: [{ tlsa: [leaf], formerTlsa: [leaf, tlsa(3, 1, 1, 'next')] }],
  },
  {
    name: 'query-minimisation-fails', title: 'The name server answers SERVFAIL for a name in between that has no records: resolvers that ask label by label meet it',
    outcome: 'authenticated', findings: ['query-minimisation-fails'], options: { minimise: true },
    zones: [{ answerFaults: [{ kind: 'in-between-refused', name: 'mail.query-minimisation-fails.example' }] }],
    hosts: [{ name: 'mx1.mail.query-minimisation-fails.example', tlsa: [leaf] }],
  },
  {
    name: 'resolver-unusable', title: 'The resolver takes signatures and keys out of its answers: nothing can be validated, and that is not the fault of the domain',
    outcome: 'not-determined', findings: ['resolver-unusable'], options: { resolver: STRIPPING_FORWARDER }, hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'clock-off', title: 'The clock of the computer that inspects is 412 s behind those of all name servers: signature times may be misjudged',
    outcome: 'authenticated', findings: ['clock-off'], options: { clockBehind: 412 }, hosts: [{ tlsa: [leaf] }],
  },
  {
    // All name servers are asked, so that the wrong one is heard in every run.
    name: 'good-one-clock-wrong', title: 'One name server’s clock is a day ahead: the others agree with ours, and nothing comes of it',
    outcome: 'authenticated', findings: [], options: { allServers: true }, zones: [{ secondServer: { secondsAhead: 86_400 } }], hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'port-25-blocked', title: 'The network of the computer that inspects swallows what goes to port 25, as that of many providers does: DNS and TLSA are checked, TLS is not',
    outcome: 'not-determined', findings: ['connection-failed'], options: { lacking: 'port-25' },
    hosts: [{ tlsa: [leaf] }, { name: 'mx2.port-25-blocked.example', preference: 20, tlsa: [leaf] }],
  },
  {
    name: 'no-ipv6', title: 'The computer that inspects has no IPv6: one of the two addresses of the host stays untested',
    outcome: 'authenticated', findings: [], options: { lacking: 'ipv6' }, hosts: [{ tlsa: [leaf], addresses: [{ family: 4 }, { family: 6 }] }],
  },
];
