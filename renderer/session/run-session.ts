/** The run of one tab: its events, and what follows from them. Views read it; only the run controller, a run file and the replay write it. */
import { createStore } from 'zustand';
import type { StoreApi } from 'zustand';
import { plainText } from '../../core/base/plain-text.ts';
import type { Finding } from '../../core/findings/finding.ts';
import { assess } from '../../core/findings/assess.ts';
import { cutOff, EMPTY_RUN, fold, foldEvents } from '../../core/inspection/fold.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import type { Run } from '../../core/inspection/run.ts';
import type { TargetError } from '../../core/target/target.ts';

/** characters; a domain name has at most 255 octets, in escapes four times as many */
const LONGEST_TARGET = 1100;

/** A run of which there is nothing to show. */
export interface NotStarted {
  /** refused by the engine, or stopped by the person before its first event */
  readonly word: 'not started' | 'stopped';
  /** in words */
  readonly why: string;
}

export interface RunSession {
  readonly typed: string;
  readonly targetError: TargetError | null;
  /** the run before stays on the screen */
  readonly notStarted: NotStarted | null;
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
}

export type RunSessionStore = StoreApi<RunSession>;

const NOTHING = { events: [], position: null, whole: EMPTY_RUN, run: EMPTY_RUN, findings: [], file: null, notStarted: null } as const;

export const runSession = (): RunSessionStore =>
  createStore<RunSession>()(() => ({ typed: '', targetError: null, target: null, busy: false, running: false, ...NOTHING }));

export function begin(session: RunSessionStore, target: string): void {
  session.setState({ ...NOTHING, target, busy: true, running: true });
}

/** Adds a batch: any prefix of the events is a valid run. A replay stays where it stands. */
export function add(session: RunSessionStore, batch: readonly InspectionEvent[]): void {
  const before = session.getState();
  const whole = foldEvents(before.whole, batch);
  session.setState({ events: [...before.events, ...batch], whole, ...(before.position === null ? inSight(whole) : {}) });
}

/** The engine tells no more. One that died, or was not waited for, did not tell the run's end. */
export function end(session: RunSessionStore): void {
  const { whole, position } = session.getState();
  const ended = cutOff(whole);
  session.setState({ busy: false, running: position !== null, whole: ended, ...(ended === whole || position !== null ? {} : inSight(ended)) });
}

/**
 * Shows a saved run in place of the one before.
 * @param folded the fold of the events
 * @throws what the fold or the rules throw at facts that they cannot read; then the tab shows what it showed before
 */
export function open(session: RunSessionStore, file: string, events: readonly InspectionEvent[], folded = fold(events)): void {
  const whole = cutOff(folded);
  // A field shows what it is given: what stands in a file is escaped before.
  const target = plainText(whole.context?.target.input ?? file, LONGEST_TARGET);
  session.setState({ ...shown(events, whole), file, target, typed: target });
}

/**
 * Shows a run as this page showed it before it was loaded again; one that was under way ended with that page.
 * @throws as {@link open}
 */
export const restore = (session: RunSessionStore, events: readonly InspectionEvent[], before: Pick<RunSession, 'file' | 'target' | 'typed'>): void => session.setState({ ...shown(events, cutOff(fold(events))), ...before });

const shown = (events: readonly InspectionEvent[], whole: Run) => ({ ...NOTHING, events, whole, run: whole, findings: sorted(assess(whole)), targetError: null, busy: false, running: false });

/** @param position how many events the views show; null for all */
export function replay(session: RunSessionStore, position: number | null): void {
  const { events, whole, busy, run } = session.getState();
  if (position === null) {
    session.setState({ position: null, running: busy });
    return show(session, whole);
  }
  const count = Math.max(1, Math.min(events.length, Math.round(position)));
  const from = run.events <= count ? run : EMPTY_RUN;
  const isOver = count === events.length && !busy;
  const until = foldEvents(from, events.slice(from.events, count));
  session.setState({ position: count, running: !isOver });
  show(session, isOver ? cutOff(until) : until);
}

const show = (session: RunSessionStore, run: Run): void => session.setState(inSight(run));

const inSight = (run: Run): Pick<RunSession, 'run' | 'findings'> => ({ run, findings: sorted(assess(run)) });

const ORDER = ['error', 'warning', 'info'];

/** Worst first; among equals as the rules told them. */
const sorted = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((left, right) => ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity));
