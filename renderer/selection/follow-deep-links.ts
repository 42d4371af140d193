/** Selects what the address names, as soon as the run on the screen has it. */
import type { SubjectId } from '../../core/base/subject.ts';
import type { Run } from '../../core/inspection/run.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { useSession } from '../session/session-store.ts';
import { subjectOf } from './deep-link.ts';
import { say } from '../workbench/ui-store.ts';
import { endpointId } from './focus.ts';
import { useSelection } from './selection-store.ts';

let wanted: SubjectId | null = null;

/** From now on. */
export function followDeepLinks(): void {
  want();
  window.addEventListener('hashchange', want);
  useSession.subscribe(look);
}

function want(): void {
  wanted = subjectOf(location.hash);
  look();
  const { events, busy } = useSession.getState();
  if (wanted !== null && events.length > 0 && !busy) say('This run has nothing of the subject in the address; a run that has is led to it');
}

function look(): void {
  if (wanted === null) return;
  const { events, run } = useSession.getState();
  if (!hasSubject(events, run, wanted)) return;
  const subject = wanted;
  wanted = null;
  useSelection.getState().select(subject);
}

/** Some subjects are told of only by the fold: an endpoint's verdict, a TLSA record of a host. */
export function hasSubject(events: readonly InspectionEvent[], run: Run, subject: SubjectId): boolean {
  return events.some((event) => event.subject === subject) || run.endpoints.some((one) => endpointId(one) === subject)
    || run.hosts.some((host) => host.records.some((record) => `tlsa:${host.name}/${String(record.index)}` === subject));
}
