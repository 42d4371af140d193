/** The present stage of a run in words, for a status bar. */
import { hostOfSubject } from '../base/subject.ts';
import type { SmtpPhase } from '../smtp/facts.ts';
import type { InspectionEvent } from './events.ts';

const PHASES: { readonly [Phase in SmtpPhase]: string } = {
  connect: 'Connecting to', banner: 'Waiting for the greeting of', ehlo: 'EHLO to', starttls: 'STARTTLS with', handshake: 'TLS handshake with',
  'ehlo-protected': 'EHLO inside TLS to', quit: 'QUIT to',
};

const ENDS: { readonly [type: string]: string } = {
  'run.started': 'Started', 'run.finished': 'Finished', 'run.stopped': 'Stopped', 'run.failed': 'The inspector failed',
};

/** The stage after the event; most events do not change it. */
export function stageOf(before: string, event: InspectionEvent): string {
  if (event.type === 'dns.lookup.started') return `Looking up ${event.rrtype} of ${event.name}`;
  if (event.type === 'smtp.phase') return event.state === 'started' ? `${PHASES[event.phase]} ${hostOfSubject(event.subject)}` : before;
  if (event.type === 'smtp.paused') return `Waiting for you before ${event.command.slice(0, 80)} to ${hostOfSubject(event.subject)}`;
  if (event.type === 'dane.compared') return `Comparing TLSA records with the chain of ${hostOfSubject(event.subject)}`;
  return ENDS[event.type] ?? before;
}
