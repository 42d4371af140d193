/** What a person's hand adds to a recorded run: a paused and edited command, and a console. */
import type { Fact, InspectionEvent } from '../../core/inspection/events.ts';
import type { EndpointVerdict } from '../../core/dane/facts.ts';

const host = 'mx1.good-311.example';
const base = { at: 5000, subject: `connection:${host}/192.0.2.11/1` } as const;
const console = { at: 6000, subject: `connection:${host}/192.0.2.11/900` } as const;
const endpoint: EndpointVerdict = {
  host, address: '192.0.2.11', port: 25, keyType: 'ECDSA', connection: 900, outcome: 'authenticated', reason: { code: 'matched', text: 'matches', rfc: null, ede: null }, chain: [],
  matched: { record: 0, depth: 0 }, names: null, dates: 'valid', edited: true,
};
const line = { bytes: '', ending: 'crlf', protected: true, unexpected: false } as const;

const FACTS: readonly Fact[] = [
  { ...base, type: 'smtp.paused', connection: 1, pause: 1, command: 'EHLO a' }, { ...base, type: 'smtp.idle', connection: 1, idleMs: 240_000 },
  { ...base, type: 'smtp.decided', connection: 1, pause: 1, command: 'EHLO a', decision: 'edited', sent: 'EHLO b' },
  { ...console, type: 'smtp.waiting', wait: { host, address: '192.0.2.11', waits: 'console', behind: 'run' } },
  { ...console, type: 'smtp.connection', connection: { number: 900, host, address: '192.0.2.11', port: 25, purpose: 'console' } },
  { ...console, type: 'dane.channel', connection: 900, endpoint }, { ...console, type: 'smtp.console', connection: 900, state: 'open' },
  { ...console, type: 'smtp.line', connection: 900, line: { ...line, from: 'client', text: 'AUTH PLAIN [not kept]', redacted: true } },
  { ...console, type: 'smtp.line', connection: 900, line: { ...line, from: 'server', text: '235 [not kept]', redacted: true } },
  { ...console, type: 'smtp.console', connection: 900, state: 'closed', by: 'server', text: 'gone' },
];

export const byHand = (firstSeq: number): InspectionEvent[] => FACTS.map((fact, index) => ({ ...fact, seq: firstSeq + index }));
