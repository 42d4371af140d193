/** Every scene of the practice lab ends as it says, inspected through the real sockets. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { FINDING_CODES } from '../../core/findings/codes.ts';
import { LISTED_SCENES } from '../../lab/list.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { unseenEvidence } from './evidence-seen.ts';
import { inspectInLab } from './inspect-lab.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab(); });
afterAll(() => lab.close());

describe('a scene ends as it says, and its findings lead to what they rest upon', () => {
  test.each(LISTED_SCENES.map((scene) => [scene.name, scene] as const))('%s', async (_name, scene) => {
    const { run } = await inspectInLab(lab, scene.target);
    const findings = assess(run);
    const codes = findings.map((finding) => finding.code);
    expect({ state: run.state, failure: run.failure, outcome: run.outcome.outcome, findings: [...new Set(codes)].sort() })
      .toEqual({ state: 'finished', failure: null, outcome: scene.outcome, findings: [...scene.findings].sort() });
    expect(unseenEvidence(run, findings)).toEqual([]);
  });
});

describe('the list of scenes', () => {
  test.each(FINDING_CODES)('%s has a scene of its name that provokes it and nothing else', (code) => {
    expect(LISTED_SCENES.find((scene) => scene.name === code)?.findings).toEqual([code]);
  });

  test('names only findings that exist', () => {
    const known: readonly string[] = FINDING_CODES;
    expect(LISTED_SCENES.flatMap((scene) => scene.findings).filter((code) => !known.includes(code))).toEqual([]);
  });

  test('a scene is found by its name and by its domain', () => {
    expect(new Set(LISTED_SCENES.map((scene) => scene.name)).size).toBe(LISTED_SCENES.length);
    expect(LISTED_SCENES.filter((scene) => scene.domain.split('.')[0] !== scene.name)).toEqual([]);
  });
});
