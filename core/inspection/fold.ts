/** A run as the fold of its events. Pure; any prefix of the events gives a valid run. */
import { assertNever } from '../base/assert-never.ts';
import { destinationStep } from './fold-destination.ts';
import { dnsStep, dnssecStep } from './fold-dns.ts';
import { connectionStep } from './fold-connection.ts';
import type { InspectionEvent } from './events.ts';
import { domainOutcome } from './outcome.ts';
import { RunEditor } from './run-editor.ts';
import type { Run } from './run.ts';
import { stageOf } from './stage.ts';

export const EMPTY_RUN: Run = {
  state: 'empty', context: null, failure: null, elapsedMs: 0, events: 0, stage: '', anchors: [], zones: [], lookups: [], exchanges: [],
  dnsNotices: [], destination: null, hosts: [], connections: [], certificates: {}, endpoints: [],
  outcome: { outcome: 'pending', headline: '', rfc: null, hosts: [] }, edited: false, consoles: [],
};

export const fold = (events: Iterable<InspectionEvent>): Run => foldEvents(EMPTY_RUN, events);

/** The run after one more event. What the event does not touch is shared with the run before, by reference. */
export const foldEvent = (run: Run, event: InspectionEvent): Run => foldEvents(run, [event]);

/** The run after these events; the run before stays as it was. The cost is that of the events and one copy of each list they touch. */
export function foldEvents(before: Run, events: Iterable<InspectionEvent>): Run {
  const editor = new RunEditor();
  let run = before;
  let isOutcomeOld = false;
  for (const event of events) {
    const isOver = OVER.has(run.state);
    const { elapsedMs, stage } = run;
    run = { ...step(run, event, editor), events: run.events + 1, elapsedMs: isOver ? elapsedMs : Math.max(elapsedMs, event.at), stage: isOver ? stage : stageOf(stage, event) };
    isOutcomeOld ||= changesOutcome(event);
  }
  return isOutcomeOld ? { ...run, outcome: domainOutcome(run) } : run;
}

/** The run where nothing more will be told of it: one that did not get to say its end was stopped. */
export function cutOff(run: Run): Run {
  if (run.state !== 'running') return run;
  const stopped: Run = { ...run, state: 'stopped' };
  return { ...stopped, outcome: domainOutcome(stopped) };
}

/** A console may go on with the events of a run that is over: that makes the run no longer. */
const OVER: ReadonlySet<Run['state']> = new Set(['finished', 'stopped', 'failed']);

/** Whatever the outcome is made of: it must be the same for the same events, in batches of any size. */
const changesOutcome = ({ type }: InspectionEvent): boolean =>
  type.startsWith('run.') || type.startsWith('destination.') || type.startsWith('dane.') || type.startsWith('dns.lookup.') || DECISIVE.has(type);

const DECISIVE: ReadonlySet<string> = new Set<InspectionEvent['type']>(['smtp.connection', 'smtp.failed', 'tls.established', 'tls.failed', 'smtp.decided']);

function step(run: Run, event: InspectionEvent, editor: RunEditor): Run {
  switch (event.type) {
    case 'run.started': return { ...run, state: 'running', context: event.context, anchors: event.context.trustAnchors };
    case 'run.finished': return { ...run, state: 'finished' };
    case 'run.stopped': return { ...run, state: 'stopped', failure: event.text };
    case 'run.failed': return { ...run, state: 'failed', failure: event.text };
    case 'dns.lookup.started': case 'dns.queried': case 'dns.answered': case 'dns.failed': case 'dns.notice': case 'dns.lookup.finished': case 'dns.compared':
      return dnsStep(run, event, editor);
    case 'dnssec.anchor': case 'dnssec.zone': case 'dnssec.digest': case 'dnssec.signature': case 'dnssec.denial':
      return dnssecStep(run, event, editor);
    case 'destination.found': case 'destination.host': case 'dane.compared': case 'dane.endpoint':
      return destinationStep(run, event, editor);
    case 'smtp.waiting': case 'smtp.connection': case 'smtp.phase': case 'smtp.line': case 'smtp.capabilities': case 'smtp.failed': case 'smtp.notice':
    case 'smtp.paused': case 'smtp.decided': case 'smtp.idle': case 'smtp.console': case 'dane.channel': case 'tls.started': case 'tls.presented': case 'tls.established': case 'tls.failed': case 'tls.ended':
      return connectionStep(run, event, editor);
    case 'certificate.seen': return { ...run, certificates: { ...run.certificates, [event.certificate.sha256]: event.certificate } };
    default: return assertNever(event);
  }
}
