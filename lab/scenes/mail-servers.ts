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
  server('connection-failed', 'Nobody listens on port 25', 'not-determined', { ports: [] }),
];
