import { describe, expect, test } from 'vitest';
import { endpointSubject } from '../../core/base/subject.ts';
import { fold } from '../../core/inspection/fold.ts';
import type { Fact, InspectionEvent } from '../../core/inspection/events.ts';
import { channelWords } from '../../core/report/channel-words.ts';
import type { DialogueLine } from '../../core/smtp/facts.ts';
import { recall, remember, type ConsoleUi } from '../../renderer/views/console/console-store.ts';
import { chosenEndpoint, consoleChoices, openConsoleOf, turnOf } from '../../renderer/views/console/model.ts';
import { everyVerb, helpFor, suggestions } from '../../renderer/views/console/verbs.ts';
import { waitingCommands } from '../../renderer/step/waiting.ts';
import { byHand } from '../fuzz/by-hand-events.ts';
import { twoHosts } from './fixtures/events.ts';

const line = (from: DialogueLine['from'], text: string, redacted?: true): DialogueLine =>
  ({ from, text, bytes: '', ending: 'crlf', protected: true, unexpected: false, ...(redacted === undefined ? {} : { redacted }) });
const texts = (found: readonly { readonly text: string }[]): string[] => found.map(({ text }) => text);

describe('whose turn it is, from the lines', () => {
  test.each<[string, readonly DialogueLine[], string]>([
    ['after a reply', [line('client', 'NOOP'), line('server', '250 ok')], 'command'],
    ['before it', [line('server', '250 ok'), line('client', 'NOOP')], 'busy'],
    ['within a reply of several lines', [line('client', 'HELP'), line('server', '214-a')], 'busy'],
    ['within AUTH', [line('client', 'AUTH LOGIN'), line('server', '334 [not kept]', true)], 'auth'],
    ['in a message', [line('client', 'DATA'), line('server', '354 go'), line('client', 'Subject: x'), line('client', '250 looks like a reply')], 'text'],
    ['after its end', [line('server', '354 go'), line('client', 'x'), line('client', '.')], 'busy'],
    ['when it was taken', [line('server', '354 go'), line('client', '.'), line('server', '250 ok')], 'command'],
  ])('%s', (_name, lines, turn) => {
    expect(turnOf(lines)).toBe(turn);
  });
});

describe('completion', () => {
  const offered = ['SIZE 1000', 'ETRN', '8BITMIME', 'AUTH PLAIN LOGIN \u001b[2J', 'DSN'];

  test('is of what the server offers', () => {
    expect(texts(suggestions('e', offered))).toEqual(['EHLO ', 'ETRN ']);
    expect(texts(suggestions('e', []))).toEqual(['EHLO ']);
    expect(texts(suggestions('auth', offered))).toEqual(['AUTH PLAIN', 'AUTH LOGIN']);
    expect(texts(everyVerb([]))).not.toContain('EXPN ');
  });

  test('goes on with parameters after the address', () => {
    expect(texts(suggestions('MAIL FROM:<a@b.example> S', offered))).toEqual(['MAIL FROM:<a@b.example> SIZE=']);
    expect(texts(suggestions('rcpt to:<a@b.example> ', offered))).toEqual(['rcpt to:<a@b.example> NOTIFY=NEVER', 'rcpt to:<a@b.example> NOTIFY=SUCCESS,FAILURE,DELAY']);
  });

  test('nothing typed, or all of it: nothing to complete', () => {
    expect(suggestions('', offered)).toEqual([]);
    expect(suggestions('QUIT', offered)).toEqual([]);
  });

  test('help for a verb, none for an unknown one', () => {
    expect(helpFor('mail from:<>')).toContain('return path');
    expect(helpFor('AUTH x')).toContain('kept');
    expect(helpFor('XYZZY')).toBeNull();
  });
});

describe('history', () => {
  const EMPTY: ConsoleUi = { typed: '', history: [], place: null, refusal: null, asked: null, opening: false, allow: { mail: false, auth: false } };

  test('walks back and on, and ends at an empty line', () => {
    const ui = remember(remember(EMPTY, 'NOOP', 'command'), 'RSET', 'command');
    const older = recall(recall(ui, -1), -1);
    expect(older.typed).toBe('NOOP');
    expect(recall(older, -1).typed).toBe('NOOP');
    expect(recall(recall(older, 1), 1).typed).toBe('');
  });

  test('holds nothing of AUTH and no line of a message', () => {
    let ui = EMPTY;
    for (const [text, turn] of [['AUTH PLAIN c2VjcmV0', 'command'], ['auth=plain c2VjcmV0', 'command'], ['c2VjcmV0', 'auth'], ['Dear Sir', 'text']] as const) ui = remember({ ...ui, typed: text, asked: text }, text, turn);
    expect(ui.history).toEqual([]);
    expect(JSON.stringify(ui)).not.toContain('c2VjcmV0');
  });
});

describe('the endpoint that a channel is opened to', () => {
  const run = fold(twoHosts);
  test('is the one that the selection leads to', () => {
    expect(chosenEndpoint(run, { subject: endpointSubject('mx2.example.org', '198.51.100.5', 'ECDSA'), event: null }, null)).toMatchObject({ host: 'mx2.example.org', address: '198.51.100.5' });
    expect(chosenEndpoint(run, { subject: endpointSubject('mx1.example.org', '192.0.2.10', 'RSA'), event: null }, null)).toMatchObject({ address: '192.0.2.10', keyType: 'RSA' });
  });
  test('is the first where nothing is selected, and none where there is none', () => {
    expect(chosenEndpoint(run, null, null)).toEqual(consoleChoices(run)[0]);
    expect(chosenEndpoint(fold([]), null, null)).toBeUndefined();
  });
});

describe('the channel in words', () => {
  const told = (...facts: readonly Fact[]): readonly InspectionEvent[] => facts.map((fact, index) => ({ ...fact, seq: index }));
  const run = fold(twoHosts);
  const host = run.hosts[0]?.name ?? '';
  const events = byHand(0).filter(({ type }) => type === 'smtp.connection' || type === 'dane.channel' || type === 'smtp.console');
  const at = { at: 6000, subject: `connection:${host}/x/900` } as const;
  const parameters = { protocol: 'TLSv1.3', cipher: 'x', group: null, signatureScheme: null, serverName: null, alpn: null, resumed: false, ocspStaple: false, clientCertificateRequested: false, helloRetryRequest: false, alerts: [], handshakeMs: 1, messages: [] };
  const established: Fact = { ...at, type: 'tls.established', connection: 900, parameters };
  const consoleOf = (count: number, outcome: 'authenticated' | 'refused' = 'authenticated') => {
    const [connection, verdict, ...rest] = events.map((event) => (event.type === 'smtp.connection' ? { ...event, connection: { ...event.connection, host } } : event.type === 'dane.channel' ? { ...event, endpoint: { ...event.endpoint, outcome } } : event)) as unknown as Fact[];
    const facts = [connection, established, verdict, ...rest].slice(0, count) as Fact[];
    return fold([...twoHosts, ...told(...facts)]);
  };

  test('opening, authenticated by a record, closed', () => {
    const words = (count: number, outcome?: 'refused'): string => {
      const whole = consoleOf(count, outcome);
      const last = whole.consoles[0];
      return last === undefined ? '' : channelWords(whole, last).text;
    };
    expect(words(1)).toBe('opening; nothing is authenticated yet');
    expect(words(4)).toMatch(/^TLS 1\.3 · authenticated by \d \d \d \(record 1\)$/);
    expect(words(4, 'refused')).toBe('TLS 1.3 · not authenticated');
    expect(words(5)).toBe('closed by the server: gone');
  });

  test('is open until it is closed; the run’s connections know nothing of it', () => {
    expect(openConsoleOf(consoleOf(4))?.connection.number).toBe(900);
    expect(openConsoleOf(consoleOf(5))).toBeNull();
    expect(consoleOf(5).connections).toEqual(run.connections);
  });

  test('can be opened to each endpoint of the run', () => {
    expect(consoleChoices(run).length).toBeGreaterThan(1);
    expect(new Set(consoleChoices(run).map(({ id }) => id)).size).toBe(consoleChoices(run).length);
  });
});

test('what waits is told in the order in which it came to wait', () => {
  const pause = (connection: number, seq: number): InspectionEvent => ({ type: 'smtp.paused', connection, pause: seq, command: `EHLO ${String(seq)}`, seq, at: seq, subject: 'run:1' });
  const connection = (number: number): InspectionEvent => ({ type: 'smtp.connection', connection: { number, host: 'mx', address: '192.0.2.1', port: 25, purpose: 'default' }, seq: number, at: 0, subject: 'run:1' });
  expect(waitingCommands(fold([connection(1), connection(2), pause(2, 5), pause(1, 9)])).map(({ paused }) => paused.command)).toEqual(['EHLO 5', 'EHLO 9']);
});
