/** The schema of the JSON report: what is written down is what is made. To write it anew: `UPDATE_SCHEMA=1 npm run unit -- test/report/json-schema`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { EMPTY_RUN } from '../../core/inspection/fold.ts';
import { jsonReport } from '../../core/report/json.ts';
import { jsonReportSchema, jsonSchemaDocument } from '../../core/report/json-schema.ts';
import { startLab, type Lab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

const file = resolve(import.meta.dirname, '../../docs/report-schema.json');

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterAll(() => lab.close());

describe('the schema of the JSON report', () => {
  test('is the one in docs', () => {
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(file, jsonSchemaDocument());
    expect(readFileSync(file, 'utf8')).toBe(jsonSchemaDocument());
  });

  test.each(['good-311', 'tlsa-mismatch', 'servers-differ', 'null-mx', 'connection-failed', 'tlsa-lookup-failed', 'domain-does-not-exist'])('holds for %s', async (scene) => {
    const { run } = await inspectInLab(lab, `${scene}.example`);
    expect(jsonReportSchema.safeParse(JSON.parse(JSON.stringify(jsonReport(run, assess(run))))).error?.issues ?? []).toEqual([]);
  });

  test('holds for an empty run, and not for anything', () => {
    expect(jsonReportSchema.safeParse(jsonReport(EMPTY_RUN, [])).success).toBe(true);
    expect(jsonReportSchema.safeParse({ ...jsonReport(EMPTY_RUN, []), outcome: 'fine' }).success).toBe(false);
  });
});
