/** How far our clock is off, as the name servers' cookies tell it (RFC 9018 §4.3), through the real sockets. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import type { Finding } from '../../core/findings/finding.ts';
import { clockOffset } from '../../core/inspection/clock-offset.ts';
import { inspect } from '../../core/inspection/inspect.ts';
import { fold } from '../../core/inspection/fold.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import type { Run } from '../../core/inspection/run.ts';
import { systemPorts } from '../../core/net/ports.ts';
import { parseTarget } from '../../core/target/parse.ts';
import { ClockBehind } from '../../lab/clock-behind.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { inspectInLab, optionsInLab } from './inspect-lab.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab({ only: ['clock-off', 'good-311', 'good-one-clock-wrong', 'resolver-unusable'] }); });
afterAll(() => lab.close());

test('a right clock is told with the number of servers, and is no finding', async () => {
  const { run } = await inspectInLab(lab, 'good-311.example');
  expect(clockOffset(run)).toMatchObject({ state: 'measured', servers: 3, zones: 3, heard: 3 });
  expect(Math.abs(secondsOf(run))).toBeLessThanOrEqual(5);
  expect(assess(run)).toEqual([]);
});

test('clock-off: 412 s behind is a warning, and the verdict is as it was', async () => {
  const { run } = await inspectInLab(lab, 'clock-off.example');
  expect(Math.abs(secondsOf(run) + 412)).toBeLessThanOrEqual(5);
  const [only, ...others] = assess(run);
  expect([run.outcome.outcome, only?.code, only?.severity, others]).toEqual(['authenticated', 'clock-off', 'warning', []]);
  expect(only?.message).toMatch(/^This computer’s clock is off by 4[01]\d s; signature times may be misjudged\. It is behind those of 3 name servers of 3 zones/);
  const answered = new Set(run.exchanges.map(({ answer }) => answer?.seq));
  expect(only?.evidence.map(({ seq }) => answered.has(seq ?? -1))).toEqual([true, true, true]);
});

test('good-one-clock-wrong: one server that lies moves nothing', async () => {
  const { run } = await inspectInLab(lab, 'good-one-clock-wrong.example');
  expect(clockOffset(run)).toMatchObject({ state: 'measured', servers: 3, zones: 3, heard: 4 });
  expect(Math.abs(secondsOf(run))).toBeLessThanOrEqual(5);
  expect([run.outcome.outcome, assess(run)]).toEqual(['authenticated', []]);
});

test('behind a forwarder it is not known, and the reason is told', async () => {
  const { run } = await inspectInLab(lab, 'resolver-unusable.example');
  expect(clockOffset(run)).toEqual({ state: 'not-measured', reason: 'names are asked through a resolver, and a single server is no witness' });
});

describe('RFC 4035 §5.3.1: a clock that is so wrong that signatures are misjudged', () => {
  test.each([['ahead', 40 * 86_400], ['behind', -40 * 86_400]])('%s: it is told beside the fault, which is not held against the domain', async (word, seconds) => {
    const run = await withClock('good-311.example', seconds);
    const findings = assess(run);
    expect(findings.map(({ code }) => code)).toEqual(['clock-off', 'resolver-unusable']);
    expect(messageOf(findings, 'clock-off')).toContain(` ${word} `);
    expect(messageOf(findings, 'resolver-unusable')).toMatch(/ This computer’s clock is off by 3456\d{3} s: by that of the name servers the signature is valid now\.$/);
  });
});

const secondsOf = (run: Run): number => {
  const offset = clockOffset(run);
  return offset.state === 'measured' ? offset.seconds : Number.NaN;
};

const messageOf = (findings: readonly Finding[], code: string): string => findings.find((finding) => finding.code === code)?.message ?? '';

async function withClock(text: string, secondsAhead: number): Promise<Run> {
  const target = parseTarget(text);
  if (!target.ok) throw new Error(target.failure.message);
  const events: InspectionEvent[] = [];
  const ports = systemPorts();
  for await (const event of inspect(target.value, { ...ports, network: lab.network, clock: new ClockBehind(ports.clock, -secondsAhead) }, optionsInLab(lab))) events.push(event);
  return fold(events);
}
