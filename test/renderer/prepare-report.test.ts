/** The report is worked out in pieces: what comes of it is what would come at once. */
import { expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { fold } from '../../core/inspection/fold.ts';
import { redact } from '../../core/inspection/redaction.ts';
import { REDACT_ALL } from '../../core/inspection/redaction-kinds.ts';
import { htmlReport } from '../../core/report/html.ts';
import { htmlInPieces, prepareReport } from '../../renderer/views/report/prepare-report.ts';
import { twoHosts } from './fixtures/events.ts';

test('in pieces as at once', async () => {
  const made = await prepareReport(twoHosts, REDACT_ALL, { isCut: false, isOver: () => false });
  const left = redact(twoHosts, REDACT_ALL);
  expect(made?.left).toEqual(left);
  expect(made?.run).toEqual(fold(left.events));
  expect(made?.findings).toEqual(assess(fold(left.events)));
  expect(made?.graph.nodes.length).toBeGreaterThan(0);
});

test('the text of an HTML report, piece by piece, is that of the file', async () => {
  const run = fold(twoHosts);
  const source = { events: twoHosts, run, findings: assess(run), placed: null, sections: new Set(['findings', 'dialogues'] as const) };
  expect(await htmlInPieces(source)).toBe(htmlReport(run, source.findings, null, { sections: source.sections }));
  expect(await htmlInPieces(source, { paper: 'letter' })).toBe(htmlReport(run, source.findings, null, { sections: source.sections, paper: 'letter' }));
});

test('nothing where nobody waits any more', async () => {
  expect(await prepareReport(twoHosts, REDACT_ALL, { isCut: false, isOver: () => true })).toBeNull();
});

test('a run that was cut off is stopped in it; one that goes on is not', async () => {
  const early = twoHosts.slice(0, -1);
  const stateWhere = async (isCut: boolean) => (await prepareReport(early, REDACT_ALL, { isCut, isOver: () => false }))?.run.state;
  expect([await stateWhere(true), await stateWhere(false)]).toEqual(['stopped', 'running']);
});
