/** Domains as they should be: authenticated, and nothing to find. */
import type { MailHost, SceneDefinition } from './definition.ts';
import { tlsa } from './definition.ts';

function clean(name: string, title: string, host: MailHost, rest: Partial<SceneDefinition> = {}): SceneDefinition {
  return { name, title, outcome: 'authenticated', findings: [], hosts: [host], ...rest };
}

const leaf = tlsa(3, 1, 1, 'leaf');
const issuer = tlsa(2, 1, 1, 'issuer');

export const CLEAN: readonly SceneDefinition[] = [
  clean('good-311', 'DANE-EE(3) SPKI(1) SHA2-256(1): the public key of the server itself, the record to publish first', { tlsa: [leaf] }),
  clean('good-211', 'DANE-TA(2) SPKI(1) SHA2-256(1): the key of the CA that issued the certificate, which the server sends along', { tlsa: [issuer] }),
  clean('good-201', 'DANE-TA(2) Cert(0) SHA2-256(1): the whole certificate of the CA', { tlsa: [tlsa(2, 0, 1, 'issuer')] }),
  clean('good-current-next', 'Two 3 1 1 records, the key in use and the next one: a rollover can be made at any time',
    { tlsa: [leaf, tlsa(3, 1, 1, 'next')] }),
  clean('good-current-issuer', '3 1 1 for the key in use and 2 1 1 for its CA: a new key from the same CA still matches', { tlsa: [leaf, issuer] }),
  clean('good-sha512', 'SHA2-512(2) instead of SHA2-256(1): as good, but longer', { tlsa: [tlsa(3, 1, 2, 'leaf')] }),
  clean('good-ee-wrong-name', 'With DANE-EE(3) the names in the certificate do not count: the key is the identity',
    { tlsa: [leaf], certificates: [{ keyType: 'ecdsa', names: ['mail.somewhere-else.example'] }] }),
  clean('good-implicit-mx', 'No MX record: the domain itself is its mail host', { name: 'good-implicit-mx.example', tlsa: [leaf] }, { mx: 'none' }),
  clean('good-tcp', 'TLSA records too large for a UDP answer: they come over TCP',
    { tlsa: [leaf, tlsa(3, 0, 0, 'leaf'), tlsa(2, 0, 0, 'issuer'), tlsa(2, 0, 0, 'root')], certificates: [{ keyType: 'ecdsa', sends: 'root' }] }),
  clean('good-ipv6', 'One host, two addresses, IPv4 and IPv6: both must show a certificate that matches', { tlsa: [leaf], addresses: [{ family: 4 }, { family: 6 }] }),
  clean('good-rsa', 'RSA everywhere: the zone is signed with RSASHA256, the certificate has an RSA key',
    { tlsa: [leaf], certificates: [{ keyType: 'rsa' }] }, { zones: [{ signing: 'RSASHA256' }] }),
  clean('good-ed25519', 'A zone signed with Ed25519', { tlsa: [leaf] }, { zones: [{ signing: 'ED25519' }] }),
  clean('good-nsec3', 'A zone with NSEC3 below a top-level domain with NSEC3 and opt-out', { tlsa: [leaf] }, { domain: 'good-nsec3.test', zones: [{ denial: 'nsec3' }] }),
  clean('good-465', 'TLS on connect at port 465 has TLSA records of its own, at _465._tcp', { tlsa: [leaf], ports: [25, 465] }, { target: 'mx1.good-465.example:465' }),
];
