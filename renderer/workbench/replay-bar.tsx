/** A slider over the events of the run: every view shows the run as it was then. */
import type { KeyboardEvent } from 'react';
import { plainText } from '../../core/base/plain-text.ts';
import { leaveReplay, eventWords, stepReplay } from '../commands/replay.ts';
import { replayTo, useSession } from '../session/session-store.ts';
import { Plain } from '../text/plain.tsx';
import { clockTime } from '../text/time.ts';
import { useUi } from './ui-store.ts';

export function ReplayBar(): React.ReactNode {
  const shown = useUi((state) => state.replayShown);
  const events = useSession((state) => state.events);
  const position = useSession((state) => state.position);
  const busy = useSession((state) => state.busy);
  const startedAt = useSession((state) => state.whole.context?.startedAt ?? null);
  if (!shown || events.length === 0) return null;
  const count = position ?? events.length;
  const event = events[count - 1];
  const words = event === undefined ? '' : `${clockTime(startedAt, event.at)} ${eventWords(event)}`;
  const onKeyDown = (pressed: KeyboardEvent): void => {
    // While the run goes on, it is what Esc stops.
    if (pressed.key !== 'Escape' || busy) return;
    pressed.preventDefault();
    leaveReplay();
  };
  return (
    // Esc of whatever in it has the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className="replay-bar" aria-label="Replay" data-pane="replay" onKeyDown={onKeyDown}>
      <h2 className="section-title">Replay</h2>
      <button type="button" className="plain-button" aria-label="One event back" aria-disabled={count <= 1} onClick={() => stepReplay(-1)}>←</button>
      <input
        type="range" aria-label="Event" min={1} max={events.length} step={1} value={count} aria-valuetext={`${String(count)} of ${String(events.length)}: ${plainText(words, 120)}`}
        onChange={(change) => replayTo(change.target.valueAsNumber)}
      />
      <button type="button" className="plain-button" aria-label="One event on" aria-disabled={count >= events.length} onClick={() => stepReplay(1)}>→</button>
      <span className="replay-count">{count} of {events.length}</span>
      <span className="replay-event mono"><Plain text={words} limit={160} /></span>
      <button type="button" className="primary-button" onClick={leaveReplay}>Back to now</button>
    </section>
  );
}
