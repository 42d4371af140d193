/** Every name server at every address is asked where a run wants it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
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
