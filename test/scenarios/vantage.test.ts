/** The scenes that show only in a run of a certain kind: the same domains are in order in any other. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { labVantage } from '../../core/net/vantage.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { inspectInLab } from './inspect-lab.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab({ only: ['servers-differ', 'resolver-unusable'] }); });
afterAll(() => lab.close());

const TLSA_NAME = '_25._tcp.mx1.servers-differ.example';

test('servers-differ: whichever server is asked first, outcome and findings are the same', async () => {
  const first = new Set<string>();
  for (let tries = 0; tries < 40 && first.size < 2; tries += 1) {
    const { run } = await inspectInLab(lab, 'servers-differ.example');
    const asked = run.exchanges.find(({ name, rrtype }) => name === TLSA_NAME && rrtype === 'TLSA');
    if (asked !== undefined) first.add(asked.server.address);
    expect([run.outcome.outcome, ...assess(run).map(({ code }) => code)]).toEqual(['authenticated', 'servers-differ']);
    const compared = run.comparisons?.find(({ name, rrtype }) => name === TLSA_NAME && rrtype === 'TLSA')?.servers ?? [];
    expect(new Set(compared.map(({ records }) => records.length))).toEqual(new Set([1, 2]));
    expect(compared.map(({ signatures }) => signatures.length)).toEqual([1, 1]);
    expect(new Set(compared.map(({ serial }) => serial)).size).toBe(2);
  }
  expect(first.size).toBe(2);
});

test('servers-differ: nothing to find where one server is asked', async () => {
  const { run } = await inspectInLab(lab, 'servers-differ.example', { allServers: false });
  expect([run.outcome.outcome, assess(run)]).toEqual(['authenticated', []]);
});

test('resolver-unusable: the same domain is authenticated from the root', async () => {
  const { run } = await inspectInLab(lab, 'resolver-unusable.example', { resolution: labVantage(lab).resolution });
  expect([run.outcome.outcome, assess(run)]).toEqual(['authenticated', []]);
});
