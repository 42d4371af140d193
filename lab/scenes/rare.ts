/** What is seldom met, and has to be told all the same. */
import type { SceneDefinition } from './definition.ts';
import { DNSKEY, NSEC, TLSA } from '../dns/rrtype.ts';
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
  {
    name: 'good-wildcard', title: 'The TLSA record stands at *._tcp, for every port: the signature shows the wildcard, and an NSEC record that nothing nearer exists',
    outcome: 'authenticated', findings: [], hosts: [{ tlsa: [leaf], tlsaAtWildcard: true }],
  },
  {
    name: 'good-strange-signatures', title: 'Signatures and DS records of every kind that does not hold, and a revoked key, beside those that do: one that holds is enough',
    outcome: 'authenticated', findings: [], zones: [{ strange: '_25._tcp.mx1.good-strange-signatures.example' }], hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'denial-altered', title: 'There are no TLSA records, and the signature of the NSEC record that says so is wrong: an attacker could be hiding them, so senders wait',
    outcome: 'lookup-failed', findings: ['dnssec-bogus'],
    zones: [{ signatureFaults: [{ owner: 'mx1.denial-altered.example', type: NSEC, fault: 'altered' }] }], hosts: [{}],
  },
  {
    name: 'keys-not-to-be-had', title: 'The name server answers SERVFAIL when asked for DNSKEY: whether the zone is right nobody can say',
    outcome: 'lookup-failed', findings: ['lookup-failed'], zones: [{ answerFaults: [{ kind: 'server-failure', type: DNSKEY }] }], hosts: [{ tlsa: [leaf] }],
  },
  {
    name: 'one-server-fails', title: 'One of two name servers answers SERVFAIL when asked for TLSA: some senders in some minutes wait',
    outcome: 'authenticated', findings: ['servers-differ'], options: { allServers: true }, zones: [{ secondServer: { failsFor: TLSA } }], hosts: [{ tlsa: [leaf] }],
  },
];
