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
import { gathered, htmlPieces, type HtmlOptions, type HtmlPiece } from '../../../core/report/html.ts';
import { nextTask } from '../../session/next-task.ts';
import type { ReportSource } from './model.ts';

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

/** events folded at once */
const EVENTS = 2000;
/** pieces of an HTML report made at once */
const PIECES = 8;

/** The HTML report as one text, made piece by piece. */
export async function htmlInPieces({ run, findings, placed, sections }: ReportSource, options: Pick<HtmlOptions, 'paper'> = {}): Promise<string> {
  const { page, pieces } = htmlPieces(run, findings, placed, { ...options, sections });
  const made: HtmlPiece[] = [];
  for (const piece of pieces) {
    made.push(piece);
    if (made.length % PIECES === 0) await nextTask();
  }
  await nextTask();
  return page(gathered(made));
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
  for (let at = 0; at < left.events.length; at += EVENTS) {
    await nextTask();
    run = foldEvents(run, left.events.slice(at, at + EVENTS));
  }
  if (isCut) run = cutOff(run);
  await nextTask();
  const findings = assess(run);
  await nextTask();
  const graph = trustGraph(run);
  // What waits for this draws and lays it out.
  await nextTask();
  return isOver() ? null : { from, choice, isCut, left, run, findings, graph };
}
