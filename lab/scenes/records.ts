/** TLSA records that do not fit what the server shows. */
import type { SceneDefinition } from './definition.ts';
import { tlsa } from './definition.ts';

const leaf = tlsa(3, 1, 1, 'leaf');
const issuer = tlsa(2, 1, 1, 'issuer');

export const RECORDS: readonly SceneDefinition[] = [
  {
    name: 'tlsa-mismatch', title: 'The certificate was renewed with a new key and the TLSA record was not: senders skip the host',
    outcome: 'refused', findings: ['tlsa-mismatch'], hosts: [{ tlsa: [tlsa(3, 1, 1, 'next')] }],
  },
  {
    name: 'old-stronger-digest', title: 'A SHA2-512 record of the old key beside a SHA2-256 record of the new one: senders look at the stronger digest only',
    outcome: 'refused', findings: ['tlsa-mismatch'], hosts: [{ tlsa: [tlsa(3, 1, 2, 'next'), leaf] }],
  },
  {
    name: 'two-mx-one-bad', title: 'Two MX hosts, one with an old TLSA record: mail gets through as long as the other one is up',
    outcome: 'refused', findings: ['tlsa-mismatch'],
    hosts: [{ tlsa: [leaf] }, { name: 'mx2.two-mx-one-bad.example', preference: 20, tlsa: [tlsa(3, 1, 1, 'next')] }],
  },
  {
    name: 'one-address-bad', title: 'One host with two addresses, two machines behind them, and one of them has another certificate',
    outcome: 'refused', findings: ['tlsa-mismatch'], hosts: [{ tlsa: [leaf], addresses: [{ family: 4 }, { family: 4, otherCertificate: true }] }],
  },
  {
    name: 'dual-key-one-record', title: 'The server has an ECDSA and an RSA certificate, the record is about one: which one a sender meets is up to the sender',
    outcome: 'refused', findings: ['tlsa-mismatch'], hosts: [{ tlsa: [leaf], certificates: [{ keyType: 'ecdsa' }, { keyType: 'rsa' }] }],
  },
  {
    name: 'tls12-other-chain', title: 'With TLS 1.2 the server shows an old certificate, with TLS 1.3 the new one: a careful look at one of them is not enough',
    outcome: 'refused', findings: ['tlsa-mismatch'], hosts: [{ tlsa: [leaf], addresses: [{ family: 4, otherTls12Certificate: true }] }],
  },
  {
    name: 'tlsa-usage-unusable', title: 'Only PKIX-TA(0) and PKIX-EE(1): SMTP has no use for them, so TLS is required and nothing is authenticated',
    outcome: 'tls-required-unauthenticated', findings: ['tlsa-usage-unusable'], hosts: [{ tlsa: [tlsa(0, 1, 1, 'issuer'), tlsa(1, 1, 1, 'leaf')] }],
  },
  {
    name: 'tlsa-malformed', title: 'The only record has a SHA2-256 digest of 31 octets: it can match nothing and is left out',
    outcome: 'tls-required-unauthenticated', findings: ['tlsa-malformed'], hosts: [{ tlsa: [{ ...leaf, octets: 31 }] }],
  },
  {
    name: 'tlsa-missing', title: 'Signed and without TLSA records: senders use TLS if it is offered, and nobody is authenticated',
    outcome: 'opportunistic', findings: ['tlsa-missing'], hosts: [{}],
  },
  {
    name: 'certificate-expired', title: 'With DANE-TA(2) the dates count: the certificate was not renewed in time',
    outcome: 'refused', findings: ['certificate-expired'], hosts: [{ tlsa: [issuer], certificates: [{ keyType: 'ecdsa', expired: true }] }],
  },
  {
    name: 'certificate-expired-unchecked', title: 'With DANE-EE(3) the dates do not count: expired, and mail is delivered all the same',
    outcome: 'authenticated', findings: ['certificate-expired-unchecked'], hosts: [{ tlsa: [leaf], certificates: [{ keyType: 'ecdsa', expired: true }] }],
  },
  {
    name: 'certificate-expires-soon', title: 'DANE-TA(2) and a certificate that ends in five days: renewal has stopped, and mail will stop with it',
    outcome: 'authenticated', findings: ['certificate-expires-soon'], hosts: [{ tlsa: [issuer], certificates: [{ keyType: 'ecdsa', expiresSoon: true }] }],
  },
  {
    name: 'anchor-expired-unchecked', title: 'With DANE-TA(2) the dates count, but OpenSSL does not look at those of an anchor that is no root: it expired, and mail is delivered by most',
    outcome: 'authenticated', findings: ['anchor-expired-unchecked'], hosts: [{ tlsa: [issuer], certificates: [{ keyType: 'ecdsa', byFormerAuthority: true }] }],
  },
  {
    name: 'ocsp-revoked', title: 'The CA says with the stapled OCSP response that the certificate is revoked; senders that do DANE do not ask',
    outcome: 'authenticated', findings: ['ocsp-revoked'], hosts: [{ tlsa: [leaf], certificates: [{ keyType: 'ecdsa', staple: 'revoked' }] }],
  },
  {
    name: 'ocsp-staple-unusable', title: 'The stapled OCSP response ran out a week ago: the server no longer fetches one',
    outcome: 'authenticated', findings: ['ocsp-staple-unusable'], hosts: [{ tlsa: [leaf], certificates: [{ keyType: 'ecdsa', staple: 'stale' }] }],
  },
  {
    name: 'key-weak', title: 'An RSA key of 768 bits: the record matches, and senders at the usual security level refuse it all the same',
    outcome: 'authenticated', findings: ['key-weak'], hosts: [{ tlsa: [leaf], certificates: [{ keyType: 'rsa-768' }], behaviour: { versions: 'weak-keys' } }],
  },
  {
    name: 'name-mismatch', title: 'With DANE-TA(2) the names count: the CA is right and the certificate is for another host',
    outcome: 'refused', findings: ['name-mismatch'], hosts: [{ tlsa: [issuer], certificates: [{ keyType: 'ecdsa', names: ['mail.somewhere-else.example'] }] }],
  },
  {
    name: 'anchor-not-sent', title: 'The record is about the CA and the server does not send the certificate of the CA: senders look nowhere else',
    outcome: 'refused', findings: ['anchor-not-sent'], hosts: [{ tlsa: [issuer], certificates: [{ keyType: 'ecdsa', sends: 'leaf' }] }],
  },
];
