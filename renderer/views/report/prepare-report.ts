/** All that a report is made of but its picture, worked out in pieces: a long run takes longer than a frame may. */
import type { Finding } from '../../../core/findings/finding.ts';
import { assess } from '../../../core/findings/assess.ts';
import type { TrustGraph } from '../../../core/graph/graph-facts.ts';
import { trustGraph } from '../../../core/graph/trust-graph.ts';
import type { InspectionEvent } from '../../../core/inspection/events.ts';
import { cutOff, EMPTY_RUN, foldEvents } from '../../../core/inspection/fold.ts';
import { redaction, type RedactedRun } from '../../../core/inspection/redaction.ts';
import type { RedactionChoice } from '../../../core/inspection/redaction-kinds.ts';
import type { Run } from '../../../core/inspection/run.ts';
import { htmlReportSteps } from '../../../core/report/html.ts';
import { nextTask } from '../../session/next-task.ts';
import { textOf, type ReportFormat, type ReportSource } from './model.ts';

export interface PreparedRun {
  /** what it was made of */
  readonly from: readonly InspectionEvent[];
  readonly choice: RedactionChoice;
  readonly isCut: boolean;
  readonly left: RedactedRun;
  readonly run: Run;
  readonly findings: readonly Finding[];
  readonly graph: TrustGraph;
}

export interface Preparing {
  /** nothing more will be told of the run */
  readonly isCut: boolean;
  /** nobody waits any more */
  readonly isOver: () => boolean;
}

/** events folded in one piece */
const PIECE = 2000;

/** The text of the report, an HTML report section by section. @returns as {@link prepareReport} */
export async function textInPieces(format: Exclude<ReportFormat, 'pdf'>, source: ReportSource, isOver: () => boolean): Promise<string | null> {
  if (format !== 'html') return textOf(format, source);
  const steps = htmlReportSteps(source.run, source.findings, source.placed, { sections: source.sections });
  let step = steps.next();
  while (step.done !== true) {
    await nextTask();
    if (isOver()) return null;
    step = steps.next();
  }
  return step.value;
}

/** @returns null where `isOver` said that nobody waits any more */
export async function prepareReport(from: readonly InspectionEvent[], choice: RedactionChoice, { isCut, isOver }: Preparing): Promise<PreparedRun | null> {
  const steps = redaction(from, choice);
  let step = steps.next();
  while (step.done !== true) {
    await nextTask();
    if (isOver()) return null;
    step = steps.next();
  }
  const left = step.value;
  let run = EMPTY_RUN;
  for (let at = 0; at < left.events.length; at += PIECE) {
    await nextTask();
    run = foldEvents(run, left.events.slice(at, at + PIECE));
  }
  if (isCut) run = cutOff(run);
  await nextTask();
  const findings = assess(run);
  await nextTask();
  return isOver() ? null : { from, choice, isCut, left, run, findings, graph: trustGraph(run) };
}
