/** DNSSEC that is missing or broken, and name servers that break DANE. */
import { MX, TLSA } from '../dns/rrtype.ts';
import type { SceneDefinition } from './definition.ts';
import { tlsa } from './definition.ts';

const leaf = tlsa(3, 1, 1, 'leaf');

export const SIGNATURES: readonly SceneDefinition[] = [
  {
    name: 'domain-unsigned', title: 'The domain is not signed: its TLSA records do not count',
    outcome: 'opportunistic', findings: ['domain-unsigned'], zones: [{ signing: 'unsigned' }], hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'mx-host-unsigned', title: 'The domain is signed and the zone of its MX host is not: DANE needs both',
    outcome: 'opportunistic', findings: ['mx-host-unsigned'], zones: [{}, { apex: 'mx-host-unsigned.test', signing: 'unsigned' }],
    hosts: [{ name: 'mx1.mx-host-unsigned.test', tlsa: [leaf] }],
  },
  {
    name: 'signature-expired', title: 'The zone was not signed again in time: the signature of the TLSA records has expired',
    outcome: 'lookup-failed', findings: ['signature-expired'],
    zones: [{ signatureFaults: [{ owner: '_25._tcp.mx1.signature-expired.example', type: TLSA, fault: 'expired' }] }], hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'ds-mismatch', title: 'The key was changed and the DS record at the parent was not: the whole domain is bogus',
    outcome: 'lookup-failed', findings: ['ds-mismatch'], zones: [{ dsMismatch: true }], hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'dnssec-bogus', title: 'The signature of the TLSA records is wrong: an attack or an accident, senders cannot tell and wait',
    outcome: 'lookup-failed', findings: ['dnssec-bogus'],
    zones: [{ signatureFaults: [{ owner: '_25._tcp.mx1.dnssec-bogus.example', type: TLSA, fault: 'altered' }] }], hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'dnssec-work-limit', title: 'Twenty keys of one tag and as many signatures of none of them: checking them all would keep a resolver busy, so it gives up',
    outcome: 'lookup-failed', findings: ['dnssec-work-limit'], zones: [{ collidingKeys: 20 }], hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'nsec3-iterations', title: 'NSEC3 with 150 iterations: resolvers do not follow so many, so that anybody on the way can deny the TLSA records',
    outcome: 'authenticated', findings: ['nsec3-iterations'], zones: [{ denial: 'nsec3', nsec3Iterations: 150 }], hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'tlsa-lookup-failed', title: 'The name server answers SERVFAIL when asked for TLSA: that is not “no record”, senders wait',
    outcome: 'lookup-failed', findings: ['tlsa-lookup-failed'], zones: [{ answerFaults: [{ kind: 'server-failure', type: TLSA }] }], hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'lookup-failed', title: 'The name server answers SERVFAIL when asked for MX: senders wait, and bounce in the end',
    outcome: 'lookup-failed', findings: ['lookup-failed'], zones: [{ answerFaults: [{ kind: 'server-failure', type: MX }] }], hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'tlsa-ancestor-denied', title: 'The name server says that _tcp.mx1 does not exist although there are records below it: careful resolvers stop there',
    outcome: 'authenticated', findings: ['tlsa-ancestor-denied'],
    zones: [{ answerFaults: [{ kind: 'name-denied', name: '_tcp.mx1.tlsa-ancestor-denied.example' }] }], hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'parent-unsigned', title: 'The domain is signed and the zone above it is not: a signature without a chain from the root proves nothing',
    outcome: 'opportunistic', findings: ['domain-unsigned'], domain: 'parent-unsigned.invalid', hosts: [{ tlsa: [leaf] }],
  },
];
