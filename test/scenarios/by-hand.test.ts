/** A person's hand on runs against the practice lab: step mode, then a console whose events go on with the run's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { openConsole } from '../../core/inspection/console.ts';
import type { ConsoleRequest, ControlAction } from '../../core/inspection/control.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { fold } from '../../core/inspection/fold.ts';
import { RunControl } from '../../core/inspection/run-control.ts';
import { readRunFile, writeRunFile } from '../../core/inspection/run-file.ts';
import { htmlReport } from '../../core/report/html.ts';
import { jsonReport } from '../../core/report/json.ts';
import { markdownReport } from '../../core/report/markdown.ts';
import { textReport } from '../../core/report/text.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { inspectingInLab } from './inspect-lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ only: ['good-311', 'good-465', 'two-mx-one-bad', 'tlsa-mismatch'] });
});
afterAll(() => lab.close());

type Answer = (event: Extract<InspectionEvent, { type: 'smtp.paused' }>) => ControlAction;
const send: Answer = ({ pause }) => ({ type: 'send', pause });

async function stepped(target: string, answer: Answer, signal = new AbortController().signal): Promise<{ readonly events: InspectionEvent[]; readonly control: RunControl }> {
  const control = new RunControl({ step: true });
  const events: InspectionEvent[] = [];
  for await (const event of inspectingInLab(lab, target, { control, probe: 'quick' }, signal)) {
    events.push(event);
    if (event.type === 'smtp.paused') control.control(answer(event));
  }
  return { events, control };
}

const FIRST: ConsoleRequest = { host: 'mx1.good-311.example', address: '', keyType: null, allow: { mail: false, auth: false } };

/** On the first address of the host; closes after the lines. */
async function typed(run: { readonly events: InspectionEvent[]; readonly control: RunControl }, lines: readonly string[], changes: Partial<ConsoleRequest> = {}, stop = new AbortController()): Promise<void> {
  const host = fold(run.events).hosts[0];
  const opened = openConsole({ ...FIRST, host: host?.name ?? '', address: host?.addresses[0]?.address ?? '', ...changes }, run.control, stop.signal);
  if (!opened.ok) throw new Error(opened.failure.text);
  const waiting = [...lines];
  let isOpen = false;
  for await (const event of opened.value) {
    run.events.push(event);
    isOpen ||= event.type === 'smtp.console' && event.state === 'open';
    const isTurn = event.type === 'smtp.console' ? event.state === 'open' : isOpen && event.type === 'smtp.line' && event.line.from === 'server' && /^\d{3}(?: |$)/.test(event.line.text);
    // The desk takes the next line as soon as the reply was read to its end.
    if (isTurn) setImmediate(() => run.control.control(waiting.length > 0 ? { type: 'type', text: waiting.shift() ?? '', confirmed: true } : { type: 'close' }));
  }
}

describe('step mode', () => {
  test('each command as a sender says it: the same verdict, not marked', async () => {
    const { events } = await stepped('good-311.example', send);
    const run = fold(events);
    expect(run).toMatchObject({ state: 'finished', edited: false, outcome: { outcome: 'authenticated' } });
    expect(run.connections.every(({ paused }) => paused === undefined)).toBe(true);
  });

  test('an edited command marks the run, its verdict and every report', async () => {
    const { events } = await stepped('good-311.example', ({ pause, command }) => (command.startsWith('EHLO') ? { type: 'edit', pause, text: 'EHLO other.example' } : { type: 'send', pause }));
    const run = fold(events);
    expect(run.edited).toBe(true);
    expect(run.outcome.headline).toContain('(edited by hand)');
    expect(run.endpoints[0]?.verdict).toMatchObject({ outcome: 'authenticated', edited: true, reason: { text: expect.stringMatching(/^Edited by hand: /) as string } });
    const findings = assess(run);
    for (const report of [textReport(run, findings, { dialogue: true }), markdownReport(run, findings), htmlReport(run, findings, null)]) expect(report.replaceAll(/\s+/g, ' ')).toContain('This is not what a sender meets');
    expect(textReport(run, findings, { dialogue: true }).replaceAll(/\s+/g, ' ')).toContain('=== edited by hand: EHLO other.example in place of EHLO visitor.example');
    expect(jsonReport(run, findings)).toMatchObject({ edited: true });
  });

  test('STARTTLS left out: not determined, and no finding against the server', async () => {
    const run = fold((await stepped('good-311.example', ({ pause, command }) => ({ type: command === 'STARTTLS' ? 'skip' : 'send', pause }))).events);
    expect(run.outcome.outcome).toBe('not-determined');
    expect(assess(run)).toEqual([]);
  });

  test('stopped: the run ends as stopped, the servers got their QUIT, and the run tells it', async () => {
    const { events } = await stepped('two-mx-one-bad.example', ({ pause, command }) => (command === 'STARTTLS' ? { type: 'stop' } : { type: 'send', pause }));
    const run = fold(events);
    expect(run.state).toBe('stopped');
    const inStep = run.connections.filter(({ lines }) => lines.length > 1);
    expect(inStep.length).toBeGreaterThan(0);
    for (const { lines } of inStep) expect(lines.findLast(({ from }) => from === 'client')?.text).toBe('QUIT');
  });

  test('the whole deadline of the run does not run while a person thinks', async () => {
    const control = new RunControl({ step: true });
    const events: InspectionEvent[] = [];
    for await (const event of inspectingInLab(lab, 'good-311.example', { control, probe: 'quick', deadline: 5000 })) {
      events.push(event);
      if (event.type === 'smtp.paused') setTimeout(() => control.control({ type: 'send', pause: event.pause }), 1500);
    }
    expect(fold(events).state).toBe('finished');
  }, 20_000);

  test('what is told is what a reader of run files wants', async () => {
    const { events } = await stepped('good-311.example', ({ pause, command }) => (command === 'QUIT' ? { type: 'skip', pause } : { type: 'edit', pause, text: `${command} ` }));
    expect(readRunFile(writeRunFile(events))).toEqual({ ok: true, value: events });
  });
});

describe('a console after the run', () => {
  test('goes on with the numbers of the run, verified as the run was, and changes nothing about it', async () => {
    const run = await stepped('good-311.example', send);
    const before = fold(run.events);
    await typed(run, ['NOOP', 'MAIL FROM:<>', 'RCPT TO:<postmaster@good-311.example>', 'RSET', 'VRFY a', 'HELP']);
    expect(run.events.map(({ seq }) => seq)).toEqual(run.events.map((_event, index) => index));
    const after = fold(run.events);
    expect(after.consoles[0]).toMatchObject({ state: 'closed', verdict: { outcome: 'authenticated', matched: { record: 0 } }, end: { by: 'person' } });
    expect(after.consoles[0]?.lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['250 2.1.5 Ok', 'QUIT', '221 2.0.0 Bye']) as string[]);
    for (const part of ['state', 'elapsedMs', 'stage', 'connections', 'endpoints', 'outcome', 'hosts', 'edited'] as const) expect(after[part]).toEqual(before[part]);
    expect(assess(after)).toEqual(assess(before));
  });

  test('is part of the run file and of every report, and folds in batches as at once', async () => {
    const run = await stepped('good-311.example', send);
    await typed(run, ['NOOP']);
    expect(readRunFile(writeRunFile(run.events))).toEqual({ ok: true, value: run.events });
    const whole = fold(run.events);
    for (const report of [textReport(whole, [], { dialogue: true }), markdownReport(whole, []), htmlReport(whole, [], null)]) {
      expect(report).toContain('TLS 1.3 · authenticated by 3 1 1 (record 1)');
      expect(report).toMatch(/~(>|&gt;)\s+NOOP/);
      expect(report).toContain('closed by you');
    }
    expect(jsonReport(whole, []).consoles).toMatchObject([{ authenticated: true, closed: expect.stringContaining('closed by you') as string, port: 25 }]);
    for (let length = 0; length <= run.events.length; length += 5) expect(() => fold(run.events.slice(0, length))).not.toThrow();
  });

  test('says that it is not authenticated where the run says so', async () => {
    const run = await stepped('tlsa-mismatch.example', send);
    await typed(run, ['NOOP']);
    expect(fold(run.events).consoles[0]?.verdict?.outcome).toBe('refused');
    expect(textReport(fold(run.events), [], { dialogue: true })).toContain('TLS 1.3 · not authenticated');
  });

  test('takes mail for the lab, with TLS on connect too, and keeps no secret', async () => {
    const run = await stepped('mx1.good-465.example:465', send);
    const secret = 'AHNvbWVib2R5AHNlY3JldA==';
    await typed(run, [`AUTH PLAIN ${secret}`, 'AUTH LOGIN', 'c29tZWJvZHk=', 'c2VjcmV0', 'NOOP'], { allow: { mail: true, auth: true } });
    const kept = writeRunFile(run.events);
    for (const part of [secret, 'c29tZWJvZHk', 'c2VjcmV0']) expect(kept).not.toContain(part);
    expect(fold(run.events).consoles[0]?.lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['AUTH PLAIN [not kept]', '535 5.7.8 [not kept]', '250 2.0.0 Ok']) as string[]);
  });

  test('has one at a time, for endpoints of the run alone, while its TLSA records hold (RFC 7671 §10.2)', async () => {
    const run = await stepped('good-311.example', send);
    const signal = new AbortController().signal;
    const code = (request: Partial<ConsoleRequest>, control = run.control): string | undefined => {
      const opened = openConsole({ ...FIRST, ...request }, control, signal);
      return opened.ok ? undefined : opened.failure.code;
    };
    expect(code({}, new RunControl({ step: false }))).toBe('run-goes-on');
    expect(code({ address: '203.0.113.99' })).toBe('unknown-endpoint');
    expect(code({ host: 'mx.elsewhere.example' })).toBe('unknown-endpoint');
    const address = fold(run.events).hosts[0]?.addresses[0]?.address ?? '';
    const known = run.control.thread?.hosts.get(FIRST.host);
    if (known === undefined) throw new Error('no host');
    run.control.thread?.hosts.set(FIRST.host, { ...known, readAt: known.readAt - known.host.tlsaTtl * 1000 - 1000 });
    expect(code({ address })).toBe('records-expired');
    run.control.thread?.hosts.set(FIRST.host, known);
    expect(code({ address })).toBeUndefined();
    expect(code({ address })).toBe('console-open');
  });
});
