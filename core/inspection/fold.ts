/** A run as the fold of its events. Pure; any prefix of the events gives a valid run. */
import { assertNever } from '../base/assert-never.ts';
import { destinationStep } from './fold-destination.ts';
import { dnsStep, dnssecStep } from './fold-dns.ts';
import { connectionStep } from './fold-connection.ts';
import type { InspectionEvent } from './events.ts';
import { domainOutcome } from './outcome.ts';
import type { Run } from './run.ts';
import { stageOf } from './stage.ts';

export const EMPTY_RUN: Run = {
  state: 'empty', context: null, failure: null, elapsedMs: 0, events: 0, stage: '', anchors: [], zones: [], lookups: [], exchanges: [],
  dnsNotices: [], destination: null, hosts: [], connections: [], certificates: {}, endpoints: [],
  outcome: { outcome: 'pending', headline: '', rfc: null, hosts: [] },
};

export function fold(events: Iterable<InspectionEvent>): Run {
  let run = EMPTY_RUN;
  for (const event of events) run = foldEvent(run, event);
  return run;
}

/** The run after one more event. What the event does not touch is shared with the run before, by reference. */
export function foldEvent(run: Run, event: InspectionEvent): Run {
  const stepped = step(run, event);
  const counted = { ...stepped, events: run.events + 1, elapsedMs: Math.max(run.elapsedMs, event.at), stage: stageOf(run.stage, event) };
  return changesOutcome(event) ? { ...counted, outcome: domainOutcome(counted) } : counted;
}

const changesOutcome = ({ type }: InspectionEvent): boolean =>
  type.startsWith('run.') || type.startsWith('destination.') || type === 'dane.endpoint' || type === 'smtp.connection';

function step(run: Run, event: InspectionEvent): Run {
  switch (event.type) {
    case 'run.started': return { ...run, state: 'running', context: event.context, anchors: event.context.trustAnchors };
    case 'run.finished': return { ...run, state: 'finished' };
    case 'run.stopped': return { ...run, state: 'stopped', failure: event.text };
    case 'run.failed': return { ...run, state: 'failed', failure: event.text };
    case 'dns.lookup.started': case 'dns.queried': case 'dns.answered': case 'dns.failed': case 'dns.notice': case 'dns.lookup.finished': case 'dns.compared':
      return dnsStep(run, event);
    case 'dnssec.anchor': case 'dnssec.zone': case 'dnssec.digest': case 'dnssec.signature': case 'dnssec.denial':
      return dnssecStep(run, event);
    case 'destination.found': case 'destination.host': case 'dane.compared': case 'dane.endpoint':
      return destinationStep(run, event);
    case 'smtp.connection': case 'smtp.phase': case 'smtp.line': case 'smtp.capabilities': case 'smtp.failed': case 'smtp.notice':
    case 'tls.started': case 'tls.presented': case 'tls.established': case 'tls.failed':
      return connectionStep(run, event);
    case 'certificate.seen': return { ...run, certificates: { ...run.certificates, [event.certificate.sha256]: event.certificate } };
    default: return assertNever(event);
  }
}
