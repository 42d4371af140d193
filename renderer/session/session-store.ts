/** The run on the screen: its events, and what follows from them. Views read it; only the run controller, a run file and the replay write it. */
import { create } from 'zustand';
import type { Runtime, Scene } from '../../core/api/inspector-client.ts';
import type { Finding } from '../../core/findings/finding.ts';
import { assess } from '../../core/findings/assess.ts';
import { EMPTY_RUN, fold, foldEvent } from '../../core/inspection/fold.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import type { Run } from '../../core/inspection/run.ts';
import type { TargetError } from '../../core/target/target.ts';
import type { Status } from '../status/vocabulary.ts';
import { headline } from '../views/overview/headline.ts';

export interface SessionState {
  readonly runtime: Runtime | null;
  readonly scenes: readonly Scene[];
  readonly typed: string;
  readonly targetError: TargetError | null;
  /** what was last run, as typed; null before the first run */
  readonly target: string | null;
  /** the engine is at work */
  readonly busy: boolean;
  /** what the views show is not over: the engine is at work, or the replay stands before the end */
  readonly running: boolean;
  readonly events: readonly InspectionEvent[];
  /** how many of the events the views show; null for all, also of those to come */
  readonly position: number | null;
  /** the whole run */
  readonly whole: Run;
  /** what the views show: the fold of the events up to the position */
  readonly run: Run;
  readonly findings: readonly Finding[];
  /** name of the file that the run was opened from; null for a run made here */
  readonly file: string | null;
  /** outcomes of the runs made in this window, by target as typed */
  readonly results: { readonly [target: string]: Status };
  /** why the engine cannot be reached, in words; null while it can */
  readonly connectionLost: string | null;
}

const NOTHING = { events: [], position: null, whole: EMPTY_RUN, run: EMPTY_RUN, findings: [], file: null } as const;

export const useSession = create<SessionState>()(() => ({
  runtime: null, scenes: [], typed: '', targetError: null, target: null, busy: false, running: false, results: {}, connectionLost: null, ...NOTHING,
}));

export function beginRun(target: string): void {
  useSession.setState({ ...NOTHING, target, busy: true, running: true, connectionLost: null });
}

/** Adds a batch: any prefix of the events is a valid run. A replay stays where it stands. */
export function tell(batch: readonly InspectionEvent[]): void {
  const before = useSession.getState();
  const whole = batch.reduce(foldEvent, before.whole);
  useSession.setState({ events: [...before.events, ...batch], whole });
  if (before.position === null) show(whole);
}

export function endRun(target: string): void {
  const { whole, results, position } = useSession.getState();
  const known = whole.state === 'finished' ? { ...results, [target]: headline(whole, false).status } : results;
  useSession.setState({ busy: false, running: position !== null, results: known });
}

/**
 * Shows the run of a file in place of the one before.
 * @throws what the fold or the rules throw at facts that they cannot read; then the window shows what it showed before
 */
export function openRun(file: string, events: readonly InspectionEvent[]): void {
  const whole = fold(events);
  const findings = sorted(assess(whole));
  const target = whole.context?.target.input ?? file;
  useSession.setState({ ...NOTHING, events, whole, run: whole, findings, file, target, typed: target, targetError: null, busy: false, running: false });
}

/** @param position how many events the views show; null for all */
export function replayTo(position: number | null): void {
  const { events, whole, busy, run } = useSession.getState();
  if (position === null) {
    useSession.setState({ position: null, running: busy });
    return show(whole);
  }
  const count = Math.max(1, Math.min(events.length, Math.round(position)));
  const from = run.events <= count ? run : EMPTY_RUN;
  useSession.setState({ position: count, running: count < events.length || busy });
  show(events.slice(from.events, count).reduce(foldEvent, from));
}

function show(run: Run): void {
  useSession.setState({ run, findings: sorted(assess(run)) });
}

const ORDER = ['error', 'warning', 'info'];

/** Worst first; among equals as the rules told them. */
const sorted = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((left, right) => ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity));
