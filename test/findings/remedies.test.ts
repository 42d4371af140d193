/** What the findings advise must work: it is held against the product's own verifier, and never costs a domain its mail. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { startLab, type Lab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab(); });
afterAll(() => lab.close());

describe('RFC 5321 §5.1: with one family left out', () => {
  test.each(['good-implicit-mx', 'good-311'])('%s has a mail host: what was not tested is told, and no null MX advised', async (scene) => {
    const { run } = await inspectInLab(lab, `${scene}.example`, { families: [6] });
    expect(run.outcome.outcome).toBe('not-determined');
    expect(assess(run)).toEqual([]);
    expect(run.connections).toEqual([]);
    expect(run.endpoints.map(({ verdict }) => [verdict.outcome, verdict.reason.code])).toEqual([['not-determined', 'family-left-out']]);
  });

  test('no-mail-host copies nothing that ends all mail', async () => {
    const { run } = await inspectInLab(lab, 'no-mail-host.example');
    expect(assess(run).map(({ code, remedy }) => [code, remedy?.copy])).toEqual([['no-mail-host', null]]);
  });
});
