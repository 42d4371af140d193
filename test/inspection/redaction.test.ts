/** What tells of the person who made a run goes from every report of it, and what was inspected stays. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toBase64 } from '../../core/base/bytes.ts';
import { assess } from '../../core/findings/assess.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { fold } from '../../core/inspection/fold.ts';
import { redact } from '../../core/inspection/redaction.ts';
import { REDACT_ALL, REDACT_NOTHING } from '../../core/inspection/redaction-kinds.ts';
import { readRunFile, writeRunFile } from '../../core/inspection/run-file.ts';
import { htmlReport } from '../../core/report/html.ts';
import { jsonReport } from '../../core/report/json.ts';
import { markdownReport } from '../../core/report/markdown.ts';
import { textReport } from '../../core/report/text.ts';
import { startLab, type Lab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

const SECRETS = ['dsl-77.provider.example', '192.168.7.20', '192.168.7.53', 'fd00:7::53', 'laptop.home.example', 'anna.smith', '/home/anna/.danescope', 'MAIL FROM:<boss@secret.example>', 'secret.example', '203.0.113.99', '2001:db8:77::9', 'NOOP edited-by-anna'];

let lab: Lab;
let events: readonly InspectionEvent[];
beforeAll(async () => {
  lab = await startLab({ only: ['tlsa-mismatch'] });
  events = personal((await inspectInLab(lab, 'anna.smith@tlsa-mismatch.example', { helo: 'laptop.home.example' })).events);
});
afterAll(() => lab.close());

const bytesOf = (text: string): string => toBase64(new TextEncoder().encode(`${text}\r\n`));

/** The run as a person at home makes it: behind a forwarder, told by the server where they are, with a hand in it, ended by a bug. */
function personal(made: readonly InspectionEvent[]): readonly InspectionEvent[] {
  const spoilt = made.filter(({ type }) => type !== 'run.finished').map((event): InspectionEvent => {
    if (event.type === 'run.started') {
      const resolver = { mode: 'forwarding', servers: [{ name: null, address: '192.168.7.53', port: 53 }, { name: null, address: 'fd00:7::53', port: 53 }], why: 'the system says so' } as const;
      return { ...event, context: { ...event.context, resolver, sources: ['192.168.7.20', '2001:db8:77::9'], sourceNames: [{ address: '2001:db8:77::9', name: 'dsl-77.provider.example' }], trustAnchors: event.context.trustAnchors.map((anchor) => ({ ...anchor, source: '/home/anna/.danescope/root.key' })) } };
    }
    if (event.type === 'dns.queried' && event.exchange === 0) return { ...event, subject: 'server:192.168.7.53', server: { name: null, address: '192.168.7.53', port: 53 } };
    if (event.type === 'smtp.line' && event.line.from === 'server' && event.line.text.startsWith('250-')) {
      const text = `${event.line.text} Hello laptop.home.example [203.0.113.99]`;
      return { ...event, line: { ...event.line, text, bytes: bytesOf(text) } };
    }
    return event;
  });
  const line = (from: 'client' | 'server', text: string) => ({ type: 'smtp.line', connection: 90, line: { from, text, bytes: bytesOf(text), ending: 'crlf', protected: true, unexpected: false } }) as const;
  const more = [
    { type: 'smtp.connection', connection: { number: 90, host: 'mx1.tlsa-mismatch.example', address: '192.0.2.1', port: 25, purpose: 'console' } }, line('client', 'EHLO laptop.home.example'), { type: 'smtp.console', connection: 90, state: 'open' },
    line('client', 'MAIL FROM:<boss@secret.example>'), line('server', '550 no, boss@secret.example, not here'), { type: 'smtp.console', connection: 90, state: 'closed', by: 'server', text: '421 bye secret.example' },
    { type: 'smtp.decided', connection: 1, pause: 1, command: 'QUIT', decision: 'edited', sent: 'NOOP edited-by-anna' }, { ...line('client', 'NOOP edited-by-anna'), connection: 1 },
    { type: 'run.failed', text: 'TypeError at /home/anna/.danescope/out/inspect.js:12:3' },
  ] as const;
  return [...spoilt, ...more.map((fact, index) => ({ at: 9999, subject: 'run:1', ...fact, seq: spoilt.length + index }) as unknown as InspectionEvent)];
}

/** Every format, and every text of it that stands in base64. */
function everything(shown: readonly InspectionEvent[]): string {
  const run = fold(shown);
  const findings = assess(run);
  const whole = [writeRunFile(shown), JSON.stringify(jsonReport(run, findings)), htmlReport(run, findings, null), markdownReport(run, findings), textReport(run, findings, { dialogue: true, trust: true })].join('\n');
  return `${whole}\n${[...whole.matchAll(/"([A-Za-z0-9+/]{8,}={0,2})"/g)].map(([, text]) => Buffer.from(text ?? '', 'base64').toString('latin1')).join('\n')}`;
}

const found = (text: string): string[] => SECRETS.filter((secret) => [secret, secret.toUpperCase(), toBase64(new TextEncoder().encode(secret))].some((one) => text.toLowerCase().includes(one.toLowerCase())));

describe('a run that is passed on', () => {
  test('has no word in place of nothing: a channel that a person closed has no text', () => {
    const closed = { type: 'smtp.console', connection: 90, state: 'closed', by: 'person', text: '', at: 9999, subject: 'run:1', seq: events.length } as unknown as InspectionEvent;
    expect(redact([...events, closed], REDACT_ALL).events.at(-1)).toMatchObject({ by: 'person', text: '' });
  });

  test('has all of it before: the test can fail', () => {
    expect(found(everything(events))).toEqual(SECRETS);
  });

  test('has nothing of it after, in any format, as text or in base64', () => {
    expect(found(everything(redact(events, REDACT_ALL).events))).toEqual([]);
  });

  test('is still a run, which says what went', () => {
    const { events: left } = redact(events, REDACT_ALL);
    const file = writeRunFile(left);
    expect(file.split('\n')[0]).toBe('{"format":"danescope-run","version":1,"redacted":["addresses","names","users","typed","paths"]}');
    const read = readRunFile(file);
    expect(read).toMatchObject({ ok: true });
    const run = fold(read.ok ? read.value : []);
    expect(run.outcome).toEqual(fold(events).outcome);
    expect(run.endpoints).toHaveLength(fold(events).endpoints.length);
    expect(assess(run).map(({ code }) => code)).toEqual(assess(fold(events)).map(({ code }) => code));
    for (const report of [htmlReport(run, [], null), markdownReport(run, []), textReport(run, [])]) expect(report.replaceAll(/\s+/g, ' ')).toContain('Redacted');
    expect(jsonReport(run, []).redacted).toEqual(['addresses', 'names', 'users', 'typed', 'paths']);
  });

  test('shows before what will go, how often, kind by kind', () => {
    const { items } = redact(events, REDACT_NOTHING);
    expect(items.map(({ kind, text }) => [kind, text])).toEqual([
      ['addresses', '192.168.7.20'], ['addresses', '2001:db8:77::9'], ['addresses', '192.168.7.53'], ['addresses', 'fd00:7::53'], ['addresses', '203.0.113.99'], ['names', 'laptop.home.example'], ['names', 'dsl-77.provider.example'], ['users', 'anna.smith'],
      ['paths', '/home/anna/.danescope/out/inspect.js'], ['paths', '/home/anna/.danescope/root.key'], ['typed', 'MAIL FROM:<boss@secret.example>'], ['typed', 'NOOP edited-by-anna'],
    ].toSorted((left, right) => items.findIndex((item) => item.text === left[1]) - items.findIndex((item) => item.text === right[1])));
    expect(items.every(({ count }) => count > 0)).toBe(true);
    expect(redact(events, REDACT_ALL).items).toEqual(items);
  });

  test('loses only the kinds that were chosen, and nothing where none was', () => {
    expect(redact(events, REDACT_NOTHING).events).toEqual(events);
    const left = everything(redact(events, { ...REDACT_NOTHING, typed: true }).events);
    expect(found(left)).toEqual(SECRETS.filter((secret) => !/secret\.example|edited-by/.test(secret)));
  });

  test('keeps the code of a reply to what was typed', () => {
    expect(fold(redact(events, REDACT_ALL).events).consoles[0]?.lines.map(({ text }) => text)).toEqual(['EHLO redacted-name', '[redacted]', '550 [redacted]']);
  });

  test('made on the mail server itself keeps the name that is inspected', () => {
    const own = events.map((event) => JSON.parse(JSON.stringify(event).replaceAll('laptop.home.example', 'mx1.tlsa-mismatch.example')) as InspectionEvent);
    const run = fold(redact(own, REDACT_ALL).events);
    expect(run.hosts.map(({ name }) => name)).toEqual(['mx1.tlsa-mismatch.example']);
    expect(run.context?.helo).toBe('redacted-name');
    expect(run.connections.flatMap(({ lines }) => lines.filter(({ from, text }) => from === 'client' && /EHLO/.test(text)).map(({ text }) => text)).every((text) => text === 'EHLO redacted-name')).toBe(true);
  });

  test('redacted twice says what went both times', () => {
    const once = redact(events, { ...REDACT_NOTHING, users: true }).events;
    expect(fold(redact(once, { ...REDACT_NOTHING, paths: true }).events).context?.redacted).toEqual(['users', 'paths']);
  });

  test('leaves out a further name of this computer', () => {
    const { items } = redact(events, REDACT_ALL, ['LAPTOP.home.example', 'laptop']);
    expect(items.filter(({ kind }) => kind === 'names').map(({ text }) => text)).toEqual(['laptop.home.example', 'dsl-77.provider.example']);
  });
});

test.each([4096, 4097, 100_000, 1_000_000])('names, addresses and users of %d characters, as only a made-up run file has them, go all the same', (length) => {
  const long = `(Long[\\${'x'.repeat(length)}`;
  const spoilt = events.map((event): InspectionEvent => (event.type === 'run.started'
    ? { ...event, context: { ...event.context, helo: `${long}.example`, sources: [`${long}:1`], target: { ...event.context.target, input: `${long}/anna@tlsa-mismatch.example` } } } : event));
  expect(JSON.stringify(redact(spoilt, REDACT_ALL).events)).not.toContain('xxxx');
});
