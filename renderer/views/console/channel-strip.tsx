/** The state of the channel in words, at all times; opened and closed here. */
import { useMemo, useRef } from 'react';
import { channelWords } from '../../../core/report/channel-words.ts';
import { waitWords } from '../../../core/report/wait-words.ts';
import { useGivenBack } from '../../a11y/use-given-back.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { Mark } from '../../status/mark.tsx';
import { useHand } from '../../step/hand-context.ts';
import { told } from '../../step/step-actions.ts';
import { idleWarning } from '../../step/waiting.ts';
import { Plain } from '../../text/plain.tsx';
import { openChannel } from './console-actions.ts';
import { useConsole } from './console-store.ts';
import { channelStatus, chosenEndpoint, consoleChoices, openConsoleOf } from './model.ts';

export function ChannelStrip(): React.ReactNode {
  const run = useSession((state) => state.run);
  const last = run.consoles.at(-1);
  const isOpen = openConsoleOf(run) !== null;
  const isLive = useSession((state) => state.position === null && state.file === null);
  const words = last === undefined ? null : channelWords(run, last);
  const ref = useRef<HTMLDivElement>(null);
  // What closed the channel is gone: the next thing to do here is to open one.
  useGivenBack(isOpen, () => (ref.current?.querySelector<HTMLElement>('[type="submit"]') ?? document.querySelector<HTMLElement>('#tab-console'))?.focus());
  return (
    <div ref={ref} className="channel-strip">
      <output className="channel-state">
        {words === null ? <Mark status={{ ...channelStatus('closed'), word: 'No channel is open' }} /> : <Mark status={{ ...channelStatus(words.state), word: words.text }} />}
        {last === undefined ? null : <span className="quiet"> <Plain text={`${last.connection.host} ${last.connection.address}`} limit={200} /></span>}
        {words?.why == null ? null : <span className="channel-why"> <Plain text={words.why} limit={400} /></span>}
        <Wait />
        {isOpen && last?.idleMs !== undefined ? <span className="channel-warning"> <Plain text={idleWarning(last.idleMs)} /></span> : null}
      </output>
      {isOpen ? <CloseButton isLive={isLive} /> : <Opener />}
    </div>
  );
}

/** Of a channel as it was, there is nothing to close. */
function CloseButton({ isLive }: { readonly isLive: boolean }): React.ReactNode {
  const hand = useHand();
  return isLive ? <button type="button" className="plain-button" onClick={() => void told(hand, { type: 'close' })}>Close channel</button> : null;
}

/** Another run is connected to the address that a channel is being opened to. */
function Wait(): React.ReactNode {
  const run = useSession((state) => state.run);
  const opening = useConsole((state) => state.opening);
  const wait = opening ? run.waiting?.findLast(({ waits }) => waits === 'console') : undefined;
  return wait === undefined ? null : <span className="channel-why"> {waitWords(wait)}</span>;
}

function Opener(): React.ReactNode {
  const hand = useHand();
  const run = useSession((state) => state.run);
  const busy = useSession((state) => state.busy);
  const { allow, opening } = useConsole();
  const { selection, endpoint, select } = useSelection();
  const isPast = useSession((state) => state.position !== null);
  const choices = useMemo(() => (busy ? [] : consoleChoices(run)), [run, busy]);
  // What is said over a channel stands at the end of the run, which is not on the screen.
  const cannot = isPast ? 'This is the run as it was then: go back to now to open a channel.' : busy ? 'When the run is over, a channel can be opened.' : (choices.length === 0 ? 'After a run, a channel can be opened to one of its endpoints.' : null);
  if (cannot !== null) return <p className="quiet">{cannot}</p>;
  return (
    <form className="channel-opener" aria-label="Open a channel" onSubmit={(event) => { event.preventDefault(); void openChannel(hand); }}>
      <label className="for-screen-reader" htmlFor="console-endpoint">Endpoint</label>
      <select id="console-endpoint" value={chosenEndpoint(run, selection, endpoint)?.id} onChange={(event) => {
        const chosen = choices.find(({ id }) => id === event.target.value);
        if (chosen !== undefined) select(chosen.subject);
      }}>
        {choices.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
      </select>
      <label className="check"><input type="checkbox" aria-describedby="console-allowed" checked={allow.mail} onChange={(event) => useConsole.setState({ allow: { ...allow, mail: event.target.checked } })} />Allow DATA</label>
      <label className="check"><input type="checkbox" aria-describedby="console-allowed" checked={allow.auth} onChange={(event) => useConsole.setState({ allow: { ...allow, auth: event.target.checked } })} />Allow AUTH</label>
      <button type="submit" className="primary-button" aria-disabled={opening}>Open channel</button>
      <p id="console-allowed" className="channel-allowed quiet">DATA hands over a message, which the server delivers; AUTH shows it a password, which is kept nowhere. Both are asked about each time.</p>
    </form>
  );
}
