/** Mail servers that do not get as far as a certificate. DNS and TLSA records are in order. */
import type { Outcome } from '../../core/dane/facts.ts';
import type { MailHost, SceneDefinition } from './definition.ts';
import { tlsa } from './definition.ts';

function server(name: string, title: string, outcome: Outcome, host: MailHost): SceneDefinition {
  return { name, title, outcome, findings: [name], hosts: [{ tlsa: [tlsa(3, 1, 1, 'leaf')], ...host }] };
}

export const MAIL_SERVERS: readonly SceneDefinition[] = [
  server('starttls-not-offered', 'TLSA records and no STARTTLS: somebody stripped it, or TLS was never switched on', 'refused',
    { behaviour: { starttls: 'not-offered' } }),
  server('starttls-refused', 'STARTTLS is offered and then answered with 454: often a certificate file that cannot be read', 'refused',
    { behaviour: { starttlsReply: '454 4.7.0 TLS not available due to local problem' } }),
  server('handshake-failed', 'The server hangs up after the ClientHello', 'refused', { behaviour: { handshake: 'hang-up' } }),
  server('greeting-rejected', 'The greeting is 554: this server takes no mail from us, what others meet is unknown', 'not-determined',
    { behaviour: { greeting: '554 5.7.1 mx1.greeting-rejected.example No SMTP service for your address' } }),
  server('greeting-try-later', 'The greeting is 421: too busy now, which says nothing about DANE', 'not-determined',
    { behaviour: { greeting: '421 4.3.2 mx1.greeting-try-later.example Service not available, try again later' } }),
  server('response-injection', 'A line in clear follows the 220 to STARTTLS: read inside TLS it would be a reply that the server never gave', 'refused',
    { behaviour: { starttlsReply: '220 2.0.0 Ready to start TLS\r\n250 2.1.0 mail has been sent' } }),
  server('plaintext-instead-of-tls', 'After its 220 the server answers the ClientHello in clear', 'refused', { behaviour: { handshake: 'plaintext' } }),
  server('not-smtp', 'An SSH server at port 25', 'refused', { behaviour: { greeting: 'SSH-2.0-OpenSSH_9.2p1' } }),
  server('client-certificate-required', 'The server wants a certificate of the sender, and no sender has one', 'refused', { behaviour: { clientCertificate: 'required' } }),
  server('chain-too-large', 'More than 100 kB of certificates: the libraries of senders stop reading', 'refused', { certificates: [{ keyType: 'ecdsa', sends: 'too-much' }] }),
  server('sni-rejected', 'The server refuses a name that it does not know, and senders must send one', 'refused', { behaviour: { serverName: 'refused' } }),
  server('tls-too-old', 'TLS 1.0 and 1.1 only: the chain is right and hardly anybody gets to see it', 'refused', { behaviour: { versions: 'old' } }),
  server('tls12-not-offered', 'TLS 1.3 only: right, and out of reach of senders with older software', 'authenticated', { behaviour: { versions: 'new' } }),
  server('client-hello-dropped', 'A device before the server hangs up at a ClientHello with many groups; a smaller one gets through', 'authenticated', { behaviour: { mostGroups: 5 } }),
  server('starttls-inside-tls', 'STARTTLS is offered again inside TLS', 'authenticated', { behaviour: { starttlsInsideTls: true } }),
  { ...server('command-injection', 'A command in clear behind STARTTLS is obeyed inside TLS; shown by intrusive probing alone', 'authenticated', { behaviour: { keepsCommands: true } }), options: { probe: 'intrusive' } },
  server('reply-malformed', 'Lines that end with LF alone', 'authenticated', { behaviour: { lineEnding: '\n' } }),
  server('connection-failed', 'Nobody listens on port 25', 'not-determined', { ports: [] }),
];
