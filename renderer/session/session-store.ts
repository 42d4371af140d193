/** The run on the screen: its events, and what follows from them. Views read it; only the run controller writes it. */
import { create } from 'zustand';
import type { Runtime, Scene } from '../../core/api/inspector-client.ts';
import type { Finding } from '../../core/findings/finding.ts';
import { assess } from '../../core/findings/assess.ts';
import { EMPTY_RUN, foldEvent } from '../../core/inspection/fold.ts';
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
  readonly running: boolean;
  readonly events: readonly InspectionEvent[];
  readonly run: Run;
  readonly findings: readonly Finding[];
  /** outcomes of the runs made in this window, by target as typed */
  readonly results: { readonly [target: string]: Status };
  /** why the engine cannot be reached, in words; null while it can */
  readonly connectionLost: string | null;
}

export const useSession = create<SessionState>()(() => ({
  runtime: null,
  scenes: [],
  typed: '',
  targetError: null,
  target: null,
  running: false,
  events: [],
  run: EMPTY_RUN,
  findings: [],
  results: {},
  connectionLost: null,
}));

export function beginRun(target: string): void {
  useSession.setState({ target, running: true, events: [], run: EMPTY_RUN, findings: [], connectionLost: null });
}

/** Adds a batch: any prefix of the events is a valid run. */
export function tell(batch: readonly InspectionEvent[]): void {
  const before = useSession.getState();
  const run = batch.reduce(foldEvent, before.run);
  useSession.setState({ events: [...before.events, ...batch], run, findings: sorted(assess(run)) });
}

export function endRun(target: string): void {
  const { run, results } = useSession.getState();
  const known = run.state === 'finished' ? { ...results, [target]: headline(run, false).status } : results;
  useSession.setState({ running: false, results: known });
}

const ORDER = ['error', 'warning', 'info'];

/** Worst first; among equals as the rules told them. */
const sorted = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((left, right) => ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity));
