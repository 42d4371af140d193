/** What holds of the events of any run, shown on every scene of the lab. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { fold } from '../../core/inspection/fold.ts';
import { LISTED_SCENES } from '../../lab/list.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import type { Inspected } from './inspect-lab.ts';
import { inspectInLab } from './inspect-lab.ts';

let lab: Lab;
const inspected = new Map<string, Inspected>();
beforeAll(async () => {
  lab = await startLab();
  for (const scene of LISTED_SCENES) inspected.set(scene.name, await inspectInLab(lab, scene.target));
});
afterAll(() => lab.close());

/** Code and section column of docs/findings.md. */
const DOCUMENTED: ReadonlyMap<string, string> = new Map(readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8').split('\n')
  .flatMap((line) => { const [, code, , section] = line.split('|'); return code !== undefined && section !== undefined ? [[code.replaceAll('`', '').trim(), section] as const] : []; }));

const of = (name: string): Inspected => {
  const found = inspected.get(name);
  if (found === undefined) throw new Error(`${name} was not inspected`);
  return found;
};

describe.each(LISTED_SCENES.map((scene) => scene.name))('%s', (name) => {
  test('events count from 0 without gaps, and none is before the start', () => {
    const { events } = of(name);
    expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index));
    expect(events.filter((event) => event.at < 0)).toEqual([]);
    expect(events[0]?.type).toBe('run.started');
    expect(events.at(-1)?.type).toBe('run.finished');
  });

  test('events survive being written as JSON and read again', () => {
    const { events, run } = of(name);
    const again = JSON.parse(JSON.stringify(events)) as typeof events;
    expect(again).toEqual(events);
    expect(fold(again)).toEqual(run);
  });

  test('any prefix of the events is a valid run with findings', () => {
    const { events } = of(name);
    for (let length = 0; length <= events.length; length += 7) {
      const run = fold(events.slice(0, length));
      expect(run.events).toBe(length);
      expect(() => assess(run)).not.toThrow();
    }
  });

  test('no loopback address is told', () => {
    const { events } = of(name);
    expect(events.filter((event) => JSON.stringify(event).includes('127.0.0.1'))).toEqual([]);
  });

  test('every finding leads to evidence: an event of the run', () => {
    const { events, run } = of(name);
    for (const finding of assess(run)) {
      expect(finding.evidence.length).toBeGreaterThan(0);
      expect(finding.rfc).toMatch(/^RFC \d+/);
      expect(DOCUMENTED.get(finding.code), finding.code).toContain(finding.rfc.replace(/^RFC \d+ /, ''));
      for (const { seq } of finding.evidence) expect(seq === null || events[seq] !== undefined).toBe(true);
    }
  });
});
