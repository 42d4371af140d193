/** A run file that a crash cut off: nothing more will be told of the run, and its report says so. */
import { expect, test } from 'vitest';
import { reportOf } from '../../cli/report-formats.ts';
import { cutOff, EMPTY_RUN, fold } from '../../core/inspection/fold.ts';
import { REDACT_NOTHING } from '../../core/inspection/redaction-kinds.ts';
import { twoHosts } from '../renderer/fixtures/events.ts';

test('it is stopped, with the outcome of what was told', async () => {
  const report = await reportOf(twoHosts.slice(0, -1), { format: 'json', redaction: REDACT_NOTHING, paper: 'a4', colour: false });
  expect(JSON.parse(String(report))).toMatchObject({ state: 'stopped', outcome: 'refused' });
});

test('a run that is over, or never began, stays as it is', () => {
  const whole = fold(twoHosts);
  expect(cutOff(whole)).toBe(whole);
  expect(cutOff(EMPTY_RUN)).toBe(EMPTY_RUN);
});
