import { describe, expect, test } from 'vitest';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { startLab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';
import { readRunFile, runFileHeader, writeRunFile, type RunFileError } from '../../core/inspection/run-file.ts';

const events: readonly InspectionEvent[] = [
  { type: 'dns.notice', seq: 0, at: 1, subject: 'domain:example.org', code: 'work-limit', text: 'a\nb \u2028 "' },
  { type: 'run.stopped', seq: 1, at: 2, subject: 'domain:example.org', text: 'stopped' },
];

function fault(text: string): RunFileError {
  const result = readRunFile(text);
  if (result.ok) throw new Error('was read');
  return result.failure;
}

describe('a run file', () => {
  test('gives back what was written', () => {
    expect(readRunFile(writeRunFile(events))).toEqual({ ok: true, value: events });
  });

  test('of an older version, whose handshake messages had a name and a size alone, is read', () => {
    const failure = { code: 'closed', text: 'closed', alert: null, elapsedMs: 1, messages: [{ from: 'client', name: 'ClientHello', size: 512 }], mayBeOurs: false };
    const old = { type: 'tls.failed', seq: 0, at: 1, subject: 'connection:a/192.0.2.1/1', connection: 1, failure };
    const wrong = { ...old, failure: { ...failure, messages: [{ ...failure.messages[0], bytes: 'no base64' }] } };
    expect(readRunFile(`${runFileHeader()}${JSON.stringify(old)}\n`)).toEqual({ ok: true, value: [old] });
    expect(fault(`${runFileHeader()}${JSON.stringify(wrong)}\n`).text).toContain('failure.messages[0].bytes');
  });

  test('is one line an event, whatever is in it', () => {
    expect(writeRunFile(events).split('\n')).toHaveLength(4);
  });

  test('opens from any prefix of whole lines, and from one that was cut within a line', () => {
    const text = writeRunFile(events);
    for (let length = runFileHeader().length; length <= text.length; length += 1) {
      const result = readRunFile(text.slice(0, length));
      expect(result.ok && result.value.length).toBe(text.slice(runFileHeader().length, length).split('\n').filter((line) => isWhole(line)).length);
    }
  });

  test('may have been through an editor that writes CRLF and a byte order mark', () => {
    expect(readRunFile(`\uFEFF${writeRunFile(events).replaceAll('\n', '\r\n')}`)).toEqual({ ok: true, value: events });
  });
});

test('what the engine tells is what the reader wants, in every scene of a kind', async () => {
  const lab = await startLab({ only: ['dual-key-one-record', 'greeting-rejected', 'tlsa-lookup-failed', 'handshake-failed', 'null-mx'] });
  try {
    for (const { target } of lab.scenes) {
      const told = (await inspectInLab(lab, target)).events;
      expect(readRunFile(writeRunFile(told))).toEqual({ ok: true, value: told });
    }
  } finally {
    await lab.close();
  }
});

describe('what is wrong is told with its line', () => {
  const header = runFileHeader();
  const line = (event: object): string => `${JSON.stringify(event)}\n`;
  const good = { type: 'run.stopped', seq: 0, at: 2, subject: 'domain:example.org', text: 'stopped' };

  test.each([
    ['', 1, 'not a run file'],
    ['{"a":1}\n', 1, 'not a run file'],
    ['{"format":"danescope-run","version":2}\n', 1, 'version 2; this program reads version 1'],
    [`${header}nonsense\n${line(good)}`, 2, 'not a JSON object: nonsense'],
    [`${header}[1]\n${line(good)}`, 2, 'not a JSON object'],
    [`${header}\n${line(good)}`, 2, 'not a JSON object'],
    [header + line({ ...good, seq: 1 }), 2, 'event number is 1, but 0 comes next'],
    [header + line(good) + line(good), 3, 'event number is 0, but 1 comes next'],
    [header + line({ ...good, type: 'run.unknown' }), 2, 'Unknown event type "run.unknown"'],
    [header + line({ ...good, type: 'toString' }), 2, 'Unknown event type'],
    [header + line({ ...good, at: '2' }), 2, 'no time'],
    [header + line({ ...good, subject: 5 }), 2, 'no subject'],
    [header + line({ ...good, type: 'dns.lookup.finished' }), 2, 'has no lookup, or'],
    [header + line({ ...good, type: 'destination.found', destination: { kind: 'mx', domain: 'a', mxStatus: 'secure', reason: null, hosts: 'b' } }), 2, 'has no destination.hosts, or not of the right kind'],
    [header + line({ ...good, at: 9e15 }), 2, 'no time'],
    [header + line({ ...good, type: 'smtp.line', connection: 1, line: { from: 'server', text: 5 } }), 2, 'has no line.text, or not of the right kind'],
    [header + line({ ...good, type: 'tls.presented', connection: 1, presented: { certificates: ['__proto__'] } }), 2, 'has no presented.certificates[0]'],
    [header + line({ ...good, type: '\u001B[2J' }), 2, 'Unknown event type "\\u001b[2J"'],
  ])('%j', (text, at, words) => {
    expect(fault(text)).toMatchObject({ line: at, text: expect.stringContaining(words) as string });
  });

  test.each([
    ['its number', (nested: string) => `{"seq":${nested}}`],
    ['its type', (nested: string) => `{"seq":0,"type":${nested}}`],
    ['a part that no reader knows', (nested: string) => `${JSON.stringify(good).slice(0, -1)},"more":${nested}}`],
    ['a part of a part that a reader knows', (nested: string) => `{"type":"run.started","seq":0,"at":0,"subject":"run:","context":{"options":[${nested}]}}`],
  ])('nesting without end is refused, and ends nobody who goes down into it: %s', (_where, eventWith) => {
    for (const [open, close] of [['[', ']'], ['{"a":', '}']] as const) {
      expect(fault(`${header}${eventWith(`${open.repeat(200_000)}0${close.repeat(200_000)}`)}\n`)).toEqual({ line: 2, text: 'The event has more than 40 levels of lists and objects in one another.' });
    }
    expect(readRunFile(`${header}${JSON.stringify(good).slice(0, -1)},"more":${'['.repeat(38)}${']'.repeat(38)}}\n`).ok).toBe(true);
  });

  test('a line that is too long is not parsed', () => {
    expect(fault(`${header}${' '.repeat(5 * 1024 * 1024)}\n`)).toMatchObject({ line: 2, text: expect.stringContaining('at most') as string });
  });
});

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
