/** The run as it was then: stepping through its events, and back to now. */
import { plainText } from '../../core/base/plain-text.ts';
import { replayTo, useSession } from '../session/session-store.ts';
import { useSelection } from '../selection/selection-store.ts';
import { connectionsOf, endpointId, focusOf } from '../selection/focus.ts';
import type { Focus } from '../selection/focus.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import type { Run } from '../../core/inspection/run.ts';
import { giveBack } from '../a11y/panes.ts';
import { say, useUi } from '../workbench/ui-store.ts';

/** Shows the replay at the end of the run, or leaves it. */
export function toggleReplay(): void {
  const { events, position } = useSession.getState();
  if (useUi.getState().replayShown || position !== null) return leaveReplay();
  if (events.length === 0) return say('No run to replay');
  cameFrom = document.activeElement;
  useUi.setState({ replayShown: true });
  replayTo(events.length);
  // Its arrow keys are what comes next; the slider is there after React has drawn it.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.replay-bar input')?.focus());
}

/** where the keyboard was before it went to the slider */
let cameFrom: Element | null = null;

export function leaveReplay(): void {
  const isInside = typeof document !== 'undefined' && document.activeElement?.closest('.replay-bar') != null;
  replayTo(null);
  useUi.setState({ replayShown: false });
  if (isInside) giveBack(cameFrom);
  cameFrom = null;
}

export function stepReplay(step: number): void {
  const { events, position } = useSession.getState();
  if (events.length === 0) return say('No run to replay');
  useUi.setState({ replayShown: true });
  replayTo((position ?? events.length) + step);
}

/** The next event about the endpoint in focus: its connections, comparisons and verdict. */
export function stepEvent(step: 1 | -1): void {
  const { run, events } = useSession.getState();
  const { selection, endpoint, select } = useSelection.getState();
  const own = subjectsOf(run, focusOf(run, selection, endpoint));
  const shown = events.slice(0, run.events).filter((event) => own.has(event.subject));
  const now = selection?.event ?? null;
  const next: InspectionEvent | undefined = now === null
    ? shown.at(step === 1 ? 0 : -1)
    : (step === 1 ? shown.find((event) => event.seq > now) : shown.findLast((event) => event.seq < now));
  if (next === undefined) return say(own.size === 0 ? 'No endpoint yet' : 'No further event of this endpoint');
  select(next.subject, next.seq);
  say(`Event ${String(next.seq)}: ${plainText(eventWords(next), 120)}`);
}

function subjectsOf(run: Run, focus: Focus): ReadonlySet<string> {
  return new Set([...(focus.endpoint === null ? [] : [endpointId(focus.endpoint)]), ...connectionsOf(run, focus).map(({ subject }) => subject)]);
}

/** `smtp phase handshake done`: what kind of event, and of what */
export function eventWords(event: InspectionEvent): string {
  const kind = event.type.replaceAll('.', ' ');
  if (event.type === 'smtp.phase') return `${kind} ${event.phase} ${event.state}`;
  if (event.type === 'smtp.line') return `${kind} ${event.line.from}: ${event.line.text}`;
  if (event.type === 'dns.lookup.started' || event.type === 'dns.queried') return `${kind} ${event.name} ${event.rrtype}`;
  return `${kind} ${event.subject.slice(event.subject.indexOf(':') + 1)}`;
}
