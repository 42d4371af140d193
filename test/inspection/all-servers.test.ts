/** Every name server at every address is asked where a run wants it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fold } from '../../core/inspection/fold.ts';
import type { RunContext } from '../../core/inspection/events.ts';
import { readRunFile, writeRunFile } from '../../core/inspection/run-file.ts';
import { assess } from '../../core/findings/assess.ts';
import { type Lab, startLab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab({ only: ['good-311'] }); });
afterAll(() => lab.close());

test('MX, addresses and TLSA are compared; servers that agree give no finding', async () => {
  const { run } = await inspectInLab(lab, 'good-311.example', { allServers: true });
  expect(run.comparisons?.map(({ name, rrtype }) => `${name} ${rrtype}`).sort()).toEqual([
    '_25._tcp.mx1.good-311.example TLSA', 'good-311.example MX', 'mx1.good-311.example A', 'mx1.good-311.example AAAA',
  ]);
  for (const { servers, zone } of run.comparisons ?? []) {
    expect(zone).toBe('good-311.example');
    expect(servers.map(({ group }) => group)).toEqual([0]);
    expect(servers.every(({ signatures, serial }) => signatures.length > 0 && serial !== null)).toBe(true);
  }
  expect(assess(run)).toEqual([]);
});

test('without the option nothing is asked twice', async () => {
  expect((await inspectInLab(lab, 'good-311.example')).run.comparisons).toBeUndefined();
});

test('the run tells whether all were asked, through the run file too; a file that is older than the question is read', async () => {
  const { events } = await inspectInLab(lab, 'good-311.example', { allServers: true });
  const context = (read: ReturnType<typeof readRunFile>): RunContext | null => (read.ok ? fold(read.value).context : null);
  expect(context(readRunFile(writeRunFile(events)))).toMatchObject({ allServers: true, minimiseQueryNames: false });
  const older = writeRunFile(events).replace('"allServers":true,"minimiseQueryNames":false,', '');
  expect(context(readRunFile(older))?.helo).toBe('visitor.example');
  expect(context(readRunFile(older))).not.toHaveProperty('allServers');
  expect(readRunFile(writeRunFile(events).replace('"allServers":true', '"allServers":"yes"')).ok).toBe(false);
});
